import type { TicketId } from '../../../shared/model/ids.ts';
import { neighbourOf, useList, useUi } from '../../stores/index.ts';

/** Goes on to the next ticket of the list when the one that is open is done with. */
export function leaveTickets(leaving: readonly TicketId[]): void {
  const { order, clearChosen, noteOwnChange } = useList.getState();
  const { selectedTicketId, selectTicket } = useUi.getState();
  const gone = new Set(leaving);
  noteOwnChange(leaving);
  if (selectedTicketId !== null && gone.has(selectedTicketId)) {
    selectTicket(neighbourOf(order, selectedTicketId, gone));
  }
  clearChosen();
}
