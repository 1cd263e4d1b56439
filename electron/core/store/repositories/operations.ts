import type { OperationKind } from '../../../../shared/contract/tickets.ts';
import type {
  CustomerId,
  MessageId,
  NoteId,
  OperationId,
  TicketId,
  TokenId,
} from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface OperationRecord {
  readonly id: OperationId;
  readonly groupId: string;
  readonly kind: OperationKind;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly noteId: NoteId | null;
  readonly actorKind: 'staff' | 'token' | 'customer' | 'system';
  readonly actorId: number | null;
  readonly actorName: string;
  readonly payload: unknown;
  readonly before: unknown;
  readonly createdAt: number;
  readonly undoesGroupId: string | null;
  readonly undoneByGroupId: string | null;
}
export type NewOperation = Omit<OperationRecord, 'id' | 'undoneByGroupId'>;

interface Row extends Omit<OperationRecord, 'payload' | 'before'> {
  readonly payload: string;
  readonly before: string;
}

const COLUMNS = `id, group_id AS groupId, kind, ticket_id AS ticketId, message_id AS messageId, note_id AS noteId,
  actor_kind AS actorKind, actor_id AS actorId, actor_name AS actorName, payload, before, created_at AS createdAt,
  undoes_group_id AS undoesGroupId, undone_by_group_id AS undoneByGroupId`;

const toOperation = (row: Row): OperationRecord => ({
  ...row,
  payload: JSON.parse(row.payload) as unknown,
  before: JSON.parse(row.before) as unknown,
});

/** The permanent log of changes. */
export function createOperationRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO operations (group_id, kind, ticket_id, message_id, note_id, actor_kind, actor_id, actor_name, payload, before, created_at, undoes_group_id)
     VALUES (@groupId, @kind, @ticketId, @messageId, @noteId, @actorKind, @actorId, @actorName, @payload, @before, @createdAt, @undoesGroupId)`,
  );
  const byGroup = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM operations WHERE group_id = ? ORDER BY id`,
  );
  const byTicket = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM operations WHERE ticket_id = ? ORDER BY id DESC LIMIT 500`,
  );
  const byToken = db.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM operations
     WHERE ticket_id IS NULL AND json_extract(payload, '$.tokenId') = ? ORDER BY id DESC LIMIT 200`,
  );
  const markUndone = db.prepare('UPDATE operations SET undone_by_group_id = ? WHERE group_id = ?');
  const scrub = db.prepare("UPDATE operations SET before = '{}', payload = '{}' WHERE ticket_id = ?");
  const scrubCustomer = db.prepare<[number]>(
    `UPDATE operations SET before = '{}', payload = json_object('customerId', json_extract(payload, '$.customerId'))
     WHERE ticket_id IS NULL AND json_extract(payload, '$.customerId') = ?`,
  );
  return {
    insert: (operation: NewOperation): OperationId =>
      Number(
        insert.run({
          ...operation,
          payload: JSON.stringify(operation.payload),
          before: JSON.stringify(operation.before),
        }).lastInsertRowid,
      ) as OperationId,
    byGroup: (groupId: string): OperationRecord[] => byGroup.all(groupId).map(toOperation),
    /** Newest first, at most 500. */
    byTicket: (ticketId: TicketId): OperationRecord[] => byTicket.all(ticketId).map(toOperation),
    /** What was done to an API token, newest first, at most 200. */
    byToken: (tokenId: TokenId): OperationRecord[] => byToken.all(tokenId).map(toOperation),
    markUndone: (groupId: string, byGroupId: string): void => {
      markUndone.run(byGroupId, groupId);
    },
    /** A purge leaves who did what and when, not what stood there. */
    scrubTicket: (ticketId: TicketId): void => {
      scrub.run(ticketId);
    },
    /** The same for a customer: names and addresses go, who did what and when stays. */
    scrubCustomer: (customerId: CustomerId): void => {
      scrubCustomer.run(customerId);
    },
  };
}
