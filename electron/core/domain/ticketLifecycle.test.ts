import { describe, expect, it } from 'vitest';
import type { AuthorKind, TicketStatus } from '../../../shared/model/ticket.ts';
import { statusAfterMessage } from './ticketLifecycle.ts';

// behaviour.md 3.4, every cell.
const TABLE: readonly [AuthorKind, boolean, Record<TicketStatus, TicketStatus>][] = [
  ['staff', false, { 1: 2, 2: 2, 3: 2, 4: 4, 5: 5 }],
  ['staff', true, { 1: 5, 2: 5, 3: 5, 4: 5, 5: 5 }],
  ['customer', false, { 1: 1, 2: 3, 3: 3, 4: 4, 5: 3 }],
  ['customer', true, { 1: 1, 2: 3, 3: 3, 4: 4, 5: 3 }],
];

describe('statusAfterMessage', () => {
  for (const [author, close, row] of TABLE) {
    it(`${author}${close ? ' with close' : ''}`, () => {
      for (const before of [1, 2, 3, 4, 5] as const)
        expect(statusAfterMessage(before, author, close)).toBe(row[before]);
    });
  }
});
