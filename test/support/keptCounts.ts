import type { Db } from '../../electron/core/store/connection.ts';

/** Each kept counter beside the count of the rows it stands for. */
const PAIRS: Readonly<Record<string, readonly [kept: string, counted: string]>> = {
  ticket_counts: [
    'SELECT department_id, status, is_assigned, tickets AS n FROM ticket_counts WHERE tickets <> 0',
    `SELECT department_id, status, assignee_id IS NOT NULL AS is_assigned, count(*) AS n FROM tickets
     WHERE deleted_at IS NULL GROUP BY 1, 2, 3`,
  ],
  customer_counts: [
    'SELECT customer_id, department_id, status, tickets AS n FROM customer_counts WHERE tickets <> 0',
    `SELECT customer_id, department_id, status, count(*) AS n FROM tickets
     WHERE deleted_at IS NULL GROUP BY 1, 2, 3`,
  ],
  ticket_buckets: [
    'SELECT bucket, department_id, status, tickets AS n FROM ticket_buckets WHERE tickets <> 0',
    `SELECT coalesce(list_number, id) >> 12 AS bucket, department_id, status, count(*) AS n FROM tickets
     WHERE deleted_at IS NULL GROUP BY 1, 2, 3`,
  ],
  trash_counts: [
    'SELECT department_id, tickets AS n FROM trash_counts WHERE tickets <> 0',
    'SELECT department_id, count(*) AS n FROM tickets WHERE deleted_at IS NOT NULL GROUP BY 1',
  ],
  customer_buckets: [
    'SELECT bucket, customers AS n FROM customer_buckets WHERE customers <> 0',
    'SELECT coalesce(list_number, id) >> 12 AS bucket, count(*) AS n FROM customers WHERE deleted_at IS NULL GROUP BY 1',
  ],
};

/** The counters that differ from what they count; none on a sound desk. */
export function wrongCounts(db: Db): string[] {
  const rows = (sql: string): string =>
    db
      .prepare<[], Record<string, number>>(sql)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  return Object.entries(PAIRS)
    .filter(([, [kept, counted]]) => rows(kept) !== rows(counted))
    .map(([name]) => name);
}
