import { describe, expect, it } from 'vitest';
import type { MessageId } from '../../../shared/model/ids.ts';
import { addMessage, addTicket, openStoreDesk } from '../../../test/fakes/storeDesk.ts';
import { wrongCounts } from '../../../test/support/keptCounts.ts';
import { createApiPages } from './apiPages.ts';

const BORN_HERE = 1_000_000_000;

describe('customer pages of the API', () => {
  it('equal a cut of the whole list while customers come and go', () => {
    const own = openStoreDesk();
    const insert = own.prepare(
      "INSERT INTO customers (id, name, email, email_key, created_at, updated_at) VALUES (?, 'N', ?, ?, 0, 0)",
    );
    const insertBorn = own.prepare(
      "INSERT INTO customers (id, name, email, email_key, created_at, updated_at, remote_id) VALUES (?, 'N', ?, ?, 0, 0, ?)",
    );
    for (let n = 1; n <= 400; n++) insert.run(n * 50, `c${n}@x.example`, `c${n}@x.example`);
    own.exec(
      'UPDATE customers SET deleted_at = 5 WHERE id % 150 = 0; UPDATE customers SET deleted_at = NULL WHERE id = 300',
    );
    own.exec('DELETE FROM customers WHERE id BETWEEN 5000 AND 6000');
    const all = own
      .prepare<[], number>('SELECT id FROM customers WHERE deleted_at IS NULL ORDER BY id DESC')
      .pluck()
      .all();
    const seen: number[] = [];
    for (let page = 1; page <= 12; page++) {
      const found = createApiPages(own).customers({ page, perPage: 25 });
      expect(found.total).toBe(all.length);
      seen.push(...found.rows.map((row) => row.id));
    }
    expect(seen).toEqual(all.slice(0, 300));
    // Of a mirror: the newest ones were born here, and two of them have got a number of the remote's since.
    for (const [id, remoteId] of [
      [1, 99],
      [2, null],
      [3, 15_001],
    ] as const)
      insertBorn.run(BORN_HERE + id, `born${id}@x.example`, `born${id}@x.example`, remoteId);
    const api = createApiPages(own);
    const first = () => api.customers({ page: 1, perPage: 3 }).rows.map(({ id }) => id);
    expect(first()).toEqual([3, 2, 1].map((id) => BORN_HERE + id));
    api.numbers.take('customers');
    expect(first()).toEqual([BORN_HERE + 2, 20_000, 19_900]);
    const upwards = { page: 1, perPage: 4, order: { by: 'id', isAscending: true } } as const;
    expect(api.customers(upwards).rows.map(({ id }) => id)).toEqual([1, 2, 3, 50]);
    const every: number[] = api.customers({ page: 1, perPage: 1000 }).rows.map(({ id }) => id);
    expect(every).toHaveLength(all.length + 3);
    expect(every.indexOf(BORN_HERE + 3)).toBe(every.indexOf(15_050) + 1);
    expect(every.indexOf(BORN_HERE + 1)).toBe(every.indexOf(100) + 1);
    own.exec(`UPDATE customers SET deleted_at = 5 WHERE id > ${BORN_HERE}`);
    own.exec(`UPDATE customers SET deleted_at = NULL WHERE id = ${BORN_HERE + 1}`);
    own.exec(`DELETE FROM customers WHERE id > ${BORN_HERE + 1}`);
    expect(wrongCounts(own)).toEqual([]);
  });
});

describe('the attachment list of the API', () => {
  it('streams live attachments of live tickets, all or of one message', () => {
    const own = openStoreDesk();
    const insert = own.prepare(
      `INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, created_at, deleted_at)
       VALUES (?, ?, 'a.txt', 'text/plain', 3, 'x', 0, ?)`,
    );
    const [kept, trashed] = [addTicket(own), addTicket(own, { deletedAt: 5 })];
    const [first, second, hidden] = [
      addMessage(own, kept, ''),
      addMessage(own, kept, ''),
      addMessage(own, trashed, ''),
    ];
    for (let n = 0; n < 1100; n++) insert.run(kept, n % 2 ? first : second, n % 10 === 0 ? 5 : null);
    insert.run(trashed, hidden, null);
    const api = createApiPages(own);
    const every = [...api.attachments()].flat();
    expect(every).toHaveLength(990);
    expect(every.map((row) => row.id)).toEqual(every.map((row) => row.id).sort((a, b) => a - b));
    expect([...api.attachments(first as MessageId)].flat()).toEqual(
      every.filter((row) => row.messageId === first),
    );
    expect([...api.attachments(hidden as MessageId)].flat()).toEqual([]);
  });
});
