import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.ts';
import { type SlowQuery, watchSlowQueries } from './slowQueries.ts';

function watchedDb(durationMs: number) {
  const db = openConnection(':memory:');
  db.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT) STRICT');
  const slow: SlowQuery[] = [];
  let time = 0;
  watchSlowQueries(
    db,
    (query) => slow.push(query),
    () => {
      time += durationMs;
      return time;
    },
  );
  return { db, slow };
}

describe('watchSlowQueries', () => {
  it('reports the statement with its plan and without its values', () => {
    const { db, slow } = watchedDb(41);
    const found = db.prepare('SELECT id FROM words WHERE word = @word').all({ word: 'secret' });
    expect(found).toEqual([]);
    expect(slow).toEqual([
      { sql: 'SELECT id FROM words WHERE word = @word', durationMs: 41, plan: ['SCAN words'] },
    ]);
  });

  it('reports slow writes too', () => {
    const { db, slow } = watchedDb(100);
    expect(db.prepare('INSERT INTO words VALUES (?, ?)').run(1, 'a').changes).toBe(1);
    expect(slow.map((query) => query.sql)).toEqual(['INSERT INTO words VALUES (?, ?)']);
  });

  it('keeps quiet about the others, and statements keep their modes', () => {
    const { db, slow } = watchedDb(40);
    db.prepare('INSERT INTO words VALUES (?, ?)').run(1, 'a');
    expect(db.prepare('SELECT word FROM words').pluck().get()).toBe('a');
    expect(db.transaction(() => db.prepare('SELECT word FROM words').pluck().all())()).toEqual(['a']);
    expect(slow).toEqual([]);
  });
});
