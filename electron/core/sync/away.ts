import type { AwayReport } from '../../../shared/contract/sync.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { STATUS } from '../../../shared/model/ticket.ts';
import { ok } from '../../../shared/util/result.ts';
import type { ServiceDeps } from '../services/context.ts';
import type { AwayKind } from '../store/repositories/awayReport.ts';
import { type SyncContext, write } from './context.ts';
import type { RemoteMessage } from './remote.ts';

/** Shorter absences are not worth a word. Longer than `KEEP_EVERY_MS`, so that a restart alone tells nothing. */
const AWAY_MS = 15 * 60_000;
/** How late the time of the last run may be on disk: a run that finds nothing writes nothing. */
const KEEP_EVERY_MS = 10 * 60_000;
const TICKETS_SHOWN = 50;

/** At the start of a run: after a long absence, what it brings is noted for a person. */
export function beginCatchingUp(sync: SyncContext): void {
  const { store, clock } = sync.deps;
  const desk = store.remoteDesk.get();
  if (!desk?.firstSyncDoneAt || desk.lastSyncAt === null) return;
  const { lastSyncAt } = desk;
  if (clock.now() - lastSyncAt < AWAY_MS) return;
  write(sync, () => store.awayReport.begin(lastSyncAt));
}

/** A run went through: the desk is in step, and the report is ready. */
export function noteInStep(sync: SyncContext): void {
  const { store, clock } = sync.deps;
  const now = clock.now();
  const isOpen = store.awayReport.get()?.untilAt === null;
  const { pulled, pushed } = sync.counts;
  const keptAt = store.remoteDesk.get()?.lastSyncAt ?? null;
  const isLate = keptAt === null || now - keptAt >= KEEP_EVERY_MS || now < keptAt;
  if (!isOpen && !isLate && pulled + pushed === 0) return;
  write(sync, () => {
    store.remoteDesk.set('lastSyncAt', now);
    if (!isOpen) return;
    store.awayReport.end(now);
    if (store.awayReport.totals().length === 0) store.awayReport.clear();
  });
}

/** Part of the caller's transaction, so that a report says neither more nor less than what came in. */
export function noteNews({ deps }: SyncContext, kind: AwayKind, ticketId: TicketId): void {
  deps.store.awayReport.note(kind, ticketId, 1);
}

/** The server closed it, and here it is open: somebody else did. Before the rebase. */
export function noteClosedElsewhere(sync: SyncContext, ticketId: TicketId, status: number): void {
  const shown = sync.deps.store.tickets.byId(ticketId)?.status;
  if (status === STATUS.closed && shown !== undefined && shown !== STATUS.closed) {
    noteNews(sync, 'closed', ticketId);
  }
}

/** Messages that came into a conversation that was known: what others wrote. */
export function noteReplies(sync: SyncContext, ticketId: TicketId, added: readonly RemoteMessage[]): void {
  const { store } = sync.deps;
  const staffId = store.remoteDesk.get()?.staffId;
  const others = added.filter((message) => message.isCustomer || message.staffId !== staffId).length;
  if (others === 0 || !store.remoteTickets.wasThreadRead(ticketId)) return;
  store.awayReport.note('replies', ticketId, others);
}

/** What happened while the desk was out of touch; null when there is nothing to tell, or it is still coming in. */
export function awayReportOf({ store }: ServiceDeps): AwayReport | null {
  const row = store.awayReport.get();
  if (!row || row.awayMs === 0) return null;
  const { held = 0, conflict = 0, rejected = 0 } = store.outbox.counts();
  const news = store.awayReport.totals().map(({ kind, tickets, amount }) => ({
    ...{ kind, amount },
    ticketCount: tickets,
    tickets: store.awayReport.tickets(kind, TICKETS_SHOWN).flatMap((told) => {
      const ticket = store.tickets.byId(told.ticketId);
      const customer = ticket && store.customers.byId(ticket.customerId);
      return ticket ? [{ ...told, subject: ticket.subject, customerName: customer?.name ?? '' }] : [];
    }),
  }));
  return { awayMs: row.awayMs, news, undecided: held + conflict + rejected };
}

/** A person has read it. */
export function dismissAwayReport({ store, events }: ServiceDeps): void {
  const done = store.write(() => ok(store.awayReport.clear()));
  if (done.ok) events.publish({ type: 'desk_changed', what: 'sync' });
}
