import type { Db } from './connection.ts';

const SLOW_QUERY_MS = 40;

/** A statement that took longer than SLOW_QUERY_MS. `sql` has placeholders, never a person's words. */
export interface SlowQuery {
  readonly sql: string;
  readonly durationMs: number;
  /** The rows of EXPLAIN QUERY PLAN. */
  readonly plan: readonly string[];
}

type Run = (...parameters: unknown[]) => unknown;
type Method = 'get' | 'all' | 'run';
const METHODS: readonly Method[] = ['get', 'all', 'run'];

/**
 * Reports every slow statement prepared on this connection from now on. `now` is a monotonic clock in
 * milliseconds. Statements that are iterated are not timed: their time belongs to whoever consumes them.
 */
export function watchSlowQueries(
  db: Db,
  onSlow: (query: SlowQuery) => void,
  now: () => number = () => performance.now(),
): void {
  const prepare = db.prepare.bind(db);
  const watched = (sql: string) => {
    const statement = prepare(sql);
    for (const method of METHODS) {
      if (method !== 'run' && !statement.reader) continue;
      const original = (statement[method] as Run).bind(statement);
      const timed: Run = (...parameters) => {
        const startedAt = now();
        const result = original(...parameters);
        const durationMs = now() - startedAt;
        if (durationMs > SLOW_QUERY_MS) onSlow({ sql, durationMs, plan: planOf(prepare, sql, parameters) });
        return result;
      };
      Object.assign(statement, { [method]: timed });
    }
    return statement;
  };
  Object.assign(db, { prepare: watched });
}

function planOf(prepare: Db['prepare'], sql: string, parameters: unknown[]): string[] {
  const rows = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  return rows.map((row) => row.detail);
}
