import { Readable } from 'node:stream';
import type { AttachmentId, MessageId, TicketId } from '../../../../shared/model/ids.ts';
import {
  type ApiAttachmentRow,
  attachmentChunks,
  deleteAttachment,
  type OpenedAttachment,
  openAttachment,
} from '../../services/attachments.ts';
import { type Answer, failure, refusal, success, successText } from './answers.ts';
import type { Action, Call } from './call.ts';
import { idFrom, isNumeric } from './phpValues.ts';
import { TEXT } from './texts.ts';

const row = ({ id, name, mediaType, messageId, sizeBytes }: ApiAttachmentRow): string =>
  JSON.stringify({
    id: String(id),
    name,
    filetype: mediaType,
    msg_id: String(messageId),
    size: String(sizeBytes),
  });

/** Unpaginated in the reference, so a large desk's list is streamed, chunk by chunk. */
function index({ deps, actor, query }: Call): Answer {
  const messageId = idFilter(query.msg_id);
  const ticketId = idFilter(query.ticket_id);
  if (messageId === null || ticketId === null) return success({ files: [] });
  const chunks = attachmentChunks(deps, actor, {
    messageId: messageId as MessageId | undefined,
    ticketId: ticketId as TicketId | undefined,
  });
  return successText(Readable.from(listText(chunks), { objectMode: false }));
}

function* listText(chunks: Iterable<readonly ApiAttachmentRow[]>): Generator<string> {
  yield '{"success":1,"files":[';
  let separator = '';
  for (const rows of chunks) {
    if (rows.length > 0) yield separator + rows.map(row).join(',');
    if (rows.length > 0) separator = ',';
  }
  yield ']}';
}

function idFilter(text: string | undefined): number | null | undefined {
  if (!isNumeric(text)) return undefined;
  return idFrom(text) ?? null;
}

async function show({ deps, actor, id }: Call): Promise<Answer> {
  const attachmentId = idFrom(id);
  if (attachmentId === undefined) return refusal(TEXT.attachmentNotFound);
  const opened = await openAttachment(deps, actor, attachmentId as AttachmentId);
  if (opened.ok) return successText(Readable.from(contentText(opened.value), { objectMode: false }));
  if (opened.error.code === 'attachment_not_found') return refusal(TEXT.attachmentNotFound);
  // The reference says this as an error when a row has lost its file (behaviour.md 2.6).
  return opened.error.code === 'attachment_file_gone'
    ? refusal(TEXT.attachmentRemoved)
    : failure(opened.error);
}

/** The whole file as one line of base64, encoded while it is read. */
async function* contentText({ attachment, sizeBytes, read }: OpenedAttachment): AsyncGenerator<string> {
  const { name, mediaType } = attachment;
  const head = JSON.stringify({ success: 1, name, filetype: mediaType, size: String(sizeBytes) });
  yield `${head.slice(0, -1)},"content":"`;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of read()) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    // Three bytes make four characters: what is left over waits for the next chunk.
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    yield bytes.toString('base64', 0, whole);
  }
  yield `${rest.toString('base64')}"}`;
}

function remove({ deps, actor, id }: Call): Answer {
  const attachmentId = idFrom(id);
  if (attachmentId === undefined) return refusal(TEXT.attachmentNotFound);
  const deleted = deleteAttachment(deps, actor, attachmentId as AttachmentId);
  if (deleted.ok) return success({ message: TEXT.attachmentRemoved });
  return deleted.error.code === 'attachment_not_found'
    ? refusal(TEXT.attachmentNotFound)
    : failure(deleted.error);
}

export const attachments = {
  index: { permission: 'attachments.read', run: index },
  show: { permission: 'attachments.download', run: show },
  delete: { permission: 'attachments.delete', run: remove },
} satisfies Record<string, Action>;
