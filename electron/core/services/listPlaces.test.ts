import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TokenId } from '../../../shared/model/ids.ts';
import { type FakeClock, fakeClock } from '../../../test/fakes/ports.ts';
import { addTicket, openStoreDesk } from '../../../test/fakes/storeDesk.ts';
import { storeDeps } from '../../../test/support/storeDeps.ts';
import { createStore, type Store } from '../store/store.ts';
import { ticketPage } from './apiReads.ts';
import type { ServiceDeps } from './context.ts';

const BORN_HERE = 1_000_000_000;
let store: Store;
let clock: FakeClock;
let deps: ServiceDeps;
beforeEach(() => {
  const db = openStoreDesk();
  for (const id of [1, 2, 5, BORN_HERE + 1, BORN_HERE + 2]) addTicket(db, { id });
  store = createStore(db);
  clock = fakeClock();
  deps = { ...storeDeps(store, ''), clock };
});
afterEach(() => store.close());

/** A script that reads one ticket a page. */
const script = (tokenId: number) => (page: number) => {
  const actor = {
    kind: 'token',
    tokenId: tokenId as TokenId,
    name: '',
    permissions: [],
    boundTo: null,
  } as const;
  return ticketPage(deps, actor, { page, perPage: 1 }).rows[0]?.id;
};
const numbered = (id: number, number: number) => store.remoteTickets.link('tickets', id, number);

it('leaves a row in its place until those who walk the list are through', () => {
  const [walker, other] = [script(1), script(2)];
  expect(walker(1)).toBe(BORN_HERE + 2);
  numbered(BORN_HERE + 2, 3);
  expect(other(1)).toBe(BORN_HERE + 2);
  expect([2, 3, 4, 5].map(walker)).toEqual([BORN_HERE + 1, 5, 2, 1]);
  expect(other(1)).toBe(BORN_HERE + 2);
  clock.advance(10_001);
  expect(other(1)).toBe(BORN_HERE + 1);
  expect([2, 3, 4, 5].map(other)).toEqual([5, BORN_HERE + 2, 2, 1]);
});

it('lets it go to its place when the only one who walks begins again', () => {
  const walker = script(1);
  expect([1, 2].map(walker)).toEqual([BORN_HERE + 2, BORN_HERE + 1]);
  numbered(BORN_HERE + 2, 3);
  expect(walker(3)).toBe(5);
  expect(walker(1)).toBe(BORN_HERE + 1);
});

it('does not wait longer than ten minutes for those who never stop', () => {
  const [walker, other] = [script(1), script(2)];
  walker(1);
  numbered(BORN_HERE + 2, 3);
  for (let passed = 0; passed <= 10 * 60_000; passed += 5000) {
    expect(other(1)).toBe(BORN_HERE + 2);
    expect(walker(2)).toBe(BORN_HERE + 1);
    clock.advance(5000);
  }
  expect(walker(2)).toBe(BORN_HERE + 1);
  expect(other(1)).toBe(BORN_HERE + 1);
});
