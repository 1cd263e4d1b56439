import { describe, expect, it } from 'vitest';
import { middleSquare } from './squarePicture.ts';

describe('the middle square', () => {
  it.each([
    [100, 100, { x: 0, y: 0, side: 100 }],
    [300, 100, { x: 100, y: 0, side: 100 }],
    [100, 301, { x: 0, y: 100, side: 100 }],
    [1, 2, { x: 0, y: 0, side: 1 }],
  ])('of %s × %s', (width, height, square) => {
    expect(middleSquare(width, height)).toEqual(square);
  });
});
