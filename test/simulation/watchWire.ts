import { takeMarker } from '../../electron/core/domain/marker.ts';
import type { HttpResult } from '../../electron/core/ports/httpFetch.ts';
import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { Store } from '../../electron/core/store/store.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { type FakeRequest, parseForm } from '../fakes/helpdeskz/wire.ts';

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
}

/** The server carries out nothing later than this after it left (network.ts), but for what is counted as repeated. */
const LATEST_MS = 90_000;

interface Look {
  readonly at: number;
  readonly status: number;
  readonly departmentId: number;
  readonly replies: number;
}
interface Attempt {
  readonly at: number;
  outcome: 'open' | 'done' | 'refused';
}
type Fields = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;
interface TicketRow {
  readonly id: string;
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

  const note = (row: TicketRow, at: number): void => {
    const id = Number(row.id);
    const [status, departmentId] = [Number(row.status), Number(row.department_id)];
    looks.set(id, { at, status, departmentId, replies: Number(row.replies) });
    held.add(`${id} set_status ${status}`).add(`${id} set_department ${departmentId}`);
    gone.delete(id);
  };
  const hearRead = (path: string, body: Json, at: number): void => {
    const [, shown] = /^\/api\/tickets\/show\/(\d+)/.exec(path) ?? [];
    if (shown && body.error === 1) gone.add(Number(shown));
    if (body.success !== 1) return;
    if (body.ticket) note(body.ticket as TicketRow, at);
    for (const row of (body.tickets ?? []) as TicketRow[]) note(row, at);
    const [what] = /^\/api\/messages\/show\/\d+|user_id=\d+/.exec(path) ?? [];
    if (what) readings.set(what, at);
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
    if (row.kind.startsWith('set_') && value !== row.before.value)
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
      (one) => one.ticketId === ticketId && one.kind === kind && one.payload.value === value,
    );
    if (row) checkLook(what, row, remoteId, status === '5');
  };

  return {
    leaves: (request) => {
      started.set(request, now());
      if (request.method !== 'POST') return;
      const [, updated] = /^\/api\/tickets\/update\/(\d+)/.exec(request.path) ?? [];
      const isMessage = /^\/api\/(messages|tickets)\/create/.test(request.path);
      if (updated) leavesChange(Number(updated), formOf(request));
      else if (isMessage) leavesMessage(request, formOf(request));
      else rowOf(request.path, ({ kind }) => !kind.startsWith('set_'));
    },
    heard: (request, result) => {
      if (request.method === 'POST') hearWrite(request, result);
      else if (result.ok)
        hearRead(request.path, jsonOf(result.value.body) ?? {}, started.get(request) ?? now());
    },
    isToldGone: (remoteId) => gone.has(remoteId),
    isRefused: (key) => refused.has(key),
    hasHeld: (remoteId, kind, value) => held.has(`${remoteId} ${kind} ${value}`),
  };
}

const formOf = (request: FakeRequest): Fields => parseForm(request, Number.POSITIVE_INFINITY).fields;

/** What tells one write from another: the marker of a message, else where it goes and with what. */
function keyOf(request: FakeRequest): string {
  const fields = formOf(request);
  const marker = takeMarker(fields.message ?? fields.body ?? '').marker;
  return marker ?? `${request.path} ${fields.status ?? ''} ${fields.department_id ?? ''}`;
}

function jsonOf(body: Uint8Array): Json | null {
  try {
    return JSON.parse(Buffer.from(body).toString()) as Json;
  } catch {
    return null;
  }
}
