import type { QueueCursor, QueuePage, QueueSort, TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { comparePlaces, type Entry, type ListWindow, placeOf } from './listWindow.ts';

export type ChangeRules = {
  sort: QueueSort;
  belongs: (row: TicketRow) => boolean;
  /** Rows may come and go: the pointer is elsewhere and the list stands at its beginning. */
  isCalm: boolean;
  /** The person in front of this window did it just now. */
  isOwn: (ticketId: TicketId) => boolean;
};

type Draft = { entries: Entry[]; pending: Set<TicketId> };

/**
 * Takes in what the core says about tickets now. Rows change in place; they come, go and move only while the
 * list is calm, or when this person did it. What must wait is remembered for the «3 new, show» bar.
 */
export function withChanges(
  window: ListWindow,
  asked: readonly TicketId[],
  rows: readonly TicketRow[],
  rules: ChangeRules,
): ListWindow {
  const draft: Draft = { entries: [...window.entries], pending: new Set(window.pending) };
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of asked) {
    const row = byId.get(id);
    const at = draft.entries.findIndex((entry) => entry.row.id === id);
    const known = draft.entries[at];
    if (!row || !rules.belongs(row)) leave(draft, at, known, row, id, rules);
    else if (known) change(draft, at, known, row, window, rules);
    else arrive(draft, row, window, rules);
  }
  return { ...window, entries: draft.entries, pending: draft.pending };
}

function leave(
  draft: Draft,
  at: number,
  known: Entry | undefined,
  row: TicketRow | undefined,
  id: TicketId,
  rules: ChangeRules,
): void {
  draft.pending.delete(id);
  if (!known) return;
  if (rules.isCalm || rules.isOwn(id)) draft.entries.splice(at, 1);
  else draft.entries[at] = { ...known, row: row ?? known.row, hasLeft: true };
}

function change(
  draft: Draft,
  at: number,
  known: Entry,
  row: TicketRow,
  window: ListWindow,
  rules: ChangeRules,
): void {
  const hasMoved = row.lastMessageAt !== known.place.at;
  if (hasMoved && rules.isCalm) {
    draft.entries.splice(at, 1);
    insert(draft.entries, row, window, rules.sort);
    return;
  }
  draft.entries[at] = { ...known, row, hasLeft: false };
  if (hasMoved && !rules.isOwn(row.id)) draft.pending.add(row.id);
}

function arrive(draft: Draft, row: TicketRow, window: ListWindow, rules: ChangeRules): void {
  const at = positionOf(draft.entries, placeOf(row), rules.sort);
  const isBelow = at === draft.entries.length;
  if (isBelow && window.hasAfter) return; // will be loaded when scrolled to
  if (isBelow || rules.isCalm || rules.isOwn(row.id)) insert(draft.entries, row, window, rules.sort);
  else draft.pending.add(row.id);
}

function insert(entries: Entry[], row: TicketRow, window: ListWindow, sort: QueueSort): void {
  const place = placeOf(row);
  const at = positionOf(entries, place, sort);
  const isOutside = (at === 0 && window.hasBefore) || (at === entries.length && window.hasAfter);
  if (!isOutside) entries.splice(at, 0, { row, place, hasLeft: false });
}

function positionOf(entries: readonly Entry[], place: QueueCursor, sort: QueueSort): number {
  const compare = comparePlaces(sort);
  const at = entries.findIndex((entry) => compare(place, entry.place) < 0);
  return at < 0 ? entries.length : at;
}

/** Takes away the rows that left while the list had to keep still. */
export function settled(window: ListWindow): ListWindow {
  return window.entries.some(({ hasLeft }) => hasLeft)
    ? { ...window, entries: window.entries.filter(({ hasLeft }) => !hasLeft) }
    : window;
}

/**
 * Compares a list that had to keep still with the queue's start as it is now. What is new there is announced like
 * any arrival; nothing new says nothing. Only where start and list no longer meet is the list called outdated.
 */
export function withStart(
  window: ListWindow,
  start: QueuePage,
  topId: TicketId | null,
  rules: ChangeRules,
): ListWindow {
  if (window.hasBefore) return start.rows[0]?.id === topId ? window : { ...window, isOutdated: true };
  const shown = new Set(window.entries.map(({ row }) => row.id));
  const fresh = start.rows.filter(({ id }) => !shown.has(id));
  if (fresh.length === start.rows.length && start.hasMore) return { ...window, isOutdated: true };
  return withChanges(
    window,
    fresh.map(({ id }) => id),
    fresh,
    rules,
  );
}
