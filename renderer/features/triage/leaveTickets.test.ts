import { beforeEach, expect, it } from 'vitest';
import { type TicketId, ticketId } from '../../../shared/model/ids.ts';
import { isOwnChange, useList, useUi } from '../../stores/index.ts';
import { leaveTickets } from './leaveTickets.ts';

const id = (number: number): TicketId => ticketId.parse(number);

beforeEach(() => {
  useList.getState().setOrder([1, 2, 3].map(id));
  useUi.getState().selectTicket(id(2));
});

it('goes on to the ticket below, and its row may leave at once', () => {
  leaveTickets([id(2)]);
  expect(useUi.getState().selectedTicketId).toBe(3);
  expect(isOwnChange(id(2))).toBe(true);
});

it('stays where it is when another ticket leaves, and lets go of the selection', () => {
  useList.getState().choose([id(1)], true);
  leaveTickets([id(1)]);
  expect(useUi.getState().selectedTicketId).toBe(2);
  expect(useList.getState().chosen.size).toBe(0);
});
