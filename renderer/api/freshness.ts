import type { DeskEvent } from '../../shared/contract/events.ts';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import type { Job, SystemStatus } from '../../shared/contract/system.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { assertNever } from '../../shared/util/assertNever.ts';
import { queryClient, trpc } from './client.ts';
import { coalesce } from './coalesce.ts';
import { onDeskEvent, onEventGap } from './events.ts';

const COALESCE_MS = 200;

function refresh(...queryKeys: (readonly unknown[])[]): void {
  for (const queryKey of queryKeys) {
    // What is still on its way for a screen that was left was asked for before this: coming in, it would count as fresh.
    void queryClient.cancelQueries({ queryKey, type: 'inactive' });
    void queryClient.invalidateQueries({ queryKey });
  }
}

const refreshCounts = coalesce(() => refresh(trpc.queues.counts.queryKey()), COALESCE_MS);
const refreshRows = coalesce(() => refresh(trpc.queues.rows.queryKey()), COALESCE_MS);
const refreshCustomers = coalesce(() => refresh(trpc.customers.pathKey()), COALESCE_MS);
const refreshMail = coalesce(() => refresh(trpc.mail.pathKey()), COALESCE_MS);
const refreshTickets = coalesce(
  () => refresh(trpc.tickets.get.queryKey(), trpc.tickets.history.queryKey()),
  COALESCE_MS,
);

/** What was changed here waits in the outbox of a remote workspace; a desk of its own has none. */
const refreshSync = coalesce(() => {
  const known = queryClient.getQueryData<{ status: SyncStatus | null }>([...trpc.sync.status.queryKey()]);
  if (known?.status) refresh(trpc.sync.pathKey());
}, COALESCE_MS);

function onTicketsChanged(ticketIds: readonly TicketId[]): void {
  refreshCounts();
  refreshCustomers();
  refreshRows();
  refreshMail();
  refreshSync();
  if (ticketIds.length === 0) refreshTickets();
  // Only tickets that are on screen have queries: a handful.
  for (const ticketId of ticketIds) {
    refresh(trpc.tickets.get.queryKey({ ticketId }), trpc.tickets.history.queryKey({ ticketId }));
  }
}

type DeskPart = Extract<DeskEvent, { type: 'desk_changed' }>['what'];

function onDeskChanged(what: DeskPart): void {
  switch (what) {
    case 'departments':
      refresh(trpc.departments.pathKey(), trpc.queues.counts.queryKey());
      return;
    case 'staff':
      refresh(
        trpc.staff.pathKey(),
        trpc.profile.pathKey(),
        trpc.security.pathKey(),
        trpc.session.me.queryKey(),
      );
      return;
    case 'customers':
      refreshCustomers();
      refreshTickets();
      refreshRows();
      return;
    case 'settings':
      refresh(trpc.settings.pathKey(), trpc.session.me.queryKey(), trpc.system.status.queryKey());
      return;
    case 'tokens':
      refresh(trpc.api.pathKey());
      return;
    case 'sources':
      refresh(trpc.sources.pathKey());
      return;
    case 'sync':
      refresh(trpc.sync.pathKey(), trpc.aboard.pathKey());
      return;
    case 'tags':
      refresh(trpc.tags.pathKey());
      return;
    default:
      assertNever(what);
  }
}

/** The list of jobs with one of them new or newer. */
function withJob(jobs: readonly Job[], job: Job): Job[] {
  return jobs.some(({ id }) => id === job.id)
    ? jobs.map((known) => (known.id === job.id ? job : known))
    : [...jobs, job];
}

function onEvent(event: DeskEvent): void {
  switch (event.type) {
    case 'tickets_changed':
      onTicketsChanged(event.ticketIds);
      return;
    case 'customer_message':
      return; // what changed by it comes as tickets_changed
    case 'drafts_changed':
      refresh(trpc.drafts.pathKey());
      return;
    case 'read_changed':
      refreshRows();
      return;
    case 'desk_changed':
      onDeskChanged(event.what);
      return;
    case 'job':
      queryClient.setQueryData<{ jobs: Job[] }>([...trpc.jobs.list.queryKey()], (known) => ({
        jobs: withJob(known?.jobs ?? [], event.job),
      }));
      return;
    case 'system':
      queryClient.setQueryData<SystemStatus>([...trpc.system.status.queryKey()], event.status);
      return;
    default:
      assertNever(event);
  }
}

/** Keeps every query as fresh as the event stream: what an event is about is fetched again, after a gap all. */
export function keepFresh(): () => void {
  const stopEvents = onDeskEvent(onEvent);
  const stopGaps = onEventGap(() => refresh([]));
  return () => {
    stopEvents();
    stopGaps();
  };
}
