import { describe, expect, it } from 'vitest';
import type { MessageId, TicketId } from '../../../shared/model/ids.ts';
import { parseTicketHash, ticketHash } from './ticketLink.ts';

describe('links to tickets', () => {
  it.each([
    { ticketId: 4711 as TicketId, messageId: null },
    { ticketId: 4711 as TicketId, messageId: 12 as MessageId },
  ])('come back as they were: %o', (link) => {
    expect(parseTicketHash(ticketHash(link))).toEqual(link);
  });

  it.each([
    '',
    '#',
    '#/tickets/',
    '#/tickets/0',
    '#/tickets/x',
    '#/tickets/1/messages/',
    '#/tickets/-1',
    '#/x/1',
  ])('anything else is none: %s', (hash) => {
    expect(parseTicketHash(hash)).toBeNull();
  });
});
