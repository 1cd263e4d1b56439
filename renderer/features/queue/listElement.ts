import type { TicketId } from '../../../shared/model/ids.ts';

export const LIST_ELEMENT_ID = 'ticket-list';
export const rowElementId = (ticketId: TicketId): string => `ticket-row-${ticketId}`;

let isWanted = false;

/**
 * Puts the keyboard into the list, where aria-activedescendant tells which row is meant; a list that is still being
 * fetched takes it when it appears.
 */
export function focusList(): void {
  const list = document.getElementById(LIST_ELEMENT_ID);
  isWanted = list === null;
  list?.focus({ preventScroll: true });
}

/** Called by a list that has just appeared. Nobody else having the focus is reason enough to take it. */
export function takeWantedFocus(list: HTMLElement): void {
  if (isWanted || document.activeElement === document.body) list.focus({ preventScroll: true });
  isWanted = false;
}
