import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../shared/model/ticket.ts';
import { type BucketSum, createUnchangedCache, pageOfBuckets } from './buckets.ts';
import type { Db } from './connection.ts';

export interface ApiTicketFilter {
  readonly status?: TicketStatus | undefined;
  /** One, or every one of these: what somebody may see. */
  readonly departmentId?: DepartmentId | readonly DepartmentId[] | undefined;
  readonly customerId?: CustomerId | undefined;
}

/** A ticket as the HelpDeskZ API lists it (behaviour.md 2.4). */
export interface ApiTicketRow {
  readonly id: TicketId;
  readonly customerId: CustomerId;
  readonly departmentId: DepartmentId;
  readonly subject: string;
  readonly createdAt: number;
  readonly lastMessageAt: number;
  readonly status: TicketStatus;
  readonly messageCount: number;
  readonly customerName: string;
  readonly departmentName: string;
}

export interface ApiPage<Row> {
  readonly total: number;
  readonly rows: Row[];
}

/** So few tickets are read whole and sorted: walking buckets would scan thousands of ids for each of them. */
const FEW = 400;

const given = (filter: ApiTicketFilter, columns: readonly (keyof ApiTicketFilter)[]): number[] =>
  columns.flatMap((column) => filter[column] ?? []);

const departmentWhere = (wanted: ApiTicketFilter['departmentId']): string => {
  if (wanted === undefined) return '';
  return typeof wanted === 'number'
    ? ' AND department_id = ?'
    : ` AND department_id IN (${wanted.map(() => '?').join(', ')})`;
};

const where = (filter: ApiTicketFilter): string =>
  [departmentWhere(filter.departmentId), filter.status === undefined ? '' : ' AND status = ?'].join('');

function createStatements(db: Db) {
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (sql: string) => db.prepare<number[], number>(sql).pluck();
  /** Every filter shape has its own text; there are four of each, and one per number of departments. */
  return (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
}

function createBucketSums(db: Db) {
  const cached = createUnchangedCache<readonly BucketSum[]>(db);
  return (filter: ApiTicketFilter): readonly BucketSum[] => {
    const values = given(filter, ['departmentId', 'status']);
    return cached(`${where(filter)} ${values.join(' ')}`, () =>
      db
        .prepare<number[], BucketSum>(
          `SELECT bucket, sum(tickets) AS rows FROM ticket_buckets WHERE tickets > 0${where(filter)}
           GROUP BY bucket ORDER BY bucket DESC`,
        )
        .all(...values),
    );
  };
}

type Statements = ReturnType<typeof createStatements>;

function customerIds(
  statement: Statements,
  filter: ApiTicketFilter,
  total: number,
  offset: number,
  limit: number,
) {
  const order = offset > total / 2 ? 'ASC' : 'DESC';
  const size = Math.min(limit, total - offset);
  const sql = `SELECT id FROM tickets INDEXED BY tickets_customer
    WHERE deleted_at IS NULL AND customer_id = ?${where(filter)} ORDER BY id ${order} LIMIT ? OFFSET ?`;
  const values = given(filter, ['customerId', 'departmentId', 'status']);
  if (order === 'DESC') return statement(sql).all(...values, size, offset);
  // Counted from the nearer end: the last pages of a customer with thousands of tickets cost as little as the first.
  return statement(sql)
    .all(...values, size, total - offset - size)
    .reverse();
}

function fewIds(statement: Statements, filter: ApiTicketFilter): number[] {
  const index = filter.departmentId === undefined ? 'tickets_status_queue' : 'tickets_department_queue';
  return statement(`SELECT id FROM tickets INDEXED BY ${index} WHERE deleted_at IS NULL${where(filter)}`)
    .all(...given(filter, ['departmentId', 'status']))
    .sort((a, b) => b - a);
}

/** Numbered pages of tickets, highest id first, as the reference API has them. */
export function createApiTickets(db: Db) {
  const statement = createStatements(db);
  const bucketSums = createBucketSums(db);
  // One statement for the whole page, in the order of `ids`: a look-up per row costs fifteen times as much.
  const rowsOf = db.prepare<[string], ApiTicketRow>(
    `SELECT t.id, t.customer_id AS customerId, t.department_id AS departmentId, t.subject,
       t.created_at AS createdAt, t.last_message_at AS lastMessageAt, t.status, t.message_count AS messageCount,
       c.name AS customerName, d.name AS departmentName
     FROM json_each(?) ids CROSS JOIN tickets t ON t.id = ids.value
       CROSS JOIN customers c ON c.id = t.customer_id CROSS JOIN departments d ON d.id = t.department_id`,
  );
  const totalOf = (filter: ApiTicketFilter): number => {
    const [table, first] =
      filter.customerId === undefined
        ? ['ticket_counts', 'tickets > 0']
        : ['customer_counts', 'customer_id = ?'];
    const values = given(filter, ['customerId', 'departmentId', 'status']);
    return (
      statement(`SELECT coalesce(sum(tickets), 0) FROM ${table} WHERE ${first}${where(filter)}`).get(
        ...values,
      ) ?? 0
    );
  };
  const idsOf = (filter: ApiTicketFilter, total: number, offset: number, limit: number): number[] => {
    if (offset >= total) return [];
    if (filter.customerId !== undefined) return customerIds(statement, filter, total, offset, limit);
    if (total <= FEW && where(filter) !== '') return fewIds(statement, filter).slice(offset, offset + limit);
    const values = given(filter, ['departmentId', 'status']);
    const scan = statement(`SELECT id FROM tickets INDEXED BY tickets_api
      WHERE deleted_at IS NULL AND id >= ? AND id < ?${where(filter)} ORDER BY id DESC LIMIT ? OFFSET ?`);
    return pageOfBuckets(bucketSums(filter), offset, limit, (fromId, belowId, count, skip) =>
      scan.all(fromId, belowId, ...values, count, skip),
    );
  };
  /** `page` counts from 1; past the end there are no rows but still the total. Trashed tickets do not exist here. */
  return (request: { page: number; perPage: number } & ApiTicketFilter): ApiPage<ApiTicketRow> => {
    const total = totalOf(request);
    const ids = idsOf(request, total, (request.page - 1) * request.perPage, request.perPage);
    return { total, rows: rowsOf.all(JSON.stringify(ids)) };
  };
}
