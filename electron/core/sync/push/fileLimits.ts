import { endingOf, type FileLimit, togetherBytes } from '../../../../shared/model/fileLimits.ts';
import type { MessageId } from '../../../../shared/model/ids.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { FIRST_LOCAL_ID } from '../../store/repositories/remoteDesk.ts';
import type { SyncContext } from '../context.ts';
import type { FileRefusal, FileToSend } from '../remote.ts';

/** What this desk has found out about files on its server; null on a desk of its own. */
export function fileLimitsOf({ store }: ServiceDeps): FileLimit[] | null {
  return store.remoteDesk.get() ? store.fileLimits.all() : null;
}

/** The server refused a message for its files. Runs in the caller's transaction. */
export function learnRefusal(
  { deps }: SyncContext,
  files: readonly FileToSend[],
  refusal: FileRefusal,
): void {
  const { fileLimits } = deps.store;
  const now = deps.clock.now();
  switch (refusal.about) {
    case 'size':
      fileLimits.noteRefused('file', refusal.mostBytes + 1, now);
      break;
    case 'message':
      fileLimits.noteRefused('message', togetherBytes(files), now);
      break;
    case 'file': {
      // It does not say which; one that is like what it kept before has another fault, such as its content.
      const known = fileLimits.all();
      const isNew = ({ name, sizeBytes }: FileToSend): boolean =>
        sizeBytes > (known.find(({ what }) => what === endingOf(name))?.kept ?? -1);
      const [suspect, other] = files.filter(isNew);
      if (suspect && !other) fileLimits.noteRefused(endingOf(suspect.name), suspect.sizeBytes, now);
    }
  }
}

/**
 * Nobody asks for the files of this message any more: what is there of those that were sent from here is what the
 * server keeps. It takes the first ones and drops the rest (behaviour.md 3.1). Runs in the caller's transaction.
 */
export function learnDelivery({ deps }: SyncContext, id: MessageId): void {
  const { store, clock } = deps;
  const isThere = (attachmentId: number): boolean =>
    store.remoteTickets.remoteId('attachments', attachmentId) !== null;
  const files = store.attachments.byMessage(id);
  const sent = files.filter((file) => file.id >= FIRST_LOCAL_ID);
  if (sent.length === 0) return;
  const kept = sent.filter((file) => isThere(file.id));
  for (const { name, sizeBytes } of kept) {
    store.fileLimits.noteKept(endingOf(name), sizeBytes);
    store.fileLimits.noteKept('file', sizeBytes);
  }
  if (kept.length === sent.length) store.fileLimits.noteKept('message', togetherBytes(sent));
  // One that came under another name was not dropped.
  else if (files.length === sent.length) store.fileLimits.noteRefused('files', kept.length + 1, clock.now());
  store.fileLimits.noteKept('files', kept.length);
}
