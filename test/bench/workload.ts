import type { DepartmentScope } from '../../electron/core/domain/actor.ts';
import { createRandom, type Random } from '../../electron/core/services/demo/random.ts';
import type { Db } from '../../electron/core/store/connection.ts';
import { plainText } from '../../electron/core/store/search/text.ts';
import type { DepartmentId } from '../../shared/model/ids.ts';

/** Who looks: everything, one large department, or one with 0.01 % of the tickets. */
export interface Viewer {
  readonly name: string;
  readonly scope: DepartmentScope;
  readonly staffId: number;
}

export function viewersOf(db: Db): Viewer[] {
  const department = (name: string) =>
    db.prepare<[string], DepartmentId>('SELECT id FROM departments WHERE name = ?').pluck().get(name);
  const staff = (username: string) =>
    db.prepare<[string], number>('SELECT id FROM staff WHERE username = ?').pluck().get(username) ?? 0;
  const scopeOf = (name: string): DepartmentScope => {
    const id = department(name);
    return id === undefined ? [] : [id];
  };
  return [
    { name: 'admin', scope: 'all', staffId: staff('amina') },
    { name: 'one department', scope: scopeOf('Technical support'), staffId: staff('jonas') },
    { name: '0.01 % department', scope: scopeOf('Press'), staffId: staff('claire') },
  ];
}

const WORD = /[\p{L}\p{N}]{2,}/gu;

function wordsOf(db: Db, ticketId: number): string[] {
  const subject = db
    .prepare<[number], string>('SELECT subject FROM tickets WHERE id = ?')
    .pluck()
    .get(ticketId);
  const bodies = db
    .prepare<[number], string>('SELECT body_html FROM messages WHERE ticket_id = ? AND deleted_at IS NULL')
    .pluck()
    .all(ticketId);
  return plainText([subject ?? '', ...bodies].join(' ')).match(WORD) ?? [];
}

function someTickets(db: Db, random: Random, scope: DepartmentScope, count: number): number[] {
  if (scope !== 'all') {
    const own = db
      .prepare<[number], number>(
        'SELECT id FROM tickets WHERE department_id = ? AND deleted_at IS NULL LIMIT 5000',
      )
      .pluck()
      .all(scope[0] ?? 0);
    return Array.from({ length: count }, () => own[random.int(0, own.length - 1)] ?? 1);
  }
  const newest = db.prepare<[], number>('SELECT max(id) FROM tickets').pluck().get() ?? 1;
  return Array.from({ length: count }, () => random.int(1, newest));
}

/** Searches of 1–3 words that occur together in some ticket: as common and as rare as the words people type. */
export function searchTexts(db: Db, scope: DepartmentScope, words: number, count: number): string[] {
  const random = createRandom(7 + words);
  return someTickets(db, random, scope, count).map((id) => {
    const all = wordsOf(db, id);
    const chosen = Array.from(
      { length: words },
      () => all[random.int(0, Math.max(0, all.length - 1))] ?? 'lamp',
    );
    return chosen.join(' ');
  });
}

/** Beginnings of 2 to 7 characters of subjects' words, customers' names and numbers. */
export function suggestTexts(db: Db, count: number): string[] {
  const random = createRandom(11);
  const source = db.prepare<[number], { subject: string; name: string; email: string }>(
    'SELECT t.subject, c.name, c.email FROM tickets t JOIN customers c ON c.id = t.customer_id WHERE t.id = ?',
  );
  return someTickets(db, random, 'all', count).map((id) => {
    const row = source.get(id);
    if (!row || random.chance(0.1)) return String(id).slice(0, random.int(2, 7));
    const text = random.pick([row.subject, row.name, row.email]);
    const words = text.match(WORD) ?? ['re'];
    const word = words[random.int(0, words.length - 1)] ?? 're';
    const start = word.slice(0, random.int(2, 7));
    // Every third is the second word of two.
    return random.chance(0.33) ? `${words[0] ?? ''} ${start}` : start;
  });
}
