import { flushSync } from 'react-dom';
import type { TicketId } from '../../../shared/model/ids.ts';

export const LIST_ELEMENT_ID = 'ticket-list';
export const rowElementId = (ticketId: TicketId): string => `ticket-row-${ticketId}`;

/**
 * Puts the keyboard into the list, where aria-activedescendant tells which row is meant; a list that is still being
 * fetched takes it when it appears, unless somebody else has it by then.
 */
export function focusList(): void {
  const list = document.getElementById(LIST_ELEMENT_ID);
  if (list) list.focus({ preventScroll: true });
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/**
 * Goes somewhere, with the keyboard in the list that is there. At once: the next key is meant for what one went to,
 * and a focus that came a frame later would be taken from where that key has put it.
 */
export function goToList(change: () => void): void {
  flushSync(change);
  focusList();
}

/** Called by a list that has just appeared: it takes the keyboard where nobody has it. */
export function takeFreeFocus(list: HTMLElement): void {
  if (document.activeElement === document.body) list.focus({ preventScroll: true });
}
