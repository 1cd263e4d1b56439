import type { TicketId } from '../../../shared/model/ids.ts';

export const LIST_ELEMENT_ID = 'ticket-list';
export const rowElementId = (ticketId: TicketId): string => `ticket-row-${ticketId}`;

/** Puts the keyboard into the list, where aria-activedescendant tells which row is meant. */
export function focusList(): void {
  document.getElementById(LIST_ELEMENT_ID)?.focus({ preventScroll: true });
}
