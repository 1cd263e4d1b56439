import { type NumberRun, onePerKey } from './buckets.ts';
import type { Db } from './connection.ts';
import { FIRST_LOCAL_ID } from './repositories/remoteDesk.ts';

export type NumberedTable = 'tickets' | 'customers';

/** What a list is read along: an index by id, and one by the number of those that have another than their id. */
export interface Numbered {
  readonly table: NumberedTable;
  readonly index: string;
  readonly listed: string;
}

/** Further conditions of a list, with a value for each question mark. */
export interface Condition {
  readonly where: string;
  readonly values: readonly number[];
}

/**
 * Reads live ids by the number that programs know them by (services/listPlaces.ts), within a run of numbers. Pulled rows
 * have the remote's number as their id; rows that were born here have an id above all of them, until the remote's number
 * became theirs.
 */
export function createNumberedIds(db: Db, { table, index, listed }: Numbered) {
  const anyListed = db.prepare(
    `SELECT 1 FROM ${table} INDEXED BY ${table}_listed WHERE deleted_at IS NULL AND list_number > 0 LIMIT 1`,
  );
  const statement = onePerKey((sql) => db.prepare<number[], number>(sql).pluck());
  const ids = `${table} INDEXED BY ${index} WHERE deleted_at IS NULL AND id >= ? AND id < ?`;
  const numbers = `${table} INDEXED BY ${listed} WHERE deleted_at IS NULL AND list_number >= ? AND list_number < ?`;
  return ({ where, values }: Condition, { from, below, isAscending, limit, skip }: NumberRun): number[] => {
    const direction = isAscending ? 'ASC' : 'DESC';
    if (anyListed.get() === undefined)
      return statement(`SELECT id FROM ${ids}${where} ORDER BY id ${direction} LIMIT ? OFFSET ?`).all(
        ...[from, below, ...values, limit, skip],
      );
    // Three lists, each in the order of its index: merged, not sorted.
    const merged = statement(
      `SELECT id FROM (
         SELECT id AS number, id FROM ${ids}${where}
         UNION ALL SELECT id, id FROM ${ids} AND list_number IS NULL${where}
         UNION ALL SELECT list_number, id FROM ${numbers}${where} ORDER BY 1 ${direction}) LIMIT ? OFFSET ?`,
    );
    const pulled = [from, Math.min(below, FIRST_LOCAL_ID), ...values];
    const born = [Math.max(from, FIRST_LOCAL_ID), below, ...values];
    return merged.all(...pulled, ...born, from, below, ...values, limit, skip);
  };
}

/** Rows in one transaction: more than these only once, on a desk that was filled by an older version. */
const AT_ONCE = 500;

/** Lets what got its number from the remote take that number's place in the lists. */
export function createNumberTaker(db: Db) {
  const due = 'remote_id IS NOT NULL AND list_number IS NOT remote_id';
  const of = (table: NumberedTable) => {
    const waiting = `SELECT id FROM ${table} INDEXED BY ${table}_unlisted WHERE id > 0 AND ${due} LIMIT ${AT_ONCE}`;
    return {
      waiting: db.prepare(waiting),
      take: db.prepare(`UPDATE ${table} SET list_number = remote_id WHERE id IN (${waiting})`),
    };
  };
  const tables = { tickets: of('tickets'), customers: of('customers') };
  return {
    isDue: (table: NumberedTable): boolean => tables[table].waiting.get() !== undefined,
    take: (table: NumberedTable): void => {
      tables[table].take.run();
    },
  };
}
