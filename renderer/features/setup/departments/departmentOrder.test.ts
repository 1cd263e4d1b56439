import { describe, expect, it } from 'vitest';
import { departmentId } from '../../../../shared/model/ids.ts';
import { agentsText, movedOrder, ticketsText } from './departmentOrder.ts';

const ids = (...numbers: number[]) => numbers.map((number) => departmentId.parse(number));

describe('departments', () => {
  it.each([
    [2, 'up', [2, 1, 3]],
    [2, 'down', [1, 3, 2]],
    [1, 'up', [1, 2, 3]],
    [3, 'down', [1, 2, 3]],
    [9, 'up', [1, 2, 3]],
  ] as const)('%s %s gives %o', (id, direction, order) => {
    expect(movedOrder(ids(1, 2, 3), departmentId.parse(id), direction)).toEqual(order);
  });

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
