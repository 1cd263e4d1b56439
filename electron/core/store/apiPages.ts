import type { AttachmentId, CustomerId, DepartmentId, MessageId } from '../../../shared/model/ids.ts';
import { type ApiPage, createApiTickets } from './apiTickets.ts';
import { type BucketSum, pageOfBuckets } from './buckets.ts';
import type { Db } from './connection.ts';

export interface ApiCustomerRow {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string;
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
  const scan = db
    .prepare<number[], number>(
      `SELECT id FROM customers INDEXED BY customers_live
       WHERE deleted_at IS NULL AND id >= ? AND id < ? ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
    .pluck();
  const rowsOf = db.prepare<[string], ApiCustomerRow>(
    'SELECT c.id, c.name, c.email FROM json_each(?) ids CROSS JOIN customers c ON c.id = ids.value',
  );
  return ({ page, perPage }: { page: number; perPage: number }): ApiPage<ApiCustomerRow> => {
    const buckets = sums.all();
    const ids = pageOfBuckets(buckets, (page - 1) * perPage, perPage, (...place) => scan.all(...place));
    return {
      total: buckets.reduce((total, bucket) => total + bucket.rows, 0),
      rows: rowsOf.all(JSON.stringify(ids)),
    };
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
    /** Highest id first. */
    customers: createCustomerPages(db),
    /** Every live attachment (of one message) in chunks, lowest id first; made to be streamed. */
    attachments: createAttachmentList(db),
  };
}
