import type { OutboxKind, OutboxState } from '../../../../shared/contract/sync.ts';
import type {
  AttachmentId,
  CustomerId,
  DepartmentId,
  MessageId,
  TicketId,
} from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import { FIRST_LOCAL_ID } from './remoteDesk.ts';

/**
 * queued → sending → sent (acknowledged, not yet found in the thread) → gone. `uncertain`: sent, fate unknown.
 * `held`: waits for a person's review. `conflict`: someone else set something else. `rejected`: the remote said no.
 */
export interface OutboxRow {
  readonly id: number;
  readonly kind: OutboxKind;
  readonly groupId: string;
  readonly lane: string;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly customerId: CustomerId | null;
  readonly departmentId: DepartmentId | null;
  readonly attachmentId: AttachmentId | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
  readonly seenMessages: number;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly sentAt: number | null;
  readonly dueAt: number;
  readonly reason: string;
  readonly createdAt: number;
  /** When it was put aside for a person; null = it was not. */
  readonly asideAt: number | null;
  /** When it was last looked for on the server, how often, and whether the last look missed nothing. */
  readonly lookedAt: number | null;
  readonly looks: number;
  readonly sawAll: 0 | 1;
}
export type NewOutboxRow = Pick<
  OutboxRow,
  | 'kind'
  | 'groupId'
  | 'lane'
  | 'ticketId'
  | 'messageId'
  | 'customerId'
  | 'payload'
  | 'before'
  | 'seenMessages'
  | 'createdAt'
> &
  Partial<Pick<OutboxRow, 'departmentId' | 'attachmentId'>>;

interface Stored extends Omit<OutboxRow, 'payload' | 'before'> {
  readonly payload: string;
  readonly before: string;
}
type Json = Readonly<Record<string, unknown>>;
const toRow = (row: Stored): OutboxRow => ({
  ...row,
  payload: JSON.parse(row.payload) as Json,
  before: JSON.parse(row.before) as Json,
});

const COLUMNS = `id, kind, group_id AS groupId, lane, ticket_id AS ticketId, message_id AS messageId,
  customer_id AS customerId, department_id AS departmentId, attachment_id AS attachmentId, payload, before,
  seen_messages AS seenMessages, state, attempts, sent_at AS sentAt, due_at AS dueAt, reason, created_at AS createdAt,
  aside_at AS asideAt, looked_at AS lookedAt, looks, saw_all AS sawAll`;
/** In which they leave: a lane that a person moved ahead, then by age. */
const ORDER = 'ORDER BY rank, id';

/** The remote knows it: it was pulled, or has got its number. */
const isThere = (table: string, id: string): string =>
  `EXISTS (SELECT 1 FROM ${table} WHERE id = ${id} AND (remote_id IS NOT NULL OR id < ${FIRST_LOCAL_ID}))`;

/** The message of a file is there, its files were asked for, and that one was not among them. */
const LEFT_WITHOUT = `EXISTS (SELECT 1 FROM attachments WHERE id = outbox.attachment_id
  AND EXISTS (SELECT 1 FROM remote_desk WHERE first_sync_done_at IS NOT NULL)
  AND ${isThere('messages', 'message_id')}
  AND NOT EXISTS (SELECT 1 FROM remote_file_checks WHERE message_id = attachments.message_id))`;

/** What is on its way, or can go, and was done before. */
const BEFORE_IT = `SELECT 1 FROM outbox AS earlier WHERE earlier.id < outbox.id AND (
  earlier.state IN ('sending', 'uncertain', 'sent')
  OR earlier.state = 'queued' AND ${isThere('tickets', 'earlier.ticket_id')})`;

