import type { RestoredCounts } from '../../../../shared/contract/restored.ts';
import type {
  AttachmentId,
  CustomerId,
  DepartmentId,
  MessageId,
  TicketId,
} from '../../../../shared/model/ids.ts';
import { takeMarker } from '../../domain/marker.ts';
import { FIRST_LOCAL_ID } from '../../store/repositories/remoteDesk.ts';
import type { SyncContext } from '../context.ts';
import type { RemoteMessage, RemoteResult, RemoteTicket } from '../remote.ts';
import { type LookRun, readCustomers, readTickets, readWhole, type ServerTickets } from './readServer.ts';

/** A ticket that is on both sides, and moved there; with the messages that are here only. */
export interface MovedThread {
  readonly ticketId: TicketId;
  readonly row: RemoteTicket;
  readonly lost: readonly MessageId[];
  /** Numbers of copies that are there no more. */
  readonly doubles: readonly number[];
}

/** What this desk has and the remote has not, by what is here. */
export interface Lost {
  readonly tickets: readonly TicketId[];
  readonly threads: readonly MovedThread[];
  readonly customers: readonly CustomerId[];
  readonly departments: readonly DepartmentId[];
  readonly files: readonly AttachmentId[];
  /** The highest ticket number that the remote has. */
  readonly highest: number;
  readonly counts: RestoredCounts;
}

const isDenied = <T>(result: RemoteResult<T>): boolean =>
  !result.ok && result.error.kind === 'denied' && result.error.reason === 'permission';

/** Compares this desk with a remote that was restored, by reading; nothing is changed on either side. */
export async function findLost(sync: SyncContext, run: LookRun): Promise<RemoteResult<Lost>> {
  const own = sync.deps.store.remoteLost.tickets();
  const listed = await readTickets(sync.remote, run, own);
  if (!listed.ok) return listed;
  const there = listed.value;
  const { kept, tickets, others } = tellTickets(sync, own, there);
  const threads = await readThreads(sync, run, kept);
  if (!threads.ok) return threads;
  const people = await readCustomers(sync.remote, run);
  if (!people.ok && !isDenied(people)) return people;
  const customers = lostCustomers(sync, there, kept, people.ok ? people.value : null);
  const departments = await sync.remote.listDepartments();
  if (!departments.ok && !isDenied(departments)) return departments;
  const files = await lostFiles(sync);
  if (!files.ok) return files;
  const { store } = sync.deps;
  const numbers = new Set(departments.ok ? departments.value.map(({ id }) => id) : []);
  const isThere = ({ number }: { number: number }): boolean => !departments.ok || numbers.has(number);
  const lostDepartments = store.remoteLost.departments().filter((row) => !isThere(row));
  const mine = new Set(own.map(({ number }) => number));
  return {
    ok: true,
    value: {
      tickets,
      customers,
      threads: threads.value,
      departments: lostDepartments.map(({ id }) => id as DepartmentId),
      files: files.value,
      highest: Math.max(0, ...there.keys()),
      counts: {
        tickets: tickets.filter((id) => store.tickets.byId(id)?.deletedAt === null).length,
        others,
        messages: threads.value.reduce((sum, { lost }) => sum + lost.length, 0),
        moved: threads.value.length,
        customers: customers.length,
        news: [...there.keys()].filter((number) => !mine.has(number)).length,
        waiting: store.outbox.all().length,
      },
    },
  };
}

interface Kept {
  readonly id: TicketId;
  readonly row: RemoteTicket;
}

/** The same number is not the same ticket: who opened it, and when, never changes. */
function tellTickets(
  sync: SyncContext,
  own: readonly { id: TicketId; number: number }[],
  there: ServerTickets,
): { kept: Kept[]; tickets: TicketId[]; others: number } {
  const kept: Kept[] = [];
  const tickets: TicketId[] = [];
  let others = 0;
  for (const { id, number } of own) {
    const row = there.get(number);
    if (row && isSame(sync, id, row)) kept.push({ id, row });
    else tickets.push(id);
    if (row && !isSame(sync, id, row)) others += 1;
  }
  return { kept, tickets, others };
}

