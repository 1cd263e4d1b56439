import type { Db } from '../connection.ts';
import { createDocuments } from './documents.ts';

export interface IndexBuilder {
  /**
   * Indexes up to `limit` queued tickets in one transaction, lowest id first, and answers how many. Holds the
   * writer for seconds: only for a desk nobody works on; `SearchIndex.drain` is for all others.
   */
  build(limit: number): number;
  /** Merges what was built into one run, so that searches read one list per word. */
  finish(): void;
}

const TABLES = ['ticket_search', 'ticket_suggest'] as const;
/** Words are collected in memory up to this size before they are written: few large runs instead of thousands. */
const COLLECT_BYTES = 96 * 1024 * 1024;
/** FTS5's own default, put back before the transaction ends. */
const COLLECT_DEFAULT_BYTES = 1024 * 1024;

/** Builds the index of many tickets as fast as FTS5 can. */
export function createIndexBuilder(db: Db): IndexBuilder {
  const documents = createDocuments(db);
  const next = db
    .prepare<[number], number>('SELECT ticket_id FROM search_queue ORDER BY ticket_id LIMIT ?')
    .pluck();
  const dequeueUpTo = db.prepare<[number]>('DELETE FROM search_queue WHERE ticket_id <= ?');
  // Numbers are bound as doubles; FTS5 takes integers only.
  const command = (table: string, name: string) =>
    db.prepare<[number]>(`INSERT INTO ${table} (${table}, rank) VALUES ('${name}', CAST(? AS INTEGER))`);
  const settings = TABLES.map((table) => ({
    hashsize: command(table, 'hashsize'),
    flush: db.prepare(`INSERT INTO ${table} (${table}) VALUES ('flush')`),
    optimize: db.prepare(`INSERT INTO ${table} (${table}) VALUES ('optimize')`),
  }));

  const build = db.transaction((limit: number): number => {
    const ids = next.all(limit);
    const last = ids.at(-1);
    if (last === undefined) return 0;
    for (const { hashsize } of settings) hashsize.run(COLLECT_BYTES);
    for (const id of ids) documents.write(id);
    dequeueUpTo.run(last);
    for (const { hashsize, flush } of settings) {
      flush.run();
      hashsize.run(COLLECT_DEFAULT_BYTES);
    }
    return ids.length;
  });

  return {
    build: (limit) => build.immediate(limit),
    finish: () => {
      for (const { optimize } of settings) db.transaction(() => optimize.run()).immediate();
    },
  };
}
