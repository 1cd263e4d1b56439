import { Readable } from 'node:stream';
import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { AttachmentId } from '../../../../shared/model/ids.ts';
import { err } from '../../../../shared/util/result.ts';
import { deleteAttachment } from '../../services/attachmentRemoval.ts';
import {
  type ApiAttachmentRow,
  attachmentChunks,
  type OpenedAttachment,
  openAttachment,
} from '../../services/attachments.ts';
import { newestChange } from '../../services/changeFeed.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { localId, shownId } from '../../services/shownIds.ts';
import { type Answer, failure, refusal, success, successText } from './answers.ts';
import type { Action, Call } from './call.ts';
import { fileAnswer } from './fileAnswer.ts';
import { wholeList } from './listOptions.ts';
import { idFrom, isNumeric } from './phpValues.ts';
import { TEXT } from './texts.ts';

const row = (deps: ServiceDeps, { id, name, mediaType, messageId, sizeBytes }: ApiAttachmentRow): string =>
  JSON.stringify({
    id: String(shownId(deps, 'attachments', id)),
    name,
    filetype: mediaType,
    msg_id: String(shownId(deps, 'messages', messageId)),
    size: String(sizeBytes),
  });

/** Unpaginated in the reference, so a large desk's list is streamed, chunk by chunk. */
function index(call: Call): Answer {
  const { deps, actor, query } = call;
  const problem = wholeList(call);
  if (problem) return problem;
  const messageId = idFilter(query.msg_id);
  const ticketId = idFilter(query.ticket_id);
  if (messageId === null || ticketId === null) return success({ files: [] });
  const chunks = attachmentChunks(deps, actor, {
    messageId: messageId === undefined ? undefined : localId(deps, 'messages', messageId),
    ticketId: ticketId === undefined ? undefined : localId(deps, 'tickets', ticketId),
  });
  // Streamed, so there is nothing to hash: any change at all makes it another list.
  return withTag(
    successText(Readable.from(listText(deps, chunks), { objectMode: false })),
    `W/"change-${newestChange(deps)}"`,
  );
}

function* listText(deps: ServiceDeps, chunks: Iterable<readonly ApiAttachmentRow[]>): Generator<string> {
  yield '{"success":1,"files":[';
  let separator = '';
  for (const rows of chunks) {
    if (rows.length > 0) yield separator + rows.map((file) => row(deps, file)).join(',');
    if (rows.length > 0) separator = ',';
  }
  yield ']}';
}

function idFilter(text: string | undefined): number | null | undefined {
  if (!isNumeric(text)) return undefined;
  return idFrom(text) ?? null;
}

const withTag = (answer: Answer, ETag: string): Answer => ({ ...answer, headers: { ETag } });

function attachmentOf(deps: ServiceDeps, id: string): AttachmentId | undefined {
  const shown = idFrom(id);
  return shown === undefined ? undefined : localId(deps, 'attachments', shown);
}

const isLost = ({ code }: AppError): boolean =>
  code === 'attachment_file_gone' || code === 'attachment_gone_on_server';

async function show({ deps, actor, id }: Call): Promise<Answer> {
  const attachmentId = attachmentOf(deps, id);
  if (attachmentId === undefined) return refusal(TEXT.attachmentNotFound);
  const opened = await openAttachment(deps, actor, attachmentId);
  if (opened.ok) {
    const text = Readable.from(contentText(opened.value), { objectMode: false });
    return withTag(successText(text), `"${opened.value.attachment.sha256}-base64"`);
  }
  if (opened.error.code === 'attachment_not_found') return refusal(TEXT.attachmentNotFound);
  // The reference says this as an error when a row has lost its file (behaviour.md 2.6).
  return isLost(opened.error) ? refusal(TEXT.attachmentRemoved) : failure(opened.error);
}

/** The file itself, as a whole or in part (RFC 9110 §14): an address of ours, so errors have HTTP's own status. */
async function download({ deps, actor, id, headers }: Call): Promise<Answer> {
  const attachmentId = attachmentOf(deps, id);
  const opened =
    attachmentId === undefined
      ? err(appErrorOf('attachment_not_found'))
      : await openAttachment(deps, actor, attachmentId);
  if (opened.ok) return fileAnswer(opened.value, headers);
  return { ...failure(opened.error), status: isLost(opened.error) ? 410 : 404 };
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
  const attachmentId = attachmentOf(deps, id);
  if (attachmentId === undefined) return refusal(TEXT.attachmentNotFound);
  const deleted = deleteAttachment(deps, actor, attachmentId);
  if (deleted.ok) return success({ message: TEXT.attachmentRemoved });
  return deleted.error.code === 'attachment_not_found'
    ? refusal(TEXT.attachmentNotFound)
    : failure(deleted.error);
}

export const attachments = {
  index: { permission: 'attachments.read', run: index },
  show: { permission: 'attachments.download', run: show },
  download: { permission: 'attachments.download', run: download },
  delete: { permission: 'attachments.delete', run: remove },
} satisfies Record<string, Action>;
