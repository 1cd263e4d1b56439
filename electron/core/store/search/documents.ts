import type { Db } from '../connection.ts';
import { ATTACHMENT_MARKER, departmentMarker, foldForIndex, plainText } from './text.ts';

/** More of one message is not indexed: pasted logs and encoded files would fill the index with noise. */
const MESSAGE_CHARACTERS = 200_000;

interface Subject {
  readonly subject: string;
  readonly departmentId: number;
  readonly attachmentCount: number;
  readonly name: string;
  readonly email: string;
  /** The customer's further addresses. */
  readonly otherEmails: string | null;
}

interface Entry {
  readonly subject: string;
  readonly people: string;
  readonly body: string;
  readonly scope: string;
  /** For the as-you-type index. */
  readonly words: string;
}

/** Builds the index entries of a ticket from its rows, and takes them out. */
export function createDocuments(db: Db) {
  // `+ 0`: with STAT4 compiled in, a join that compares a bare parameter is compiled anew for every value.
  const subjectOf = db.prepare<[number], Subject>(
    `SELECT t.subject, t.department_id AS departmentId, t.attachment_count AS attachmentCount, c.name, c.email,
       (SELECT group_concat(email, ' ') FROM customer_addresses WHERE customer_id = t.customer_id AND removed_at IS NULL) AS otherEmails
     FROM tickets t CROSS JOIN customers c ON c.id = t.customer_id WHERE t.id = ? + 0 AND t.deleted_at IS NULL`,
  );
  const texts = (sql: string) => db.prepare<[number], string>(sql).pluck();
  const bodies = texts(
    'SELECT body_html FROM messages WHERE ticket_id = ? AND deleted_at IS NULL ORDER BY created_at, id',
  );
  const notes = texts(
    'SELECT body_html FROM notes WHERE ticket_id = ? AND deleted_at IS NULL ORDER BY created_at',
  );
  const files = texts('SELECT name FROM attachments WHERE ticket_id = ? AND deleted_at IS NULL');
  const search = db.prepare(
    'INSERT OR REPLACE INTO ticket_search (rowid, subject, people, body, scope) VALUES (?, ?, ?, ?, ?)',
  );
  const suggest = db.prepare('INSERT OR REPLACE INTO ticket_suggest (rowid, words) VALUES (?, ?)');
  const removals = ['ticket_search', 'ticket_suggest'].map((table) =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE rowid = ?`),
  );

  const remove = (ticketId: number): void => {
    for (const statement of removals) statement.run(ticketId);
  };
  const bodyOf = (ticketId: number, attachmentCount: number): string =>
    [
      ...bodies.all(ticketId).map((html) => plainText(html.slice(0, MESSAGE_CHARACTERS))),
      ...notes.all(ticketId).map((html) => plainText(html.slice(0, MESSAGE_CHARACTERS))),
      ...(attachmentCount > 0 ? files.all(ticketId) : []),
    ].join('\n');

  const read = (ticketId: number): Entry | null => {
    const found = subjectOf.get(ticketId);
    if (!found) return null;
    const subject = foldForIndex(found.subject);
    const people = foldForIndex(`${found.name} ${found.email} ${found.otherEmails ?? ''}`.trim());
    const department = departmentMarker(found.departmentId);
    return {
      subject,
      people: `${people} ${ticketId}`,
      body: foldForIndex(bodyOf(ticketId, found.attachmentCount)),
      scope: found.attachmentCount > 0 ? `${department} ${ATTACHMENT_MARKER}` : department,
      words: `${subject} ${people} ${department}`,
    };
  };

  return {
    remove,
    read,
    /** Writes the entries of a ticket; one that is gone or trashed loses them. */
    write(ticketId: number): void {
      const entry = read(ticketId);
      if (!entry) {
        remove(ticketId);
        return;
      }
      search.run(ticketId, entry.subject, entry.people, entry.body, entry.scope);
      suggest.run(ticketId, entry.words);
    },
  };
}
