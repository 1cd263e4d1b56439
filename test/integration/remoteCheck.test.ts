import { beforeEach, expect, it } from 'vitest';
import { eachMirror, FIRST } from '../support/mirror.ts';

const SEVEN_HOURS_MS = 7 * 3_600_000;
let shiftMs: number;
beforeEach(() => {
  shiftMs = 0;
});
const { desk, mirror } = eachMirror({ clock: { now: () => Date.now() + shiftMs } });

const lastCheck = () => mirror.runner.status()?.lastCheck;

it('every full scan is followed by one comparison that says what it found', async () => {
  expect(lastCheck()).toMatchObject({ tickets: 3, threads: 3, repaired: 0, missing: 0 });
  const first = lastCheck()?.checkedAt;
  await mirror.sync();
  expect(lastCheck()?.checkedAt).toBe(first);
  shiftMs = SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lastCheck()?.checkedAt).toBeGreaterThan(first ?? 0);
});

it('a text that was edited on the server and a row that went wrong here are repaired, once', async () => {
  const thread = mirror.thread();
  Object.assign(thread[0] ?? {}, { message: 'It is not on fire' });
  const { store } = desk.deps;
  store.db.prepare('UPDATE tickets SET status = 4 WHERE id = 2').run();
  shiftMs = SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lastCheck()).toMatchObject({ threads: 3, repaired: 2 });
  expect(store.messages.newestBefore(FIRST, { at: Number.MAX_SAFE_INTEGER, id: 0 }, 1)).toMatchObject([
    { bodyHtml: 'It is not on fire' },
  ]);
  expect(store.tickets.byId(2 as never)?.status).toBe(5);
  shiftMs = 2 * SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lastCheck()).toMatchObject({ repaired: 0 });
});

it('what waits here is left alone', async () => {
  await desk.goOffline();
  mirror.reply('<p>Mine</p>', true);
  await mirror.sync();
  desk.deps.store.outbox.set(1, 'held', 'Look at it.');
  await desk.goOnline();
  shiftMs = SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lastCheck()).toMatchObject({ threads: 2, repaired: 0 });
  expect(desk.deps.store.outbox.byId(1)).toMatchObject({ state: 'held' });
});

it('a message that was deleted in the server’s database is found, once, and kept with a mark', async () => {
  mirror.customerWrites('More smoke');
  await mirror.sync();
  const [lost] = mirror.thread().splice(1, 1);
  shiftMs = SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lost).toBeDefined();
  expect(lastCheck()).toMatchObject({ threads: 3, repaired: 1 });
  expect(desk.deps.store.remoteLost.ofTicket(FIRST)).toMatchObject([{ cause: 'deleted' }]);
  expect(desk.deps.store.tickets.byId(FIRST)).toMatchObject({ messageCount: 2 });
  shiftMs = 2 * SEVEN_HOURS_MS;
  await mirror.sync();
  expect(lastCheck()).toMatchObject({ repaired: 0 });
});
