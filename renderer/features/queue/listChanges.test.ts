// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import { type TicketId, ticketId } from '../../../shared/model/ids.ts';
import { type ChangeRules, settled, withChanges } from './listChanges.ts';
import { type ListWindow, windowAtStart } from './listWindow.ts';
import { rowOf } from './rowOf.ts';

/** Tickets 5, 4, 3, newest first. */
const shown = [
  rowOf({ id: 5, lastMessageAt: 50 }),
  rowOf({ id: 4, lastMessageAt: 40 }),
  rowOf({ id: 3, lastMessageAt: 30 }),
];
const start: ListWindow = windowAtStart({ rows: shown, hasMore: false });
const still: ChangeRules = {
  sort: 'newest',
  belongs: (row) => row.status !== 5,
  isCalm: false,
  isOwn: () => false,
};
const calm: ChangeRules = { ...still, isCalm: true };
const own: ChangeRules = { ...still, isOwn: () => true };

const id = (number: number): TicketId => ticketId.parse(number);
const change = (rules: ChangeRules, row: TicketRow, window = start) =>
  withChanges(window, [row.id], [row], rules);
const orderOf = (window: ListWindow): number[] => window.entries.map(({ row }) => row.id);

describe('a row that only changed', () => {
  it.each([
    ['still', still],
    ['calm', calm],
  ])('changes in place (%s)', (_name, rules) => {
    const window = change(rules, rowOf({ id: 4, lastMessageAt: 40, priority: 6 }));
    expect(orderOf(window)).toEqual([5, 4, 3]);
    expect(window.entries[1]?.row.priority).toBe(6);
    expect(window.pending.size).toBe(0);
  });
});

describe('a row that moved up', () => {
  const moved = rowOf({ id: 3, lastMessageAt: 60 });

  it('waits while the list must keep still, with its new content and its old place', () => {
    const window = change(still, moved);
    expect(orderOf(window)).toEqual([5, 4, 3]);
    expect(window.entries[2]).toMatchObject({ row: { lastMessageAt: 60 }, place: { at: 30 } });
    expect([...window.pending]).toEqual([3]);
  });

  it('moves while the list is calm', () => {
    expect(orderOf(change(calm, moved))).toEqual([3, 5, 4]);
  });

  it('needs no announcement to the person who did it', () => {
    expect(change(own, moved).pending.size).toBe(0);
  });
});

describe('a ticket that arrived', () => {
  const fresh = rowOf({ id: 9, lastMessageAt: 90 });

  it('is announced, or shown', () => {
    expect(orderOf(change(still, fresh))).toEqual([5, 4, 3]);
    expect([...change(still, fresh).pending]).toEqual([9]);
    expect(orderOf(change(calm, fresh))).toEqual([9, 5, 4, 3]);
    expect(orderOf(change(own, fresh))).toEqual([9, 5, 4, 3]);
  });

  it('goes to the end without a word, where it moves nothing', () => {
    const old = rowOf({ id: 1, lastMessageAt: 10 });
    expect(orderOf(change(still, old))).toEqual([5, 4, 3, 1]);
    expect(orderOf(change(still, old, { ...start, hasAfter: true }))).toEqual([5, 4, 3]);
    const oldestFirst = windowAtStart({ rows: [...shown].reverse(), hasMore: false });
    expect(orderOf(change({ ...still, sort: 'oldest' }, fresh, oldestFirst))).toEqual([3, 4, 5, 9]);
  });

  it('stays out when its place lies above what is loaded', () => {
    expect(orderOf(change(calm, fresh, { ...start, hasBefore: true }))).toEqual([5, 4, 3]);
  });

  it('is no longer announced when it left again', () => {
    const announced = change(still, fresh);
    expect(change(still, { ...fresh, status: 5 }, announced).pending.size).toBe(0);
  });
});

describe('a row that left', () => {
  const closed = rowOf({ id: 4, lastMessageAt: 40, status: 5 });

  it('fades while the list must keep still, and goes when it may', () => {
    const window = change(still, closed);
    expect(window.entries[1]).toMatchObject({ row: { id: 4, status: 5 }, hasLeft: true });
    expect(orderOf(settled(window))).toEqual([5, 3]);
    expect(settled(start)).toBe(start);
  });

  it('goes at once when calm, or when this person did it', () => {
    expect(orderOf(change(calm, closed))).toEqual([5, 3]);
    expect(orderOf(change(own, closed))).toEqual([5, 3]);
  });

  it('comes back to life when it belongs again', () => {
    const faded = change(still, closed);
    const window = change(still, rowOf({ id: 4, lastMessageAt: 40 }), faded);
    expect(window.entries[1]?.hasLeft).toBe(false);
  });

  it('has also left when the core does not name it any more', () => {
    const window = withChanges(start, [id(5)], [], still);
    expect(window.entries[0]?.hasLeft).toBe(true);
  });
});
