import { describe, expect, it } from 'vitest';
import { tellAll } from './run.ts';

describe('a seed', () => {
  it.each([7, 42, 99])('%i tells the same story every time, request by request', async (seed) => {
    const first = await tellAll(seed);
    const second = await tellAll(seed);
    expect(first.requests.length).toBeGreaterThan(20);
    expect(second.requests).toEqual(first.requests);
  });
});
