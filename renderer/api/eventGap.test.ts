// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '../../shared/contract/events.ts';
import { onHello, onStreamed, type Position } from './eventGap.ts';

const event: DeskEvent = { type: 'desk_changed', what: 'tags' };
const streamed = (number: number, previous: number) => ({ number, previous, event });

describe('onHello', () => {
  it.each<[string, Position, number, boolean]>([
    ['the first greeting: what was fetched before may be old', null, 7, true],
    ['a reconnect at our own place', 7, 7, false],
    ['a reconnect that lost events', 7, 12, true],
    ['a core that started again', 7, 0, true],
  ])('%s', (_name, position, number, isGap) => {
    expect(onHello(position, number)).toEqual({ position: number, deliver: null, isGap });
  });
});

describe('onStreamed', () => {
  it('delivers what follows directly', () => {
    expect(onStreamed(7, streamed(9, 7))).toEqual({ position: 9, deliver: event, isGap: false });
  });

  it('delivers after a hole, and says so', () => {
    expect(onStreamed(7, streamed(12, 9))).toEqual({ position: 12, deliver: event, isGap: true });
  });

  it('leaves out what a refetch already covered', () => {
    expect(onStreamed(7, streamed(7, 5))).toEqual({ position: 7, deliver: null, isGap: false });
    expect(onStreamed(7, streamed(3, 2))).toEqual({ position: 7, deliver: null, isGap: false });
  });

  it('starts anywhere', () => {
    expect(onStreamed(null, streamed(5, 4))).toEqual({ position: 5, deliver: event, isGap: false });
  });
});
