import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ALL_STATUSES } from '../../../../shared/model/ticket.ts';
import { openStoreDesk } from '../../../../test/fakes/storeDesk.ts';
import { openConnection } from '../../store/connection.ts';
import { createFileStore } from '../../store/files.ts';
import { migrate, readMigrations } from '../../store/migrate.ts';
import { createSearcher } from '../../store/search/searcher.ts';
import { createStore, type Store } from '../../store/store.ts';
import { type DemoOptions, generateDemo } from './generateDemo.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function demo(options: Partial<DemoOptions> = {}) {
  const db = openConnection(':memory:');
  migrate(db, readMigrations());
  const store = createStore(db);
  const files = createFileStore(join(folder, 'files'));
  const summary = await generateDemo({
    store,
    files,
    clock: { now: () => NOW },
    seed: 7,
    tickets: 400,
    ...options,
  });
  return { store, files, summary };
}

const rowsOf = (store: Store) =>
  ['customers', 'tickets', 'messages', 'attachments', 'ticket_tags'].map((table) =>
    store.db.prepare(`SELECT * FROM ${table}`).all(),
  );
const number = (store: Store, sql: string): number =>
  store.db.prepare<[], number>(sql).pluck().get() ?? Number.NaN;

describe('generateDemo', () => {
  it('gives the same desk for the same seed and another for another', async () => {
    const [one, same, other] = await Promise.all([demo(), demo(), demo({ seed: 8 })]);
    expect(rowsOf(one.store)).toEqual(rowsOf(same.store));
    expect(rowsOf(one.store)).not.toEqual(rowsOf(other.store));
  });

  it('writes threads of 1 to 20 messages in order, none later than now, counted on the ticket', async () => {
    const { store, summary } = await demo();
    expect(summary).toMatchObject({ tickets: 400, wasCancelled: false });
    expect(number(store, 'SELECT count(*) FROM messages')).toBe(summary.messages);
    expect(number(store, 'SELECT count(*) FROM attachments')).toBe(summary.attachments);
    expect(number(store, 'SELECT min(message_count) FROM tickets')).toBe(1);
    const longest = number(store, 'SELECT max(message_count) FROM tickets');
    expect(longest).toBeGreaterThan(5);
    expect(longest).toBeLessThanOrEqual(20);
    const wrong = `SELECT count(*) FROM tickets t WHERE t.created_at > t.last_message_at OR t.last_message_at > ${NOW}
      OR t.message_count <> (SELECT count(*) FROM messages WHERE ticket_id = t.id)
      OR t.attachment_count <> (SELECT count(*) FROM attachments WHERE ticket_id = t.id)
      OR (t.last_message_at, t.last_replier) <> (SELECT m.created_at, m.author FROM messages m WHERE m.ticket_id = t.id
            ORDER BY m.created_at DESC, m.id DESC LIMIT 1)
      OR (SELECT m.author FROM messages m WHERE m.ticket_id = t.id ORDER BY m.created_at, m.id LIMIT 1) <> 'customer'`;
    expect(number(store, wrong)).toBe(0);
    expect(store.db.pragma('foreign_key_check')).toEqual([]);
  });

  it('looks like a desk: all statuses, mostly closed, several scripts, varied subjects', async () => {
    const { store } = await demo({ tickets: 1500 });
    const statuses = store.db
      .prepare<[], number>('SELECT DISTINCT status FROM tickets ORDER BY 1')
      .pluck()
      .all();
    expect(statuses).toEqual([...ALL_STATUSES]);
    expect(number(store, 'SELECT avg(status = 5) FROM tickets')).toBeGreaterThan(0.8);
    expect(number(store, 'SELECT count(DISTINCT subject) FROM tickets')).toBeGreaterThan(900);
    const subjects = store.db.prepare<[], string>('SELECT subject FROM tickets').pluck().all().join(' ');
    expect(subjects).toMatch(/\p{Script=Han}/u);
    expect(subjects).toMatch(/\p{Script=Arabic}/u);
    expect(subjects).toMatch(/ß|ü/);
    expect(subjects).not.toMatch(/\{\w+\}/);
    expect(
      number(store, "SELECT count(*) FROM messages WHERE body_html LIKE '%{%' OR body_html NOT LIKE '<p%'"),
    ).toBe(0);
  });

  it('leaves every attachment on disk and every ticket in the index', async () => {
    const { store, files } = await demo();
    const hashes = store.db.prepare<[], string>('SELECT DISTINCT sha256 FROM attachments').pluck().all();
    expect(hashes.length).toBeGreaterThan(3);
    for (const sha256 of hashes) expect(await files.has(sha256)).toBe(true);
    expect(readdirSync(join(folder, 'files')).length).toBeGreaterThan(3);
    expect(store.search.pending()).toBe(0);
    const subject =
      store.db.prepare<[], string>('SELECT subject FROM tickets WHERE id = 123').pluck().get() ?? '';
    const hits = createSearcher(store.db).search('all', { text: subject, limit: 100, beforeId: null });
    expect(hits.ids).toContain(123);
  });

  it('writes exactly the messages asked for, fills a desk that has tickets already, and does so twice', async () => {
    const db = openStoreDesk();
    const store = createStore(db);
    const common = {
      store,
      files: createFileStore(join(folder, 'files')),
      clock: { now: () => NOW },
      seed: 7,
    };
    await generateDemo({ ...common, tickets: 30, messagesPerTicket: 3 });
    await generateDemo({ ...common, tickets: 30, messagesPerTicket: 3, isDeskInUse: true });
    expect(number(store, 'SELECT count(*) FROM tickets')).toBe(60);
    expect(number(store, 'SELECT count(*) FROM messages')).toBe(180);
    expect(store.search.pending()).toBe(0);
  });

  it('stops when asked, leaves whole tickets, and says how far it came', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      if (done >= 80) abort.abort();
    };
    const { store, summary } = await demo({ isDeskInUse: true, signal: abort.signal, onProgress });
    expect(summary.wasCancelled).toBe(true);
    expect(summary.tickets).toBeLessThan(400);
    expect(number(store, 'SELECT count(*) FROM tickets')).toBe(summary.tickets);
    expect(store.search.pending()).toBe(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
