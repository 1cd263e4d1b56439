import { togetherBytes } from '../../../../shared/model/fileLimits.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { type SyncContext, write } from '../context.ts';
import type { FileRefusal, FileToSend, RemoteFailure, RemoteResult, UploadWatch } from '../remote.ts';
import { learnRefusal } from './fileLimits.ts';
import { recordFailure } from './pushOutcome.ts';

/** What a message came to; `ended` is the failure that ends the run, where it did not go through. */
type Sent<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly ended: RemoteFailure | null };

/** Sends a message. One with files is followed on its way, and can be stopped. */
export async function sendMessage<T>(
  sync: SyncContext,
  row: OutboxRow,
  files: readonly FileToSend[],
  send: (watch?: UploadWatch) => Promise<RemoteResult<T>>,
): Promise<Sent<T>> {
  const [first] = files;
  const answer = await (first === undefined
    ? send()
    : sync.uploads.follow(
        {
          ...{ id: row.id, messageId: row.messageId, ticketId: row.ticketId },
          ...{ name: first.name, files: files.length, sentBytes: 0 },
          sizeBytes: togetherBytes(files),
        },
        (watch) => sendFollowed(send, watch),
      ));
  if (answer.ok) return answer;
  if (answer.error.kind === 'refused' && answer.error.files)
    noteRefusal(sync, row, files, answer.error.files);
  return { ok: false, ended: recordFailure(sync, row, answer.error, false) };
}

function noteRefusal(
  sync: SyncContext,
  row: OutboxRow,
  files: readonly FileToSend[],
  refusal: FileRefusal,
): void {
  if (files.length === 0) return;
  write(sync, () => {
    learnRefusal(sync, files, refusal);
    sync.deps.store.outbox.setPayload(row.id, { ...row.payload, filesRefused: true });
  });
}

/** A server that was in reach while it was being sent is not away: other things go on. */
async function sendFollowed<T>(
  send: (watch: UploadWatch) => Promise<RemoteResult<T>>,
  { signal, onSent }: UploadWatch,
): Promise<RemoteResult<T>> {
  let isBegun = false;
  const answer = await send({
    signal,
    onSent: (bytes) => {
      isBegun = true;
      onSent(bytes);
    },
  });
  if (answer.ok || answer.error.kind !== 'not_sent') return answer;
  if (signal.aborted) return { ok: false, error: { ...answer.error, cause: 'upload_stopped' } };
  return isBegun ? { ok: false, error: { ...answer.error, cause: 'upload_broke' } } : answer;
}
