import type { MessageId, TicketId } from '../../../../shared/model/ids.ts';
import { announce, DONE, type SyncContext, write } from '../context.ts';
import { learnDelivery } from '../push/fileLimits.ts';
import type { RemoteFile, RemoteResult } from '../remote.ts';
import { inSlices } from './inSlices.ts';

/** The reference writes a message's files after the message (behaviour.md 3.5): they are asked for twice. */
const CHECK_AGAIN_MS = 10_000;
const CHECKS = 2;
/** Above this many messages one list of everything is cheaper than one request for each. */
const MANY = 30;

/** Files of the whole list that are brought in together. */
const PACK = 10;

/** Notes that a message's files are to be asked for; a first sync reads the whole list at its end instead. */
export function checkFiles({ deps }: SyncContext, id: MessageId): void {
  if (deps.store.remoteDesk.get()?.firstSyncDoneAt == null) return;
  deps.store.remoteFiles.check(id, deps.clock.now(), CHECKS);
}

/** Asks for the files of messages that came lately (3.7, 7). */
export async function pullFiles(sync: SyncContext): Promise<RemoteResult<void>> {
  const { store, clock } = sync.deps;
  const due = store.remoteFiles.due(clock.now());
  if (due.length > MANY) {
    const all = await pullAllFiles(sync);
    if (all.ok) {
      write(sync, () => {
        for (const { messageId } of due) lastLook(sync, messageId);
      });
    }
    return all;
  }
  for (const { messageId, checksLeft } of due) {
    const remoteId = store.remoteTickets.remoteId('messages', messageId);
    const files = remoteId === null ? undefined : await sync.remote.listFiles(remoteId);
    if (files && !files.ok) return files;
    write(sync, () => {
      applyFiles(sync, files?.value ?? []);
      if (checksLeft <= 1) lastLook(sync, messageId);
      else store.remoteFiles.check(messageId, clock.now() + CHECK_AGAIN_MS, checksLeft - 1);
    });
  }
  return DONE;
}

function lastLook(sync: SyncContext, id: MessageId): void {
  sync.deps.store.remoteFiles.checked(id);
  learnDelivery(sync, id);
}

/** The whole list: it comes in one piece, whatever its size (2.6). */
export async function pullAllFiles(sync: SyncContext): Promise<RemoteResult<void>> {
  const files = await sync.remote.listFiles(null);
  if (!files.ok) return files;
  // Together, since each touched ticket is counted anew; few, since a slice of time is filled with them.
  const packs = Array.from({ length: Math.ceil(files.value.length / PACK) }, (_, index) =>
    files.value.slice(index * PACK, (index + 1) * PACK),
  );
  await inSlices(sync, packs, (pack) => applyFiles(sync, pack));
  return DONE;
}

function applyFiles(sync: SyncContext, files: readonly RemoteFile[]): void {
  const { store, clock } = sync.deps;
  const touched = new Set<TicketId>();
  for (const file of files) {
    const messageId = store.remoteTickets.localId('messages', file.messageId) as MessageId | undefined;
    const message = messageId === undefined ? undefined : store.messages.byId(messageId);
    if (!message || store.remoteTickets.localId('attachments', file.id) !== undefined) continue;
    const own = store.remoteFiles.unlinked(message.id, file.name, file.sizeBytes);
    if (own === undefined) {
      store.remoteFiles.insert({
        ...file,
        ticketId: message.ticketId,
        messageId: message.id,
        createdAt: message.createdAt,
      });
    } else store.remoteTickets.link('attachments', own, file.id);
    store.changes.record('attachment', own ?? file.id, 'created', clock.now());
    touched.add(message.ticketId);
    sync.counts.pulled += 1;
  }
  for (const id of touched) {
    store.tickets.refreshFromThread(id, clock.now());
    store.search.enqueue([id]);
  }
  announce(sync, [...touched]);
}