function isSame({ deps: { store } }: SyncContext, id: TicketId, row: RemoteTicket): boolean {
  const base = store.remoteTickets.byTicket(id);
  // One that was pulled was opened when its own row says; one that was born here has this machine's time.
  const pulledS = id < FIRST_LOCAL_ID ? (store.tickets.byId(id)?.createdAt ?? 0) / 1000 : null;
  const openedS = base?.createdAtS ?? pulledS;
  if (openedS !== null && openedS !== row.createdAtS) return false;
  if (!base) return openedS !== null;
  return base.customerId === row.customerId && (openedS !== null || base.subject === row.subject);
}

async function readThreads(
  sync: SyncContext,
  run: LookRun,
  kept: readonly Kept[],
): Promise<RemoteResult<MovedThread[]>> {
  const moved = kept.filter((one) => hasMoved(sync, one));
  const threads: MovedThread[] = [];
  for (const [index, { id, row }] of moved.entries()) {
    run.progress('messages', index, moved.length);
    const thread = await readWhole(sync.remote, run, row.id);
    if (!thread.ok) return thread;
    threads.push({ ticketId: id, row, ...missingIn(sync, id, thread.value) });
  }
  return { ok: true, value: threads };
}

/** Counters that differ, and what was acknowledged and not found again yet. */
function hasMoved({ deps: { store } }: SyncContext, { id, row }: Kept): boolean {
  const base = store.remoteTickets.byTicket(id);
  if (!base) return store.remoteLost.messages(id).length > 0;
  const isSent = store.outbox.byTicket(id).some(({ state }) => state === 'sent');
  return isSent || base.replies !== row.replies || base.lastUpdateS !== row.lastUpdateS;
}

function missingIn(
  { deps: { store } }: SyncContext,
  id: TicketId,
  thread: readonly RemoteMessage[],
): Pick<MovedThread, 'lost' | 'doubles'> {
  const byNumber = new Map(thread.map((message) => [message.id, message]));
  const markers = new Set(thread.map(({ bodyHtml }) => takeMarker(bodyHtml).marker));
  const numbered = store.remoteLost.messages(id).filter(({ number, author, createdAt }) => {
    const there = byNumber.get(number);
    return !there || there.isCustomer !== (author === 'customer') || there.createdAtS * 1000 !== createdAt;
  });
  const known = new Set(numbered.map((message) => message.id));
  const acknowledged = store.outbox.byTicket(id).flatMap(({ state, messageId }) => {
    if (state !== 'sent' || messageId === null || known.has(messageId)) return [];
    const isNumbered = store.remoteTickets.remoteId('messages', messageId) !== null;
    return isNumbered || markers.has(store.remoteMessages.markerOf(messageId)) ? [] : [messageId];
  });
  return {
    lost: [...known, ...acknowledged],
    doubles: store.remoteLost.doubles(id).flatMap(({ number }) => (byNumber.has(number) ? [] : [number])),
  };
}

/** Who has one of the kept tickets is who they were; else name or address say so. */
function lostCustomers(
  { deps: { store } }: SyncContext,
  there: ServerTickets,
  kept: readonly Kept[],
  people: ReadonlyMap<number, { readonly name: string; readonly email: string }> | null,
): CustomerId[] {
  const sure = new Set(kept.map(({ row }) => row.customerId));
  const named = new Map([...there.values()].map((row) => [row.customerId, row.customerName]));
  return store.remoteLost.customers().flatMap(({ id, number }) => {
    const customer = store.customers.byId(id as CustomerId);
    if (sure.has(number) || !customer) return [];
    const listed = people?.get(number);
    const name = listed?.name ?? named.get(number);
    // Not to be listed, and without a ticket: nobody can tell.
    if (!people && name === undefined) return [];
    const isSameOne = name === customer.name || listed?.email.toLowerCase() === customer.email.toLowerCase();
    return isSameOne ? [] : [id as CustomerId];
  });
}

/** Attachments that are gone there, or whose number means another: of messages that stay, too. */
async function lostFiles({ deps: { store }, remote }: SyncContext): Promise<RemoteResult<AttachmentId[]>> {
  const own = store.remoteLost.files();
  const all = own.length === 0 ? null : await remote.listFiles(null);
  if (all && !all.ok) return isDenied(all) ? { ok: true, value: [] } : all;
  const there = new Map((all?.value ?? []).map((file) => [file.id, file]));
  const gone = own.filter(({ number, messageNumber, name }) => {
    const file = there.get(number);
    return file?.messageId !== messageNumber || file.name !== name;
  });
  return { ok: true, value: gone.map(({ id }) => id) };
}
