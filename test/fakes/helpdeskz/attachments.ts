import { type Call, isNumeric, type Steps } from './call.ts';
import type { Attachment } from './state.ts';
import { idOf } from './text.ts';
import { type FakeResponse, failure, fatal, success } from './wire.ts';

const rowOf = ({ id, name, filetype, messageId, content }: Attachment) => ({
  id: String(id),
  name,
  filetype,
  msg_id: String(messageId),
  size: String(content.length),
});

/** Everything, unpaginated; `ticket_id` is ignored, and as text it kills the request (behaviour.md 2.6, 2.1). */
export function listAttachments({ state, query }: Call): FakeResponse {
  if (query.ticket_id !== undefined && !isNumeric(query.ticket_id)) return fatal();
  const wanted = query.msg_id !== undefined && isNumeric(query.msg_id) ? Number(query.msg_id) : null;
  const files = [...state.attachments.values()].filter(
    (file) => wanted === null || file.messageId === wanted,
  );
  return success({ files: files.map(rowOf) });
}

export function showAttachment({ state, id }: Call): FakeResponse {
  const file = state.attachments.get(idOf(id));
  if (!file) return failure('Attachment not found.');
  if (file.isFileGone) return failure('File was removed from servers.');
  const { name, filetype, content } = file;
  return success({ name, filetype, size: String(content.length), content: content.toString('base64') });
}

export function* deleteAttachment({ state, id }: Call): Steps {
  if (!state.attachments.delete(idOf(id))) return failure('Attachment not found.');
  state.version += 1;
  yield 'done';
  return success({ message: 'File was removed from servers.' });
}
