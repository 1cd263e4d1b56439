import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../shared/model/ticket.ts';
import { type ApiOrder, mirrored, NEWEST_FIRST, sortByTime, TIME_WINDOW } from './apiOrder.ts';
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

/** As a list has it. */
export type ListedTicketRow = ApiTicketRow & { readonly updatedAt: number };

export interface ApiPage<Row> {
  readonly total: number;
  /** A list by time that reaches no further: there are more than `total`. */
  readonly isCut?: boolean;
  readonly rows: Row[];
}

/** So few tickets are read whole and sorted: walking buckets would scan thousands of ids for each of them. */
const FEW = 400;
/** The same for a list by time, whose rows are looked up one by one. */
const FEW_TIMED = 5000;

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
  return statement(
    `SELECT id FROM tickets INDEXED BY ${indexFor(filter)} WHERE deleted_at IS NULL${where(filter)}`,
  )
    .all(...given(filter, ['departmentId', 'status']))
    .sort((a, b) => b - a);
}

/** Ids by the time of their last change: of few tickets all, else as far as the window reaches. */
function createTimedIds(db: Db, totalOf: (filter: ApiTicketFilter) => number) {
  const prepared = new Map<string, ReturnType<typeof db.prepare<number[], { id: number; at: number }>>>();
  const statement = (sql: string) => {
    const found = prepared.get(sql) ?? db.prepare<number[], { id: number; at: number }>(sql);
    prepared.set(sql, found);
    return found;
  };
  const all = (filter: ApiTicketFilter, order: ApiOrder): number[] => {
    const rows = statement(
      `SELECT id, updated_at AS at FROM tickets INDEXED BY ${indexFor(filter)}
       WHERE deleted_at IS NULL${customerWhere(filter)}${where(filter)}`,
    ).all(...given(filter, ['customerId', 'departmentId', 'status']));
    return sortByTime(rows, order);
  };
  const window = (filter: ApiTicketFilter, { isAscending, updatedSince = 0 }: ApiOrder): number[] => {
    const direction = isAscending ? 'ASC' : 'DESC';
    const rows = statement(
      `SELECT id, at FROM (
         SELECT id, updated_at AS at, department_id, status, customer_id FROM tickets INDEXED BY tickets_updated
         WHERE deleted_at IS NULL AND updated_at >= ? ORDER BY updated_at ${direction}, id ${direction} LIMIT ${TIME_WINDOW})
       WHERE true${customerWhere(filter)}${where(filter)}`,
    ).all(updatedSince, ...given(filter, ['customerId', 'departmentId', 'status']));
    return rows.map(({ id }) => id);
  };
  const beyond = db.prepare<[number]>(
    `SELECT id FROM tickets INDEXED BY tickets_updated WHERE deleted_at IS NULL AND updated_at >= ?
     LIMIT 1 OFFSET ${TIME_WINDOW}`,
  );
  return (filter: ApiTicketFilter, order: ApiOrder): { ids: number[]; isCut: boolean } => {
    const isFiltered = `${customerWhere(filter)}${where(filter)}` !== '';
    if (isFiltered && totalOf(filter) <= FEW_TIMED) return { ids: all(filter, order), isCut: false };
    return { ids: window(filter, order), isCut: beyond.get(order.updatedSince ?? 0) !== undefined };
  };
}

const customerWhere = ({ customerId }: ApiTicketFilter): string =>
  customerId === undefined ? '' : ' AND customer_id = ?';

function indexFor({ customerId, departmentId }: ApiTicketFilter): string {
  if (customerId !== undefined) return 'tickets_customer';
  return departmentId === undefined ? 'tickets_status_queue' : 'tickets_department_queue';
}

type TicketPageRequest = {
  readonly page: number;
  readonly perPage: number;
  readonly order?: ApiOrder | undefined;
} & ApiTicketFilter;

/** Numbered pages of tickets, highest id first, as the reference API has them. */
export function createApiTickets(db: Db) {
  const statement = createStatements(db);
  const bucketSums = createBucketSums(db);
  // One statement for the whole page, in the order of `ids`: a look-up per row costs fifteen times as much.
  const rowsOf = db.prepare<[string], ListedTicketRow>(
    `SELECT t.id, t.customer_id AS customerId, t.department_id AS departmentId, t.subject,
       t.created_at AS createdAt, t.last_message_at AS lastMessageAt, t.status, t.message_count AS messageCount,
       t.updated_at AS updatedAt, c.name AS customerName, d.name AS departmentName
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
  const idsById = (
    filter: ApiTicketFilter,
    { isAscending }: ApiOrder,
    total: number,
    offset: number,
    limit: number,
  ): number[] => {
    const read = (from: number, size: number) => idsOf(filter, total, from, size);
    return isAscending ? mirrored(total, offset, limit, read) : read(offset, limit);
  };
  const timed = createTimedIds(db, totalOf);
  /** `page` counts from 1; past the end there are no rows but still the total. Trashed tickets do not exist here. */
  return (request: TicketPageRequest): ApiPage<ListedTicketRow> => {
    const { page, perPage, order = NEWEST_FIRST } = request;
    const offset = (page - 1) * perPage;
    if (order.by === 'updated') {
      const { ids, isCut } = timed(request, order);
      const wanted = ids.slice(offset, offset + perPage);
      return { total: ids.length, isCut, rows: rowsOf.all(JSON.stringify(wanted)) };
    }
    const total = totalOf(request);
    const ids = idsById(request, order, total, offset, perPage);
    return { total, rows: rowsOf.all(JSON.stringify(ids)) };
  };
}