/** Operations that the remote has not confirmed; nothing leaves without being done or discarded by a person. */
export function createOutboxRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO outbox (kind, group_id, lane, ticket_id, message_id, customer_id, department_id, attachment_id, payload, before, seen_messages, created_at)
     VALUES (@kind, @groupId, @lane, @ticketId, @messageId, @customerId, @departmentId, @attachmentId, @payload, @before, @seenMessages, @createdAt)`,
  );
  const putBack = db.prepare(
    `INSERT INTO outbox (id, kind, group_id, lane, ticket_id, message_id, customer_id, department_id, attachment_id, payload, before,
       seen_messages, state, attempts, sent_at, due_at, reason, created_at, aside_at, looked_at, looks, saw_all, rank)
     VALUES (@id, @kind, @groupId, @lane, @ticketId, @messageId, @customerId, @departmentId, @attachmentId, @payload, @before,
       @seenMessages, @state, @attempts, @sentAt, @dueAt, @reason, @createdAt, @asideAt, @lookedAt, @looks, @sawAll,
       coalesce((SELECT min(rank) FROM outbox WHERE lane = @lane), 0))`,
  );
  const rows = <P extends unknown[]>(where: string) =>
    db.prepare<P, Stored>(`SELECT ${COLUMNS} FROM outbox WHERE ${where}`);
  const byId = rows<[number]>('id = ?');
  // «+ 0»: these have partial indexes, and a bare parameter makes SQLite compile the statement anew for each value.
  const byTicket = rows<[number]>('ticket_id = ? + 0 ORDER BY id');
  const byMessage = rows<[number]>('message_id = ? + 0');
  const byLane = rows<[string]>('lane = ? ORDER BY id');
  const ofKind = rows<[string]>('kind = ? ORDER BY id');
  const byGroup = rows<[string]>('group_id = ? ORDER BY id');
  const unproven = rows<[]>("state IN ('uncertain', 'sent') ORDER BY state = 'sent', id");
  const all = rows<[]>(`1 = 1 ${ORDER}`);
  // The head of each lane: what stands behind it waits, whatever the head waits for. Nobody opens a ticket there
  // that lies in the trash here; restored, it goes.
  // What it stands on must be there first: a ticket its customer and its department, a reply its ticket. Who is
  // deleted with all their tickets goes after what is still to be said in them.
  // «+»: the rows are walked in their order until one can go, never sorted.
  const next = rows<[number]>(
    `+state = 'queued' AND due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM outbox AS earlier WHERE earlier.lane = outbox.lane AND earlier.id < outbox.id
         AND earlier.state <> 'sent')
       AND NOT (kind = 'create_ticket' AND EXISTS (
         SELECT 1 FROM tickets WHERE id = outbox.ticket_id AND deleted_at IS NOT NULL))
       AND CASE
         WHEN kind IN ('create_customer', 'create_department') THEN 1
         WHEN kind = 'create_ticket' THEN ${isThere('customers', 'outbox.customer_id')}
           AND ${isThere('departments', "json_extract(payload, '$.departmentId')")}
         WHEN kind = 'set_department' THEN ${isThere('tickets', 'outbox.ticket_id')}
           AND ${isThere('departments', "json_extract(payload, '$.value')")}
         WHEN kind = 'update_customer' THEN ${isThere('customers', 'outbox.customer_id')}
         WHEN kind = 'update_department' THEN ${isThere('departments', 'outbox.department_id')}
         WHEN kind = 'delete_customer' THEN ${isThere('customers', 'outbox.customer_id')}
           AND NOT EXISTS (${BEFORE_IT} AND earlier.customer_id = outbox.customer_id)
         WHEN kind = 'delete_department' THEN ${isThere('departments', 'outbox.department_id')}
           AND NOT EXISTS (${BEFORE_IT})
         WHEN kind = 'delete_attachment' THEN ${isThere('attachments', 'outbox.attachment_id')} OR ${LEFT_WITHOUT}
         ELSE ${isThere('tickets', 'outbox.ticket_id')} END
     ${ORDER} LIMIT 1`,
  );
  const openCreates = rows<[number]>(
    // What was sent once may come late, whatever was made of it since; what a restored remote lost may be made again
    // there by another desk.
    `customer_id = ? + 0 AND kind = 'create_ticket' AND (state IN ('sending', 'uncertain', 'sent')
       OR state = 'queued' AND attempts > 0
       OR state = 'held' AND json_extract(payload, '$.lost')) ORDER BY id`,
  );
  const hasTicketsOf = db
    .prepare<[number], 0 | 1>(
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE customer_id = ? + 0 AND kind = 'create_ticket')",
    )
    .pluck();
  const setState = db.prepare(
    'UPDATE outbox SET state = @state, reason = @reason, due_at = @dueAt WHERE id = @id',
  );
  const setPayload = db.prepare('UPDATE outbox SET payload = ? WHERE id = ?');
  const requeue = db.prepare(
    `UPDATE outbox SET state = 'queued', payload = @payload, before = @before, seen_messages = @seenMessages,
       reason = '', due_at = 0 WHERE id = @id`,
  );
  // What is being discarded at this moment is put off for good.
  const hurry = db.prepare(
    `UPDATE outbox SET due_at = 0 WHERE state = 'queued' AND due_at BETWEEN 1 AND ${Number.MAX_SAFE_INTEGER - 1}`,
  );
  const restart = db.prepare(
    `UPDATE outbox SET sent_at = CASE WHEN state IN ('uncertain', 'sent') THEN @now ELSE sent_at END,
       due_at = CASE WHEN due_at < ${Number.MAX_SAFE_INTEGER} THEN min(due_at, @now) ELSE due_at END`,
  );
  const ofTickets = db.prepare<[string], Pick<OutboxRow, 'ticketId' | 'messageId' | 'state' | 'reason'>>(
    `SELECT o.ticket_id AS ticketId, o.message_id AS messageId, o.state, o.reason
     FROM json_each(?) asked CROSS JOIN outbox o ON o.ticket_id = asked.value ORDER BY o.id`,
  );
  const begin = db.prepare(
    `UPDATE outbox SET state = 'sending', attempts = attempts + 1, sent_at = ?, aside_at = NULL, reason = ''
     WHERE id = ?`,
  );
  const interrupted = db.prepare(
    `UPDATE outbox SET state = CASE WHEN kind IN ('create_ticket', 'reply', 'customer_reply') THEN 'uncertain'
         ELSE 'queued' END,
       reason = 'Staffdesk ended while this was on its way.' WHERE state = 'sending'`,
  );
  const moveAhead = db.prepare(
    `UPDATE outbox SET rank = (SELECT min(rank) FROM outbox) - 1,
       due_at = iif(due_at = ${Number.MAX_SAFE_INTEGER}, due_at, 0) WHERE lane IN (?, ?)`,
  );
  const noteAside = db.prepare('UPDATE outbox SET aside_at = ? WHERE id = ?');
  const noteLook = db.prepare(
    'UPDATE outbox SET looked_at = @at, looks = looks + 1, saw_all = @sawAll WHERE id = @id',
  );
  const remove = db.prepare('DELETE FROM outbox WHERE id = ?');
  const setCustomer = db.prepare('UPDATE outbox SET customer_id = ? WHERE customer_id = ?');
  const setTicketCustomer = db.prepare('UPDATE outbox SET customer_id = ? WHERE ticket_id = ?');
  const newest = db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").pluck();
  const count = db.prepare<[], { state: OutboxState; operations: number }>(
    'SELECT state, count(*) AS operations FROM outbox GROUP BY state',
  );
  return {
    insert: (row: NewOutboxRow): number =>
      Number(
        insert.run({
          departmentId: null,
          attachmentId: null,
          ...row,
          payload: JSON.stringify(row.payload),
          before: JSON.stringify(row.before),
        }).lastInsertRowid,
      ),
    /** What was removed stands again where it stood: in its place in its lane. */
    putBack: (row: OutboxRow): void => {
      putBack.run({ ...row, payload: JSON.stringify(row.payload), before: JSON.stringify(row.before) });
    },
    byId: (id: number): OutboxRow | undefined => {
      const row = byId.get(id);
      return row && toRow(row);
    },
    byTicket: (id: TicketId): OutboxRow[] => byTicket.all(id).map(toRow),
    byMessage: (id: MessageId): OutboxRow | undefined => {
      const row = byMessage.get(id);
      return row && toRow(row);
    },
    /** What shares a lane: «customer 3». */
    byLane: (lane: string): OutboxRow[] => byLane.all(lane).map(toRow),
    ofKind: (kind: OutboxKind): OutboxRow[] => ofKind.all(kind).map(toRow),
    byGroup: (groupId: string): OutboxRow[] => byGroup.all(groupId).map(toRow),
    /** What was sent and is not found in the thread yet: first that whose fate nobody knows. */
    unproven: (): OutboxRow[] => unproven.all().map(toRow),
    all: (): OutboxRow[] => all.all().map(toRow),
    /** What is to be sent now: queued, due, first of its lane, and standing on what the remote has. */
    nextToSend: (now: number): OutboxRow | undefined => {
      const row = next.get(now);
      return row && toRow(row);
    },
    /** Tickets on their way for this customer, of which the remote may already have made a row. */
    openCreates: (customerId: CustomerId): OutboxRow[] => openCreates.all(customerId).map(toRow),
    /** Whether tickets of this customer wait to be made. */
    hasTicketsOf: (id: CustomerId): boolean => hasTicketsOf.get(id) === 1,
    /** Whatever is put off is due now: a person asked for it. */
    hurry: (): void => {
      hurry.run();
    },
    /** A clock was set: every wait begins anew, and none outlasts the jump. */
    restartWaits: (now: number): void => {
      restart.run({ now });
    },
    /** How far the operations of these tickets are. */
    ofTickets: (ids: readonly TicketId[]) => ofTickets.all(JSON.stringify(ids)),
    begin: (id: number, now: number): void => {
      begin.run(now, id);
    },
    set: (id: number, state: OutboxState, reason = '', dueAt = 0): void => {
      setState.run({ id, state, reason, dueAt });
    },
    /** What is to be sent is another now; only for what has not left. */
    setPayload: (id: number, payload: OutboxRow['payload']): void => {
      setPayload.run(JSON.stringify(payload), id);
    },
    /** A person wants it sent: at once, with what stands there now as its starting point. */
    requeue: (id: number, now: Pick<OutboxRow, 'payload' | 'before' | 'seenMessages'>): void => {
      requeue.run({
        id,
        payload: JSON.stringify(now.payload),
        before: JSON.stringify(now.before),
        seenMessages: now.seenMessages,
      });
    },
    /** These lanes go before all others; within each the order stays. */
    moveAhead: (lane: string, other: string): void => {
      moveAhead.run(lane, other);
    },
    noteAside: (id: number, at: number): void => {
      noteAside.run(at, id);
    },
    noteLook: (id: number, look: { at: number; sawAll: boolean }): void => {
      noteLook.run({ id, at: look.at, sawAll: look.sawAll ? 1 : 0 });
    },
    /**
     * At start: what was on its way when the process ended may have arrived. What is the same done twice is queued
     * again, the rest is uncertain. Answers how many.
     */
    markInterrupted: (): number => interrupted.run().changes,
    remove: (id: number): void => {
      remove.run(id);
    },
    /** Two rows turned out to be one person. */
    setCustomer: (from: CustomerId, to: CustomerId): void => {
      setCustomer.run(to, from);
    },
    /** A ticket belongs to somebody else now, and so does what is still to be said in it. */
    setTicketCustomer: (id: TicketId, customerId: CustomerId): void => {
      setTicketCustomer.run(customerId, id);
    },
    /** Grows with everything that is queued. */
    newestId: (): number => newest.get() ?? 0,
    counts: (): Partial<Record<OutboxState, number>> =>
      Object.fromEntries(count.all().map(({ state, operations }) => [state, operations])),
  };
}
