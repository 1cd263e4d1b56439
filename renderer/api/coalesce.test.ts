// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { calmStorms, coalesce } from './coalesce.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('acts at once, then once per span, and never loses the last call', () => {
  const act = vi.fn();
  const call = coalesce(act, 100);
  call();
  expect(act).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 50; i += 1) call();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
  call();
  expect(act).toHaveBeenCalledTimes(3);
});

it('runs with each of a few calls, and seldom once they come in masses; the last is never lost', () => {
  const act = vi.fn();
  const tell = calmStorms(act, 250);
  for (let call = 0; call < 5; call++) tell();
  expect(act).toHaveBeenCalledTimes(5);
  vi.advanceTimersByTime(2000);
  act.mockClear();
  // A hundred in a second.
  for (let call = 0; call < 100; call++) {
    tell();
    vi.advanceTimersByTime(10);
  }
  expect(act.mock.calls.length).toBeLessThan(20);
  act.mockClear();
  tell();
  vi.advanceTimersByTime(250);
  expect(act).toHaveBeenCalled();
});
