import { type MessageId, messageId, type TicketId, ticketId } from '../../../shared/model/ids.ts';

export type TicketLink = { ticketId: TicketId; messageId: MessageId | null };

/** The part of an address behind `#` that leads to a ticket, or to one message of it. */
export function ticketHash(link: TicketLink): string {
  return link.messageId === null
    ? `#/tickets/${link.ticketId}`
    : `#/tickets/${link.ticketId}/messages/${link.messageId}`;
}

/** Reads what `ticketHash` wrote; null for anything else. */
export function parseTicketHash(hash: string): TicketLink | null {
  const found = /^#\/tickets\/(\d{1,15})(?:\/messages\/(\d{1,15}))?$/.exec(hash);
  const ticket = ticketId.safeParse(Number(found?.[1]));
  if (!found || !ticket.success) return null;
  const message = messageId.safeParse(Number(found[2]));
  return { ticketId: ticket.data, messageId: message.success ? message.data : null };
}
