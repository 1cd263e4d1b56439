import { expect, it } from 'vitest';
import { type TicketId, ticketId } from '../../../shared/model/ids.ts';
import { stepFrom } from './useListCommands.ts';

const ids = (...numbers: number[]): TicketId[] => numbers.map((number) => ticketId.parse(number));

it.each<[string, number | null, 1 | -1, number | null]>([
  ['from nowhere to the first', null, 1, 10],
  ['down', 10, 1, 11],
  ['up', 11, -1, 10],
  ['not past the end', 12, 1, 12],
  ['not past the beginning', 10, -1, 10],
  ['from a ticket that is not in the list', 99, -1, 10],
])('%s', (_name, current, step, next) => {
  const order = ids(10, 11, 12);
  expect(stepFrom(order, current === null ? null : ticketId.parse(current), step)).toBe(next);
  expect(stepFrom([], null, step)).toBeNull();
});
