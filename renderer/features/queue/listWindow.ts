import type { QueueCursor, QueuePage, QueueSort, TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';

/** A row and where it stood when it was loaded: cursors must not follow a row that has since moved. */
export type Entry = {
  readonly row: TicketRow;
  readonly place: QueueCursor;
  /** No longer belongs here; stays in sight, faded, until the list may move. */
  readonly hasLeft: boolean;
};

/**
 * The part of a queue that is in memory: a window over a list that may be taller than Chromium can scroll.
 * `offset` is the place of the first loaded row on the scroll track. Rows dropped above keep their room there,
 * so that scrolling on and back moves nothing.
 */
export type ListWindow = {
  readonly entries: readonly Entry[];
  readonly offset: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  /** Tickets that arrived or moved while the list had to keep still. */
  readonly pending: ReadonlySet<TicketId>;
  /** More changed than the events named: showing the start again is the only way to be right. */
  readonly isOutdated: boolean;
};

export const WINDOW_ROWS = 600;
/** Room left above when the true place in the queue is unknown (after a jump) or too far down the track. */
export const OFFSET_UNKNOWN = 1000;
export const OFFSET_MAX = 10_000;

const none: ReadonlySet<TicketId> = new Set();

export function placeOf(row: TicketRow): QueueCursor {
  return { at: row.lastMessageAt, id: row.id };
}

/** The order of a queue: by last message, then id, newest or oldest first. */
export function comparePlaces(sort: QueueSort): (a: QueueCursor, b: QueueCursor) => number {
  const sign = sort === 'newest' ? -1 : 1;
  return (a, b) => sign * (a.at - b.at || a.id - b.id);
}

const entryOf = (row: TicketRow): Entry => ({ row, place: placeOf(row), hasLeft: false });

/** The window at the beginning of the queue. */
export function windowAtStart(page: QueuePage): ListWindow {
  return {
    entries: page.rows.map(entryOf),
    offset: 0,
    hasBefore: false,
    hasAfter: page.hasMore,
    pending: none,
    isOutdated: false,
  };
}

/** The window after a jump into the middle: what lies before is not known yet. */
export function windowAfterJump(page: QueuePage): ListWindow {
  return { ...windowAtStart(page), offset: OFFSET_UNKNOWN, hasBefore: true };
}

function freshEntries(window: ListWindow, rows: readonly TicketRow[]): Entry[] {
  const known = new Set(window.entries.map(({ row }) => row.id));
  return rows.filter((row) => !known.has(row.id)).map(entryOf);
}

/** Adds the next page; drops what is far above. */
export function withPageAfter(window: ListWindow, page: QueuePage): ListWindow {
  const all = [...window.entries, ...freshEntries(window, page.rows)];
  const dropped = Math.max(0, all.length - WINDOW_ROWS);
  const offset = window.offset + dropped;
  return {
    ...window,
    entries: all.slice(dropped),
    offset: offset > OFFSET_MAX ? OFFSET_UNKNOWN : offset,
    hasBefore: window.hasBefore || dropped > 0,
    hasAfter: page.hasMore,
  };
}

/** Adds the page above; drops what is far below. At the true beginning the track begins, too. */
export function withPageBefore(window: ListWindow, page: QueuePage): ListWindow {
  const fresh = freshEntries(window, page.rows);
  const all = [...fresh, ...window.entries];
  const offset = window.offset - fresh.length;
  return {
    ...window,
    entries: all.slice(0, WINDOW_ROWS),
    offset: !page.hasMore ? 0 : offset > 0 ? offset : OFFSET_UNKNOWN,
    hasBefore: page.hasMore,
    hasAfter: window.hasAfter || all.length > WINDOW_ROWS,
  };
}

/** Where a ticket is on the scroll track; null when not loaded. */
export function indexOfTicket(window: ListWindow, ticketId: TicketId): number | null {
  const at = window.entries.findIndex(({ row }) => row.id === ticketId);
  return at < 0 ? null : window.offset + at;
}

/** The rows between two places of the track, inclusive, whichever comes first. */
export function ticketsBetween(window: ListWindow, from: number, to: number): TicketId[] {
  const [low, high] = from <= to ? [from, to] : [to, from];
  return window.entries
    .slice(Math.max(0, low - window.offset), high - window.offset + 1)
    .map(({ row }) => row.id);
}
