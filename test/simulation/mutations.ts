import { isDeletion } from '../../electron/core/services/outboxDirectory.ts';
import type { Store } from '../../electron/core/store/store.ts';
import type { Mutation } from './client.ts';

/** A store with some calls of one repository replaced. */
const replacing =
  <Name extends keyof Store>(name: Name, calls: (store: Store) => Partial<Store[Name]>) =>
  (store: Store): Store => ({ ...store, [name]: { ...store[name], ...calls(store) } });

/** What was on its way when the process ended becomes this. */
const interruptedAs = (state: string, kinds = '1 = 1') =>
  replacing('outbox', ({ db }) => ({
    markInterrupted: () =>
      db.prepare(`UPDATE outbox SET state = ? WHERE state = 'sending' AND ${kinds}`).run(state).changes,
  }));

/** What should be kept as one state is kept as another. */
const keptAs = (state: string, other: 'queued' | 'sent') =>
  replacing('outbox', ({ outbox }) => ({
    set: (id, to, reason, dueAt) => outbox.set(id, to === state ? other : to, reason, dueAt),
  }));

const unlinked = (kind: 'tickets' | 'customers') =>
  replacing('remoteTickets', ({ remoteTickets }) => ({
    link: (table, id, remoteId) => (table === kind ? undefined : remoteTickets.link(table, id, remoteId)),
  }));

const sending: Readonly<Record<string, Mutation['store']>> = {
  'sending is not written down before it happens': replacing('outbox', () => ({ begin: () => {} })),
  'what was interrupted is sent again': interruptedAs('queued'),
  'what was interrupted is forgotten': interruptedAs('sending'),
  'what was interrupted is never repeated, though it could be': interruptedAs('uncertain'),
  'a lost answer counts as a failure': keptAs('uncertain', 'queued'),
  'a lost answer counts as a success': keptAs('uncertain', 'sent'),
  'the server is given no time to finish': replacing('outbox', ({ outbox }) => ({
    byId: (id) => {
      const row = outbox.byId(id);
      return row && { ...row, sentAt: 0 };
    },
  })),
  'nobody looks for what is uncertain': replacing('outbox', () => ({ unproven: () => [] })),
  'a second attempt carries another marker': replacing('remoteMessages', () => ({ markerOf: () => null })),
  'the order within a ticket is not kept': replacing('outbox', ({ db, outbox }) => ({
    nextToSend: (now) => {
      const id = db
        .prepare<[number], number>(
          `SELECT id FROM outbox WHERE state = 'queued' AND due_at <= ? AND kind NOT LIKE 'create%'
             AND EXISTS (SELECT 1 FROM tickets WHERE id = ticket_id AND (remote_id IS NOT NULL OR id < 1000000000))
           ORDER BY id LIMIT 1`,
        )
        .pluck()
        .get(now);
      return id === undefined ? outbox.nextToSend(now) : outbox.byId(id);
    },
  })),
  'what was refused leaves without a word': replacing('outbox', ({ outbox }) => ({
    set: (id, state, reason, dueAt) =>
      state === 'conflict' || state === 'rejected' ? outbox.remove(id) : outbox.set(id, state, reason, dueAt),
  })),
  'what is held leaves without a word': replacing('outbox', ({ outbox }) => ({
    set: (id, state, reason, dueAt) =>
      state === 'held' ? outbox.remove(id) : outbox.set(id, state, reason, dueAt),
  })),
};

const knowing: Readonly<Record<string, Mutation['store']>> = {
  'our ticket on its way is not waited for': replacing('outbox', () => ({ openCreates: () => [] })),
  'a ticket of ours does not learn its id': unlinked('tickets'),
  'a customer of ours does not learn their id': unlinked('customers'),
  'a message of ours does not learn its id': replacing('remoteMessages', () => ({ settle: () => {} })),
  'a copy made on the way is not remembered': replacing('remoteMessages', () => ({ addDouble: () => {} })),
  'a copy made on the way counts as another message': replacing('remoteMessages', (store) => ({
    byMarker: (marker) => {
      const found = store.remoteMessages.byMarker(marker);
      return found && store.remoteTickets.remoteId('messages', found.id) === null ? found : undefined;
    },
  })),
};

const pulling: Readonly<Record<string, Mutation['store']>> = {
  'the base stays as it was first': replacing('remoteTickets', ({ remoteTickets }) => ({
    upsert: (row) => (remoteTickets.byTicket(row.ticketId) ? undefined : remoteTickets.upsert(row)),
  })),
  'a thread counts as read after its first page': replacing('remoteMessages', () => ({
    confirmed: () => Number.MAX_SAFE_INTEGER,
  })),
  'a thread that has grown is not read again': replacing('remoteTickets', ({ remoteTickets }) => ({
    staleThreads: (after, limit) =>
      remoteTickets
        .staleThreads(after, limit)
        .filter(({ ticketId }) => remoteTickets.byTicket(ticketId)?.replies === 0),
  })),
  'a ticket that its status no longer lists is left alone': replacing('remoteTickets', () => ({
    inStatus: () => [],
  })),
  'closed tickets are read only once': replacing('remoteDesk', ({ remoteDesk }) => ({
    get: () => {
      const desk = remoteDesk.get();
      return desk && { ...desk, fullScanAt: desk.firstSyncDoneAt && Number.MAX_SAFE_INTEGER };
    },
  })),
  'a pull overwrites what only this desk holds': replacing('remoteTickets', ({ db, remoteTickets }) => ({
    upsert: (row) => {
      remoteTickets.upsert(row);
      db.prepare('UPDATE tickets SET priority = 3 WHERE id = ?').run(row.ticketId);
    },
  })),
  'a transaction is none': (store) => ({ ...store, write: (work) => work() }),
};

const deleting: Readonly<Record<string, Mutation['store']>> = {
  'nobody is asked before something is deleted for good': replacing('outbox', ({ outbox }) => ({
    insert: (row) =>
      outbox.insert(isDeletion(row.kind) ? { ...row, payload: { ...row.payload, asItIs: true } } : row),
  })),
  'a customer whom the server has deleted stays': replacing('remoteDirectory', () => ({
    customersExcept: () => [],
  })),
};

/** Rules of the engine that are switched off in its store; each must make some seed fail. */
export const STORE_MUTATIONS = { ...sending, ...knowing, ...pulling, ...deleting };
