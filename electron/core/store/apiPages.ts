import type { AttachmentId, CustomerId, DepartmentId, MessageId } from '../../../shared/model/ids.ts';
import { type ApiOrder, mirrored, NEWEST_FIRST, TIME_WINDOW } from './apiOrder.ts';
import { type ApiPage, createApiTickets } from './apiTickets.ts';
import { type BucketSum, pageOfBuckets } from './buckets.ts';
import type { Db } from './connection.ts';
import { createNumberedIds, createNumberTaker } from './numbered.ts';

export interface ApiCustomerRow {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string;
}

/** As a list has it. */
export type ListedCustomerRow = ApiCustomerRow & { readonly updatedAt: number };

export interface CustomerPageRequest {
  readonly page: number;
  readonly perPage: number;
  readonly order?: ApiOrder | undefined;
}

export interface ApiAttachmentRow {
  readonly id: AttachmentId;
  readonly messageId: MessageId;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** With the department of its ticket: who asks may not see every one. */
type ListedAttachment = ApiAttachmentRow & { readonly departmentId: DepartmentId };

/** Rows per read of the attachment list: the connection is free for others between two of them. */
const ATTACHMENT_CHUNK = 500;

function createCustomerPages(db: Db) {
  const sums = db.prepare<[], BucketSum>(
    'SELECT bucket, customers AS rows FROM customer_buckets WHERE customers > 0 ORDER BY bucket DESC',
  );
  const scan = createNumberedIds(db, {
    ...{ table: 'customers', index: 'customers_live', listed: 'customers_listed' },
  });
  const rowsOf = db.prepare<[string], ListedCustomerRow>(
    `SELECT c.id, c.name, c.email, c.updated_at AS updatedAt
     FROM json_each(?) ids CROSS JOIN customers c ON c.id = ids.value`,
  );
  const timed = (direction: 'ASC' | 'DESC') =>
    db
      .prepare<[number], number>(
        `SELECT id FROM customers INDEXED BY customers_updated WHERE deleted_at IS NULL AND updated_at >= ?
         ORDER BY updated_at ${direction}, id ${direction} LIMIT ${TIME_WINDOW + 1}`,
      )
      .pluck();
  const byTime = { asc: timed('ASC'), desc: timed('DESC') };
  const timedPage = (offset: number, perPage: number, { isAscending, updatedSince = 0 }: ApiOrder) => {
    const ids = byTime[isAscending ? 'asc' : 'desc'].all(updatedSince);
    const within = ids.slice(0, TIME_WINDOW);
    const rows = rowsOf.all(JSON.stringify(within.slice(offset, offset + perPage)));
    return { total: within.length, isCut: ids.length > within.length, rows };
  };
  return ({ page, perPage, order = NEWEST_FIRST }: CustomerPageRequest): ApiPage<ListedCustomerRow> => {
    const offset = (page - 1) * perPage;
    if (order.by === 'updated') return timedPage(offset, perPage, order);
    const buckets = sums.all();
    const total = buckets.reduce((sum, bucket) => sum + bucket.rows, 0);
    const read = (from: number, size: number) =>
      pageOfBuckets(buckets, from, size, (run) => scan({ where: '', values: [] }, run));
    const ids = order.isAscending ? mirrored(total, offset, perPage, read) : read(offset, perPage);
    return { total, rows: rowsOf.all(JSON.stringify(ids)) };
  };
}

function createAttachmentList(db: Db) {
  const read = (from: string) =>
    db.prepare<number[], ListedAttachment>(
      `SELECT a.id, a.message_id AS messageId, a.name, a.media_type AS mediaType, a.size_bytes AS sizeBytes,
         t.department_id AS departmentId
       FROM ${from} CROSS JOIN tickets t ON t.id = a.ticket_id AND t.deleted_at IS NULL
       ORDER BY a.id LIMIT ${ATTACHMENT_CHUNK}`,
    );
  const live = 'a.deleted_at IS NULL AND a.id > ?';
  const every = read(`(SELECT * FROM attachments a WHERE ${live}) a`);
  const ofMessage = read(
    `(SELECT * FROM attachments a INDEXED BY attachments_message WHERE ${live} AND a.message_id = ?) a`,
  );
  return function* attachments(messageId?: MessageId): Generator<ListedAttachment[]> {
    let afterId = 0;
    for (;;) {
      const rows = messageId === undefined ? every.all(afterId) : ofMessage.all(afterId, messageId);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < ATTACHMENT_CHUNK) return;
      afterId = last.id;
    }
  };
}

/** What the HelpDeskZ API lists page by page (behaviour.md 2.2, 2.4, 2.6). */
export function createApiPages(db: Db) {
  return {
    tickets: createApiTickets(db),
    /** Highest number first, unless asked otherwise. */
    customers: createCustomerPages(db),
    numbers: createNumberTaker(db),
    /** Every live attachment (of one message) in chunks, lowest id first; made to be streamed. */
    attachments: createAttachmentList(db),
  };
}
