import type { CustomerId, DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../shared/model/ticket.ts';
import { type ApiOrder, mirrored, NEWEST_FIRST, sortByTime, TIME_WINDOW } from './apiOrder.ts';
import { type BucketSum, createUnchangedCache, onePerKey, pageOfBuckets } from './buckets.ts';
import type { Db } from './connection.ts';
import { createNumberedIds } from './numbered.ts';

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

/** A customer's tickets, counted from the nearer end: the last pages cost as little as the first. */
function createCustomerIds(db: Db) {
  const read = createNumberedIds(db, {
    ...{ table: 'tickets', index: 'tickets_customer', listed: 'tickets_listed_customer' },
  });
  return (filter: ApiTicketFilter, total: number, offset: number, limit: number): number[] => {
    const isAscending = offset > total / 2;
    const size = Math.min(limit, total - offset);
    const ids = read(
      {
        where: `${customerWhere(filter)}${where(filter)}`,
        values: given(filter, ['customerId', 'departmentId', 'status']),
      },
      {
        ...{ from: 0, below: Number.MAX_SAFE_INTEGER, isAscending, limit: size },
        skip: isAscending ? total - offset - size : offset,
      },
    );
    return isAscending ? ids.reverse() : ids;
  };
}

function createFewIds(db: Db) {
  const statement = onePerKey((sql) => db.prepare<number[], { id: number; number: number }>(sql));
  return (filter: ApiTicketFilter): number[] => {
    const rows = statement(
      `SELECT id, coalesce(list_number, id) AS number FROM tickets INDEXED BY ${indexFor(filter)}
       WHERE deleted_at IS NULL${where(filter)}`,
    ).all(...given(filter, ['departmentId', 'status']));
    return rows.sort((a, b) => b.number - a.number).map(({ id }) => id);
  };
}

/** Ids by the time of their last change: of few tickets all, else as far as the window reaches. */
function createTimedIds(db: Db, totalOf: (filter: ApiTicketFilter) => number) {
  const statement = onePerKey((sql) => db.prepare<number[], { id: number; at: number }>(sql));
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

/** Numbered pages of tickets, highest number first, as the reference API has them. */
export function createApiTickets(db: Db) {
  const statement = onePerKey((sql) => db.prepare<number[], number>(sql).pluck());
  const scan = createNumberedIds(db, { table: 'tickets', index: 'tickets_api', listed: 'tickets_listed' });
  const customerIds = createCustomerIds(db);
  const fewIds = createFewIds(db);
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
    if (filter.customerId !== undefined) return customerIds(filter, total, offset, limit);
    if (total <= FEW && where(filter) !== '') return fewIds(filter).slice(offset, offset + limit);
    const condition = { where: where(filter), values: given(filter, ['departmentId', 'status']) };
    return pageOfBuckets(bucketSums(filter), offset, limit, (run) => scan(condition, run));
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
