import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStoreDesk } from '../../../test/fakes/storeDesk.ts';
import type { Db } from './connection.ts';
import { createWalKeeper, type WalKeeper } from './walKeeper.ts';

const MINUTE_MS = 60_000;
let db: Db;
let wal: WalKeeper;
let now: number;
let checkpoints: number;

beforeEach(() => {
  db = openStoreDesk();
  db.exec('CREATE TABLE numbers (number INTEGER)');
  now = 10 * MINUTE_MS;
  checkpoints = 0;
  const checkpoint = async (): Promise<void> => {
    checkpoints += 1;
  };
  wal = createWalKeeper(db, { checkpoint }, { now: () => now });
});
afterEach(() => db.close());

const write = (rows: number): unknown =>
  db
    .prepare('INSERT INTO numbers SELECT value FROM json_each(?)')
    .run(JSON.stringify(Array.from({ length: rows }, () => 1)));

async function checkpointsAfter(ms: number): Promise<number> {
  now += ms;
  await wal.tend();
  return checkpoints;
}

it('asks at once after many rows, after a minute for few, and never for none', async () => {
  write(9000);
  expect(await checkpointsAfter(0)).toBe(1);
  write(10);
  expect(await checkpointsAfter(MINUTE_MS / 2)).toBe(1);
  expect(await checkpointsAfter(MINUTE_MS)).toBe(2);
  expect(await checkpointsAfter(10 * MINUTE_MS)).toBe(2);
});

it('does not wait for a clock that was set back', async () => {
  await wal.tend();
  const before = checkpoints;
  write(10);
  expect(await checkpointsAfter(-5 * MINUTE_MS)).toBe(before + 1);
});
