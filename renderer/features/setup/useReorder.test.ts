import { describe, expect, it } from 'vitest';
import { movedOrder } from './useReorder.ts';

describe('one item a place further', () => {
  it.each([
    [2, 'up', [2, 1, 3]],
    [2, 'down', [1, 3, 2]],
    [1, 'up', [1, 2, 3]],
    [3, 'down', [1, 2, 3]],
    [9, 'up', [1, 2, 3]],
  ] as const)('%s %s gives %o', (id, direction, order) => {
    expect(movedOrder([1, 2, 3], id, direction)).toEqual(order);
  });
});
