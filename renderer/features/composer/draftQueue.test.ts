import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftId } from '../../../shared/model/ids.ts';
import { createDraftQueue, type SaveState } from './draftQueue.ts';

const id = (value: number) => value as DraftId;

function harness() {
  const calls: { content: string; draftId: DraftId | null }[] = [];
  const states: SaveState[] = [];
  const answers: { resolve: (id: DraftId | null) => void; reject: (error: Error) => void }[] = [];
  const queue = createDraftQueue<string>({
    delayMs: 300,
    retryMs: [1000, 5000],
    save: (content, draftId) => {
      calls.push({ content, draftId });
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    onState: (state) => states.push(state),
  });
  return { queue, calls, states, answers };
}

describe('draft queue', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('saves 300 ms after the first unsaved keystroke, also when typing goes on', async () => {
    const { queue, calls } = harness();
    for (const text of ['a', 'ab', 'abc', 'abcd']) {
      queue.update(text);
      await vi.advanceTimersByTimeAsync(90);
    }
    expect(calls).toEqual([{ content: 'abcd', draftId: null }]);
  });

  it('never has two saves under way, and the last text wins', async () => {
    const { queue, calls, answers, states } = harness();
    queue.update('one');
    await vi.advanceTimersByTimeAsync(300);
    queue.update('two');
    queue.update('three');
    await vi.advanceTimersByTimeAsync(2000);
    expect(calls).toHaveLength(1);
    answers[0]?.resolve(id(7));
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual([
      { content: 'one', draftId: null },
      { content: 'three', draftId: 7 },
    ]);
    expect(states.at(-1)).toBe('saving');
    answers[1]?.resolve(id(7));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('saved');
  });

  it('flush waits for the save under way and for what came after it', async () => {
    const { queue, calls, answers } = harness();
    queue.update('one');
    await vi.advanceTimersByTimeAsync(300);
    queue.update('two');
    const flushed = queue.flush();
    answers[0]?.resolve(id(1));
    await vi.advanceTimersByTimeAsync(0);
    answers[1]?.resolve(id(1));
    expect(await flushed).toBe(true);
    expect(calls.map((call) => call.content)).toEqual(['one', 'two']);
  });

  it('keeps the text when a save fails, says so, and tries again later', async () => {
    const { queue, calls, answers, states } = harness();
    queue.update('one');
    await vi.advanceTimersByTimeAsync(300);
    answers[0]?.reject(new Error('disk full'));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('failed');
    expect(queue.unsaved()).toEqual({ content: 'one', draftId: null });
    await vi.advanceTimersByTimeAsync(999);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toHaveLength(2);
    answers[1]?.resolve(id(3));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('saved');
    expect(queue.unsaved()).toBeNull();
  });

  it('after a failure repeats the newest text, not the failed one', async () => {
    const { queue, calls, answers } = harness();
    queue.update('one');
    await vi.advanceTimersByTimeAsync(300);
    queue.update('two');
    answers[0]?.reject(new Error('offline'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.map((call) => call.content)).toEqual(['one', 'two']);
  });

  it('flush answers false while the core does not take the text', async () => {
    const { queue, answers } = harness();
    queue.update('one');
    const flushed = queue.flush();
    answers[0]?.reject(new Error('offline'));
    expect(await flushed).toBe(false);
  });

  it('a reset forgets the answer of an older save', async () => {
    const { queue, answers, states } = harness();
    queue.update('sent text');
    await vi.advanceTimersByTimeAsync(300);
    queue.reset(null);
    answers[0]?.resolve(id(9));
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.draftId()).toBeNull();
    expect(states.at(-1)).toBe('idle');
  });

  it('names the text under way as unsaved, so that a closing window can write it', async () => {
    const { queue } = harness();
    queue.update('half');
    await vi.advanceTimersByTimeAsync(300);
    expect(queue.unsaved()).toEqual({ content: 'half', draftId: null });
  });

  it('close saves once more and then takes nothing', async () => {
    const { queue, calls, answers } = harness();
    queue.update('last words');
    const closed = queue.close();
    answers[0]?.resolve(id(2));
    expect(await closed).toBe(true);
    queue.update('too late');
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.map((call) => call.content)).toEqual(['last words']);
  });
});
