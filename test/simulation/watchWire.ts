import { takeMarker } from '../../electron/core/domain/marker.ts';
import type { HttpResult } from '../../electron/core/ports/httpFetch.ts';
import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { RemoteTable } from '../../electron/core/store/repositories/remoteTickets.ts';
import type { Store } from '../../electron/core/store/store.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import type { FakeRequest } from '../fakes/helpdeskz/wire.ts';
import { valuesOf, valueThere } from './ledger.ts';
import { type DirectoryWatch, watchDirectory } from './watchDirectory.ts';
import { type Fields, formOf, isNotFound, type Json, jsonOf } from './wireText.ts';

/** What one desk sent and heard, and whether each of its writes was allowed to leave. */
export interface WireWatch {
  /** A request leaves the machine. */
  leaves(request: FakeRequest): void;
  /** What the desk was told of it. */
  heard(request: FakeRequest, result: HttpResult): void;
  /** Whether the server said that it has no such ticket, and nothing else since. */
  isToldGone(remoteId: number): boolean;
  /** Whether the server refused this: a marker, or the path and fields of a change. */
  isRefused(key: string): boolean;
  /** Whether the server said yes to this change, or has shown that value itself. */
  hasHeld(remoteId: number, kind: string, value: unknown): boolean;
  /** The same of people, departments and files. */
  readonly directory: DirectoryWatch;
  /** A person, or the permission of a script, said that this row of the outbox may delete. */
  isConfirmed(rowId: number): void;
}

/** The server carries out nothing later than this after it left (network.ts), but for what is counted as repeated. */
const LATEST_MS = 90_000;

interface Look {
  readonly at: number;
  readonly status: number;
  readonly departmentId: number;
  readonly replies: number;
  readonly userId: number;
}
interface Attempt {
  readonly at: number;
  outcome: 'open' | 'done' | 'refused';
}
/** What a deletion is of, by the name it has on the wire. */
const DELETIONS: Readonly<Record<string, Deletion>> = {
  tickets: { kind: 'delete_ticket', key: 'ticketId', table: 'tickets' },
  users: { kind: 'delete_customer', key: 'customerId', table: 'customers' },
  departments: { kind: 'delete_department', key: 'departmentId', table: 'departments' },
  attachments: { kind: 'delete_attachment', key: 'attachmentId', table: 'attachments' },
};
interface Deletion {
  readonly kind: OutboxRow['kind'];
  readonly key: 'ticketId' | 'customerId' | 'departmentId' | 'attachmentId';
  readonly table: RemoteTable;
}
interface TicketRow {
  readonly id: string;
  readonly user_id: string;
  readonly status: string;
  readonly department_id: string;
  readonly replies: string;
}

