import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { Store } from '../../electron/core/store/store.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { valuesOf, valueThere } from './ledger.ts';
import type { WireWatch } from './watchWire.ts';

/** What a desk shows, looked at after every transaction: not only at rest. */
export interface DeskWatch {
  /** A transaction was committed. */
  committed(): void;
  /** A person does something: what goes is theirs to throw away. */
  byPerson<T>(work: () => T | Promise<T>): Promise<T>;
}

interface Shown {
  readonly id: TicketId;
  readonly status: number;
  readonly departmentId: number;
  readonly baseStatus: number;
  readonly baseDepartmentId: number;
}

export function watchDesk(store: Store, wire: WireWatch, complain: (problem: string) => void): DeskWatch {
  const shown = store.db.prepare<[], Shown>(
    `SELECT t.id, t.status, t.department_id AS departmentId, b.status AS baseStatus,
       coalesce(d.id, b.department_remote_id) AS baseDepartmentId
     FROM remote_tickets b JOIN tickets t ON t.id = b.ticket_id
       LEFT JOIN departments d ON d.remote_id = b.department_remote_id
     WHERE t.status <> b.status OR t.department_id <> coalesce(d.id, b.department_remote_id)
       OR EXISTS (SELECT 1 FROM outbox WHERE ticket_id = t.id)`,
  );
  const trashed = store.db
    .prepare<[], TicketId>('SELECT id FROM tickets WHERE deleted_at IS NOT NULL')
    .pluck();
  const changes = store.db.prepare<[], number>('SELECT total_changes()').pluck();
  let inTrash = new Set<TicketId>();
  let rows = new Map<number, OutboxRow>();
  /** What the server calls tickets in which something waited. */
  const numbers = new Map<TicketId, number>();
  let seenChanges = -1;
  let isPersons = 0;

  const checkScreen = (): void => {
    for (const { id, status, departmentId, baseStatus, baseDepartmentId } of shown.all()) {
      const own = [...rows.values()].filter(({ ticketId }) => ticketId === id);
      const expected = own.reduce(played, { status: baseStatus, departmentId: baseDepartmentId });
      if (expected.status !== status) complain(`ticket ${id} shows status ${status}, not ${expected.status}`);
      if (expected.departmentId !== departmentId)
        complain(`ticket ${id} shows department ${departmentId}, not ${expected.departmentId}`);
    }
  };
  const checkTrash = (): void => {
    const now = trashed.all();
    for (const id of now) {
      const remoteId = store.remoteTickets.remoteId('tickets', id);
      const isExplained =
        isPersons > 0 || inTrash.has(id) || (remoteId !== null && wire.isToldGone(remoteId));
      if (!isExplained) complain(`ticket ${remoteId ?? id} is taken for deleted, and nobody said so`);
    }
    inTrash = new Set(now);
  };
  const checkRefused = (): void => {
    for (const row of rows.values()) {
      const marker = row.messageId === null ? null : store.remoteMessages.markerOf(row.messageId);
      if (row.state === 'rejected' && marker !== null && !wire.isRefused(marker))
        complain(`${row.kind} ${row.id} counts as refused, and the server never said so`);
    }
  };
  /** Nothing leaves the outbox without being there, or thrown away by a person. */
  const checkGone = (before: ReadonlyMap<number, OutboxRow>): void => {
    for (const row of before.values()) {
      if (rows.has(row.id) || isPersons > 0 || isThere(row)) continue;
      complain(`${row.kind} ${row.id} left the outbox and is not on the server`);
    }
  };
  const isThere = (row: OutboxRow): boolean => {
    const { kind, messageId, ticketId } = row;
    if (messageId !== null) return store.remoteTickets.remoteId('messages', messageId) !== null;
    if (ticketId === null || kind === 'delete_attachment') return isDirectoryThere(store, wire, row);
    // Its row may be erased with it, and then its number is the one it was pulled with.
    const remoteId = store.remoteTickets.remoteId('tickets', ticketId) ?? numbers.get(ticketId) ?? null;
    if (kind === 'delete_ticket') return remoteId !== null && wire.isToldGone(remoteId);
    return remoteId !== null && wire.hasHeld(remoteId, kind, valueThere(store, row));
  };
  return {
    committed: () => {
      const count = changes.get() ?? 0;
      if (count === seenChanges) return;
      seenChanges = count;
      const before = rows;
      rows = new Map(store.outbox.all().map((row) => [row.id, row]));
      for (const { ticketId } of rows.values()) {
        const remoteId = ticketId === null ? null : store.remoteTickets.remoteId('tickets', ticketId);
        if (ticketId !== null && remoteId !== null) numbers.set(ticketId, remoteId);
      }
      checkScreen();
      checkTrash();
      checkRefused();
      checkGone(before);
    },
    byPerson: async (work) => {
      isPersons += 1;
      try {
        return await work();
      } finally {
        isPersons -= 1;
      }
    },
  };
}

/** The same of people, departments and files. */
function isDirectoryThere({ remoteTickets }: Store, { directory }: WireWatch, row: OutboxRow): boolean {
  const { kind, customerId, departmentId, attachmentId, payload } = row;
  const customer = customerId === null ? null : remoteTickets.remoteId('customers', customerId);
  const department = departmentId === null ? null : remoteTickets.remoteId('departments', departmentId);
  const file = attachmentId === null ? null : remoteTickets.remoteId('attachments', attachmentId);
  switch (kind) {
    case 'create_customer':
      return customer !== null;
    case 'update_customer':
      return customer !== null && directory.hasHeld('users', customer, `email ${payload.value}`);
    case 'delete_customer':
      return customer !== null && directory.isGone('users', customer);
    case 'create_department':
      return department !== null;
    case 'update_department':
      return valuesOf(row).every(
        (value) => department !== null && directory.hasHeld('departments', department, value),
      );
    case 'delete_department':
      return department !== null && directory.isGone('departments', department);
    case 'delete_attachment':
      // Its message had left without it.
      return file === null || directory.isGone('attachments', file);
    default:
      return false;
  }
}

interface Fields {
  readonly status: number;
  readonly departmentId: number;
}

/** The rule of docs/sync.md, told a second time: what waits for nobody's decision is shown on top of the base. */
function played(fields: Fields, { kind, state, payload }: OutboxRow): Fields {
  const isOnScreen = state === 'queued' || state === 'sending' || state === 'uncertain';
  const isAside = state === 'held' || state === 'conflict';
  if (kind === 'reply' && (isOnScreen || isAside)) {
    if (payload.close === true && isOnScreen) return { ...fields, status: 5 };
    return fields.status <= 3 ? { ...fields, status: 2 } : fields;
  }
  if (kind === 'customer_reply' && (isOnScreen || isAside))
    return fields.status === 2 || fields.status === 5 ? { ...fields, status: 3 } : fields;
  if (!isOnScreen) return fields;
  if (kind === 'set_status') return { ...fields, status: payload.value as number };
  return kind === 'set_department' ? { ...fields, departmentId: payload.value as number } : fields;
}
