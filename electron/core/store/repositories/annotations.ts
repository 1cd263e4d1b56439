import type { NoteId, StaffId, TicketId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';

export interface NoteRecord {
  readonly id: NoteId;
  readonly ticketId: TicketId;
  readonly staffId: StaffId | null;
  readonly bodyHtml: string;
  readonly createdAt: number;
}

export function createNoteRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO notes (ticket_id, staff_id, body_html, created_at) VALUES (@ticketId, @staffId, @bodyHtml, @createdAt)',
  );
  const byTicket = db.prepare<[number], NoteRecord>(
    `SELECT id, ticket_id AS ticketId, staff_id AS staffId, body_html AS bodyHtml, created_at AS createdAt
     FROM notes WHERE ticket_id = ? AND deleted_at IS NULL ORDER BY created_at, id`,
  );
  const setDeleted = db.prepare('UPDATE notes SET deleted_at = ? WHERE id = ?');
  const body = db.prepare<[number], string>('SELECT body_html FROM notes WHERE id = ?').pluck();
  return {
    insert: (note: Omit<NoteRecord, 'id'>): NoteId => Number(insert.run(note).lastInsertRowid) as NoteId,
    byTicket: (ticketId: TicketId): NoteRecord[] => byTicket.all(ticketId),
    bodyOf: (id: NoteId): string | undefined => body.get(id),
    setDeleted: (id: NoteId, deletedAt: number | null): void => {
      setDeleted.run(deletedAt, id);
    },
  };
}

export function createTagRepository(db: Db) {
  const add = db.prepare('INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING');
  const idOf = db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck();
  const link = db.prepare('INSERT INTO ticket_tags VALUES (?, ?) ON CONFLICT DO NOTHING');
  const unlinkAll = db.prepare('DELETE FROM ticket_tags WHERE ticket_id = ?');
  const ofTicket = db
    .prepare<[number], string>(
      'SELECT t.name FROM ticket_tags tt JOIN tags t ON t.id = tt.tag_id WHERE tt.ticket_id = ? ORDER BY t.name',
    )
    .pluck();
  const all = db.prepare<[], string>('SELECT name FROM tags ORDER BY name').pluck();
  return {
    ofTicket: (ticketId: TicketId): string[] => ofTicket.all(ticketId),
    setForTicket: (ticketId: TicketId, names: readonly string[]): void => {
      unlinkAll.run(ticketId);
      for (const name of names) {
        add.run(name);
        link.run(ticketId, idOf.get(name));
      }
    },
    all: (): string[] => all.all(),
  };
}

/** When each staff member last opened a ticket. */
export function createReadRepository(db: Db) {
  const set = db.prepare('INSERT OR REPLACE INTO ticket_reads VALUES (?, ?, ?)');
  const unset = db.prepare('DELETE FROM ticket_reads WHERE staff_id = ? AND ticket_id = ?');
  return {
    markRead: (staffId: StaffId, ticketId: TicketId, now: number): void => {
      set.run(staffId, ticketId, now);
    },
    markUnread: (staffId: StaffId, ticketId: TicketId): void => {
      unset.run(staffId, ticketId);
    },
  };
}