export function watchWire(store: Store, now: () => number, complain: (problem: string) => void): WireWatch {
  const looks = new Map<number, Look>();
  const attempts = new Map<string, Attempt>();
  const readings = new Map<string, number>();
  const gone = new Set<number>();
  const refused = new Set<string>();
  const held = new Set<string>();
  const started = new WeakMap<FakeRequest, number>();
  const confirmed = new Set<number>();
  const totals = new Map<string, number>();
  const directory = watchDirectory();

  const note = (row: TicketRow, at: number): void => {
    const id = Number(row.id);
    const [status, departmentId] = [Number(row.status), Number(row.department_id)];
    const [replies, userId] = [Number(row.replies), Number(row.user_id)];
    looks.set(id, { at, status, departmentId, replies, userId });
    held.add(`${id} set_status ${status}`).add(`${id} set_department ${departmentId}`);
    gone.delete(id);
  };
  const hearRead = (path: string, body: Json, at: number): void => {
    const [, shown] = /^\/api\/tickets\/show\/(\d+)/.exec(path) ?? [];
    if (shown && isNotFound(body)) gone.add(Number(shown));
    directory.hearRead(path, body, at);
    if (body.success !== 1) return;
    if (body.ticket) note(body.ticket as TicketRow, at);
    for (const row of (body.tickets ?? []) as TicketRow[]) note(row, at);
    const [what] = /^\/api\/messages\/show\/\d+|(?:user|department)_id=\d+/.exec(path) ?? [];
    if (!what || path.includes('&status=') || path.includes('?status=')) return;
    readings.set(what, at);
    totals.set(what, Number(body.total_tickets));
  };
  const hearWrite = (request: FakeRequest, result: HttpResult): void => {
    const key = keyOf(request);
    const attempt = attempts.get(key);
    const body = result.ok ? jsonOf(result.value.body) : null;
    if (!result.ok && result.error.phase !== 'sent') attempts.delete(key);
    if (body?.success === 1 && attempt) attempt.outcome = 'done';
    if (body?.error === 1) {
      refused.add(key);
      if (attempt) attempt.outcome = 'refused';
    }
    if (body) directory.hearWrite(request.path, formOf(request), body);
    const [, deleted] = /^\/api\/tickets\/delete\/(\d+)/.exec(request.path) ?? [];
    if (deleted && (body?.success === 1 || (body && isNotFound(body)))) gone.add(Number(deleted));
    const [, id] = /^\/api\/tickets\/update\/(\d+)/.exec(request.path) ?? [];
    if (!id || body?.success !== 1) return;
    const { status, department_id } = formOf(request);
    if (status) held.add(`${id} set_status ${status}`);
    if (department_id) held.add(`${id} set_department ${department_id}`);
  };

  /** The row that is written down as being sent, first of its lane. */
  const rowOf = (what: string, isIt: (row: OutboxRow) => boolean): OutboxRow | undefined => {
    const rows = store.outbox.all();
    const row = rows.find((one) => one.state === 'sending' && isIt(one));
    if (!row) complain(`${what} leaves and is not written down as being sent`);
    const before = rows.find(
      (one) => row && one.lane === row.lane && one.id < row.id && one.state !== 'sent',
    );
    if (before) complain(`${what} leaves before ${before.kind} ${before.id}, which is ${before.state}`);
    return row;
  };
  const checkLook = (what: string, row: OutboxRow, remoteId: number, closes: boolean): void => {
    const look = looks.get(remoteId);
    if (!look || look.at < (row.sentAt ?? 0)) {
      complain(`${what} leaves without a look`);
      return;
    }
    if (row.payload.asItIs === true) return;
    if (closes && look.replies + 1 > row.seenMessages)
      complain(`${what} closes what its writer has not seen`);
    const value = row.kind === 'set_department' ? look.departmentId : look.status;
    if (row.kind.startsWith('set_') && value !== valueThere(store, row, 'before'))
      complain(`${what} overwrites ${value}, which somebody else set`);
  };
  const checkAgain = (what: string, row: OutboxRow, key: string, reading: string): void => {
    const before = attempts.get(key);
    attempts.set(key, { at: now(), outcome: 'open' });
    if (!before || before.outcome === 'refused' || row.payload.asItIs === true) return;
    const readAt = readings.get(reading);
    if (readAt === undefined || readAt <= before.at + LATEST_MS)
      complain(`${what} is sent again without a look`);
  };
  const leavesMessage = (request: FakeRequest, fields: Fields): void => {
    const key = keyOf(request);
    const isTicket = request.path.startsWith('/api/tickets/');
    const what = isTicket ? `the new ticket «${fields.subject}»` : `a message of ticket ${fields.ticket_id}`;
    const markerOf = ({ messageId }: OutboxRow) =>
      messageId === null ? null : store.remoteMessages.markerOf(messageId);
    const row = rowOf(what, (one) => markerOf(one) === key && (one.kind === 'create_ticket') === isTicket);
    if (!row) return;
    checkAgain(
      what,
      row,
      key,
      isTicket ? `user_id=${fields.user_id}` : `/api/messages/show/${fields.ticket_id}`,
    );
    if ((fields.close === '1') !== (row.payload.close === true)) complain(`${what} closes against the wish`);
    if (fields.close === '1') checkLook(what, row, Number(fields.ticket_id), true);
  };
  const leavesChange = (remoteId: number, { status, department_id }: Fields): void => {
    const kind = status ? 'set_status' : 'set_department';
    const value = Number(status ?? department_id);
    const what = `${kind} ${value} of ticket ${remoteId}`;
    const ticketId = store.remoteTickets.localId('tickets', remoteId) as TicketId | undefined;
    const row = rowOf(
      what,
      (one) => one.ticketId === ticketId && one.kind === kind && valueThere(store, one) === value,
    );
    if (row) checkLook(what, row, remoteId, status === '5');
  };

  /** It deletes what was confirmed, and what stands there is what was seen: somebody has just looked. */
  const leavesDeletion = (path: string): void => {
    const [, table = '', id = ''] = /^\/api\/(\w+)\/delete\/(\d+)/.exec(path) ?? [];
    const of = DELETIONS[table];
    const row = rowOf(path, (one) => {
      const own = of && one.kind === of.kind ? one[of.key] : null;
      return own !== null && of !== undefined && store.remoteTickets.remoteId(of.table, own) === Number(id);
    });
    if (!row) return;
    if (!confirmed.has(row.id)) complain(`${path} leaves and nobody has confirmed it`);
    const seen = row.payload.seen as Readonly<Record<string, unknown>> | undefined;
    const look = looks.get(Number(id));
    const what = table === 'users' ? `user_id=${id}` : `department_id=${id}`;
    const lookedAt = table === 'tickets' ? look?.at : readings.get(what);
    if (table === 'attachments') return;
    if (lookedAt === undefined || lookedAt < (row.sentAt ?? 0)) complain(`${path} leaves without a look`);
    else if (
      table === 'tickets' &&
      (seen?.messages !== (look?.replies ?? 0) + 1 || seen.status !== look?.status)
    )
      complain(`${path} deletes what nobody has seen`);
    else if (table !== 'tickets' && seen?.tickets !== totals.get(what))
      complain(`${path} deletes ${totals.get(what)} tickets, and ${seen?.tickets} were seen`);
  };

  /** A name, a visibility, an address: what stands there was looked at, and is what the change set out from. */
  const leavesUpdate = (path: string, fields: Fields): void => {
    const [, table = '', id = ''] = /^\/api\/(\w+)\/update\/(\d+)/.exec(path) ?? [];
    const of = table === 'users' ? DELETIONS.users : DELETIONS.departments;
    const row = rowOf(path, (one) => {
      const own = of && one.kind.startsWith('update_') ? one[of.key] : null;
      return own !== null && of !== undefined && store.remoteTickets.remoteId(of.table, own) === Number(id);
    });
    const look = directory.shown(table === 'users' ? 'users' : 'departments', Number(id));
    if (!row) return;
    if (!look || look.at < (row.sentAt ?? 0)) {
      complain(`${path} leaves without a look`);
      return;
    }
    const sent = fields.new_email
      ? [`email ${fields.new_email}`]
      : [`name ${fields.name}`, `private ${fields.private}`];
    const { payload, before } = row;
    const from = valuesOf({ ...row, payload: before, before: payload });
    const meant = [...valuesOf(row), ...(payload.asItIs === true ? look.values : from)];
    for (const value of sent)
      if (!meant.includes(value) && !look.values.includes(value)) complain(`${path} sets ${value} unasked`);
    const kept = look.values.filter((value) => !sent.includes(value));
    for (const value of kept)
      if (!meant.includes(value)) complain(`${path} overwrites ${value}, which somebody else set`);
  };

  return {
    directory,
    isConfirmed: (rowId) => {
      confirmed.add(rowId);
    },
    leaves: (request) => {
      started.set(request, now());
      if (request.method !== 'POST') return;
      const [, updated] = /^\/api\/tickets\/update\/(\d+)/.exec(request.path) ?? [];
      const isMessage = /^\/api\/(messages|tickets)\/create/.test(request.path);
      if (updated) leavesChange(Number(updated), formOf(request));
      else if (isMessage) leavesMessage(request, formOf(request));
      else if (/^\/api\/\w+\/update\//.test(request.path)) leavesUpdate(request.path, formOf(request));
      else if (/^\/api\/\w+\/delete\//.test(request.path)) leavesDeletion(request.path);
      else rowOf(request.path, ({ kind }) => !kind.startsWith('set_'));
    },
    heard: (request, result) => {
      if (request.method === 'POST') hearWrite(request, result);
      else if (result.ok)
        hearRead(request.path, jsonOf(result.value.body) ?? {}, started.get(request) ?? now());
    },
    isToldGone: (remoteId) => {
      const look = looks.get(remoteId);
      const isGoneWith =
        look &&
        (directory.isGone('users', look.userId) || directory.isGone('departments', look.departmentId));
      return gone.has(remoteId) || isGoneWith === true;
    },
    isRefused: (key) => refused.has(key),
    hasHeld: (remoteId, kind, value) => held.has(`${remoteId} ${kind} ${value}`),
  };
}

/** What tells one write from another: the marker of a message, else where it goes and with what. */
function keyOf(request: FakeRequest): string {
  const fields = formOf(request);
  const marker = takeMarker(fields.message ?? fields.body ?? '').marker;
  return marker ?? `${request.path} ${fields.status ?? ''} ${fields.department_id ?? ''}`;
}
