import type { z } from 'zod';
import type { ticketChange } from '../../../shared/contract/tickets.ts';
import { PRIORITY_NAMES, STATUS_NAMES } from '../../../shared/model/ticket.ts';

export type Names = {
  departmentName: (id: number) => string;
  staffName: (id: number) => string;
};

/** «#4711» or «12 tickets». */
export function subjectOfTickets(ticketIds: readonly number[]): string {
  return ticketIds.length === 1 ? `#${ticketIds[0]}` : countOfTickets(ticketIds.length);
}

function countOfTickets(count: number): string {
  return count === 1 ? '1 ticket' : `${count} tickets`;
}

/** What a change did, in the person's words: «#4711 closed», «12 tickets moved to Sales». */
export function changeSentence(
  ticketIds: readonly number[],
  change: z.input<typeof ticketChange>,
  names: Names,
  changedTickets: number = ticketIds.length,
): string {
  const who = ticketIds.length === 1 ? subjectOfTickets(ticketIds) : countOfTickets(changedTickets);
  if (change.status === 5) return `${who} closed`;
  if (change.status !== undefined) return `${who} set to ${STATUS_NAMES[change.status]}`;
  if (change.assigneeId === null) return `${who} unassigned`;
  if (change.assigneeId !== undefined) return `${who} assigned to ${names.staffName(change.assigneeId)}`;
  if (change.departmentId !== undefined)
    return `${who} moved to ${names.departmentName(change.departmentId)}`;
  if (change.priority !== undefined) return `${who} set to ${PRIORITY_NAMES[change.priority]} priority`;
  if (change.addTags?.length) return `${who} tagged ${change.addTags.join(', ')}`;
  if (change.removeTags?.length) return `Tag ${change.removeTags.join(', ')} removed from ${who}`;
  return `${who} changed`;
}
