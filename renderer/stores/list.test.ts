// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { type TicketId, ticketId } from '../../shared/model/ids.ts';
import { isOwnChange, neighbourOf, useList } from './list.ts';
import { clampListWidth } from './paneWidths.ts';

const ids = (...numbers: number[]): TicketId[] => numbers.map((number) => ticketId.parse(number));
const [one, two, three, four] = ids(1, 2, 3, 4);

describe('neighbourOf', () => {
  const order = ids(1, 2, 3, 4);
  it.each<[string, TicketId | undefined, number[], TicketId | undefined]>([
    ['the next below', two, [2], three],
    ['past others that leave, too', two, [2, 3], four],
    ['at the end, the one above', four, [4], three],
    ['the nearest that stays above', four, [4, 3], two],
    ['nothing stays', one, [1, 2, 3, 4], undefined],
    ['not in the list: its first', ids(9)[0], [9], one],
  ])('%s', (_name, current, leaving, next) => {
    expect(neighbourOf(order, current ?? null, new Set(ids(...leaving)))).toBe(next ?? null);
  });
});

it('chooses and lets go of rows', () => {
  const { choose, clearChosen } = useList.getState();
  choose(ids(1, 2, 3), true);
  choose(ids(2), false);
  expect([...useList.getState().chosen]).toEqual(ids(1, 3));
  clearChosen();
  expect(useList.getState().chosen.size).toBe(0);
});

it('knows a change as its own until some time after its answer, however late that is', async () => {
  vi.useFakeTimers();
  const { noteOwnChange } = useList.getState();
  const isOwn = () => isOwnChange(ids(1)[0] ?? ticketId.parse(9));
  let answer = () => {};
  noteOwnChange(ids(1));
  noteOwnChange(
    ids(1),
    new Promise<void>((resolve) => {
      answer = resolve;
    }),
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isOwn()).toBe(true);
  answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect(isOwn()).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(isOwn()).toBe(false);
  vi.useRealTimers();
});

it('keeps the list between its narrowest and widest', () => {
  expect([clampListWidth(10), clampListWidth(400.4), clampListWidth(9999)]).toEqual([300, 400, 560]);
});
