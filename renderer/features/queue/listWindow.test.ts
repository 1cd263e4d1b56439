// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { QueuePage, TicketRow } from '../../../shared/contract/queues.ts';
import { ticketId } from '../../../shared/model/ids.ts';
import {
  indexOfTicket,
  type ListWindow,
  OFFSET_MAX,
  OFFSET_UNKNOWN,
  ticketsBetween,
  WINDOW_ROWS,
  windowAfterJump,
  windowAtStart,
  withPageAfter,
  withPageBefore,
} from './listWindow.ts';
import { rowOf } from './rowOf.ts';

/** Rows `from`…`to` of a queue sorted newest first: row n was written n minutes ago. */
const rows = (from: number, to: number): TicketRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    rowOf({ id: from + i, lastMessageAt: 1_000_000 - (from + i) }),
  );
const page = (from: number, to: number, hasMore = true): QueuePage => ({ rows: rows(from, to), hasMore });
const idsOf = (window: ListWindow): number[] => window.entries.map(({ row }) => row.id);
const indexOf = (window: ListWindow, id: number) => indexOfTicket(window, ticketId.parse(id));

function scrolledTo(last: number): ListWindow {
  let window = windowAtStart(page(1, 50));
  for (let from = 51; from < last; from += 50) window = withPageAfter(window, page(from, from + 49));
  return window;
}

describe('scrolling down', () => {
  it('keeps a bounded window, and every row at its place', () => {
    const window = scrolledTo(2000);
    expect(window.entries).toHaveLength(WINDOW_ROWS);
    expect(idsOf(window).at(0)).toBe(2000 - WINDOW_ROWS + 1);
    expect(indexOf(window, 2000)).toBe(1999);
    expect(window.hasBefore).toBe(true);
    expect(indexOf(window, 1)).toBeNull();
  });

  it('never shows a ticket twice that moved between two pages', () => {
    const window = withPageAfter(windowAtStart(page(1, 50)), { rows: rows(50, 99), hasMore: true });
    expect(idsOf(window)).toHaveLength(99);
  });

  it('starts the track anew before it gets taller than a browser can scroll', () => {
    const window = scrolledTo(OFFSET_MAX + WINDOW_ROWS + 100);
    expect(window.offset).toBeLessThan(OFFSET_MAX);
    expect(window.entries).toHaveLength(WINDOW_ROWS);
  });
});

describe('scrolling up again', () => {
  it('takes the rows back to the very places they had', () => {
    const deep = scrolledTo(2000);
    const before = indexOf(deep, 1450);
    const window = withPageBefore(deep, page(1351, 1400));
    expect(indexOf(window, 1450)).toBe(before);
    expect(indexOf(window, 1351)).toBe(1350);
    expect(window.entries).toHaveLength(WINDOW_ROWS);
    expect(window.hasAfter).toBe(true);
  });

  it('ends the track where the queue begins', () => {
    const jumped = windowAfterJump(page(101, 150));
    expect(jumped.offset).toBe(OFFSET_UNKNOWN);
    expect(jumped.hasBefore).toBe(true);
    const middle = withPageBefore(jumped, page(51, 100));
    expect(middle.offset).toBe(OFFSET_UNKNOWN - 50);
    const top = withPageBefore(middle, page(1, 50, false));
    expect(top.offset).toBe(0);
    expect(top.hasBefore).toBe(false);
    expect(idsOf(top)[0]).toBe(1);
  });

  it('finds new room above when the guess was too small', () => {
    const window = { ...windowAfterJump(page(101, 150)), offset: 20 };
    expect(withPageBefore(window, page(51, 100)).offset).toBe(OFFSET_UNKNOWN);
  });
});

it('names the rows of a range, whichever end came first', () => {
  const window = scrolledTo(100);
  expect(ticketsBetween(window, 2, 4)).toEqual([3, 4, 5]);
  expect(ticketsBetween(window, 4, 2)).toEqual([3, 4, 5]);
});
