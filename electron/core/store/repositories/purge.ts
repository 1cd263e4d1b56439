import type { TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

/** Removes a ticket's rows for good and says which files nothing refers to any more. */
export function createPurgeRepository(db: Db) {
  const files = db
    .prepare<[number, number, number], string>(
      `SELECT sha256 FROM attachments WHERE ticket_id = ? AND sha256 <> ''
       UNION SELECT raw_sha256 FROM messages WHERE ticket_id = ? AND raw_sha256 IS NOT NULL
       UNION SELECT u.sha256 FROM uploads u JOIN drafts d ON d.id = u.draft_id WHERE d.ticket_id = ?`,
    )
    .pluck();
  const steps = [
    'DELETE FROM uploads WHERE draft_id IN (SELECT id FROM drafts WHERE ticket_id = ?)',
    'DELETE FROM drafts WHERE ticket_id = ?',
    'DELETE FROM ticket_tags WHERE ticket_id = ?',
    'DELETE FROM ticket_reads WHERE ticket_id = ?',
    'DELETE FROM mail_ids WHERE ticket_id = ?',
    'DELETE FROM notes WHERE ticket_id = ?',
    'DELETE FROM attachments WHERE ticket_id = ?',
    'DELETE FROM messages WHERE ticket_id = ?',
    'DELETE FROM tickets WHERE id = ?',
  ].map((sql) => db.prepare<[number]>(sql));
  const isUsed = db
    .prepare<[{ sha256: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM attachments WHERE sha256 = @sha256)
         OR EXISTS (SELECT 1 FROM uploads WHERE sha256 = @sha256)
         OR EXISTS (SELECT 1 FROM suspended_messages WHERE raw_sha256 = @sha256)
         OR EXISTS (SELECT 1 FROM messages WHERE raw_sha256 = @sha256)
         OR EXISTS (SELECT 1 FROM staff WHERE avatar_sha256 = @sha256)`,
    )
    .pluck();
  return {
    /** Returns the sha-256 of the files the ticket referred to; ask `isUsed` after the commit before deleting one. */
    ticket: (id: TicketId): string[] => {
      const referred = files.all(id, id, id);
      for (const step of steps) step.run(id);
      return referred;
    },
    isUsed: (sha256: string): boolean => isUsed.get({ sha256 }) === 1,
  };
}
