import { describe, expect, it } from 'vitest';
import { agentsText, ticketsText } from './departmentOrder.ts';

describe('departments', () => {
  it('say what goes with them', () => {
    expect([0, 1, 12_345].map(ticketsText)).toEqual([
      'It has no tickets.',
      'It has one ticket.',
      'It has 12,345 tickets.',
    ]);
    expect(agentsText([])).toBeNull();
    expect(agentsText(['Sam', 'Zoë'])).toContain('Sam, Zoë would see');
    expect(agentsText(['a', 'b', 'c', 'd'])).toContain('4 agents would see');
  });
});
