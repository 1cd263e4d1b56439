import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { canSeeDepartment, type DepartmentScope } from '../domain/actor.ts';
import type { Db } from './connection.ts';

/** A row as the desk itself knows it; how it stands elsewhere is added by whoever asks. */
export type DeskRow = Omit<TicketRow, 'sending' | 'isGone'>;

interface StoredRow extends Omit<DeskRow, 'tags' | 'isUnread' | 'hasDraft'> {
  readonly tags: string | null;
  readonly readAt: number | null;
  readonly hasDraft: number;
}

// A tag name can hold any character but this one: names are trimmed text typed on one line.
const TAG_SEPARATOR = '\u001f';

/** Reads the rows a queue shows, for one viewer: their unread mark and their draft. */
export function createTicketRows(db: Db) {
  // One statement for all rows: a statement per row pays for a read transaction each time.
  const byIds = db.prepare<{ ids: string; staffId: number }, StoredRow>(
    `SELECT t.id, coalesce(t.remote_id, t.id) AS number, t.subject, t.preview, t.status, t.priority, t.department_id AS departmentId,
       t.assignee_id AS assigneeId, t.customer_id AS customerId, c.name AS customerName, c.email AS customerEmail,
       t.message_count AS messageCount, t.attachment_count AS attachmentCount, t.last_replier AS lastReplier,
       t.created_at AS createdAt, t.last_message_at AS lastMessageAt, t.deleted_at AS deletedAt,
       (SELECT group_concat(g.name, char(31)) FROM ticket_tags tt CROSS JOIN tags g ON g.id = tt.tag_id
         WHERE tt.ticket_id = t.id) AS tags,
       (SELECT r.read_at FROM ticket_reads r WHERE r.staff_id = @staffId AND r.ticket_id = t.id) AS readAt,
       EXISTS (SELECT 1 FROM drafts d WHERE d.ticket_id = t.id AND d.staff_id = @staffId) AS hasDraft
     FROM json_each(@ids) asked CROSS JOIN tickets t ON t.id = asked.value CROSS JOIN customers c ON c.id = t.customer_id`,
  );
  /** Keeps the order of the ids; leaves out what does not exist or lies outside the scope. Trashed tickets stay. */
  return (scope: DepartmentScope, staffId: number, ticketIds: readonly TicketId[]): DeskRow[] => {
    if (ticketIds.length === 0) return [];
    const found = byIds.all({ ids: JSON.stringify(ticketIds), staffId });
    const rows = new Map(found.map((row) => [row.id, row]));
    return ticketIds.flatMap((id) => {
      const row = rows.get(id);
      return row && canSeeDepartment(scope, row.departmentId) ? [toTicketRow(row)] : [];
    });
  };
}

function toTicketRow({ tags, readAt, hasDraft, ...row }: StoredRow): DeskRow {
  return {
    ...row,
    tags: tags === null ? [] : tags.split(TAG_SEPARATOR).sort(),
    isUnread: row.lastReplier === 'customer' && row.lastMessageAt > (readAt ?? Number.MIN_SAFE_INTEGER),
    hasDraft: hasDraft === 1,
  };
}
