import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { ticketId } from '../../../shared/model/ids.ts';
import { useDraft } from './useDraft.ts';

/** Each question for the draft, answered when the test says so. */
const asked = vi.hoisted((): ((draft: Draft | null) => void)[] => []);
const hear = vi.hoisted(() => ({ event: (_event: { type: string }): void => undefined }));
vi.mock('./draftStore.ts', async (original) => ({
  ...(await original<typeof import('./draftStore.ts')>()),
  loadDraft: () => new Promise((resolve) => asked.push(resolve)),
}));
vi.mock('../../api/events.ts', () => ({
  onDeskEvent: (listener: typeof hear.event) => {
    hear.event = listener;
    return () => undefined;
  },
}));

it('asks again after the first answer, never beside it, when the draft changes meanwhile', async () => {
  const onLoad = vi.fn();
  const place = { kind: 'reply' as const, ticketId: ticketId.parse(1) };
  renderHook(() => useDraft({ place, onLoad, isShown: () => false }));
  hear.event({ type: 'drafts_changed' });
  expect(asked).toHaveLength(1);
  await act(async () => asked[0]?.(null));
  expect(onLoad.mock.calls).toEqual([[null, true]]);
  expect(asked).toHaveLength(2);
  await act(async () => asked[1]?.(null));
  expect(onLoad.mock.calls).toEqual([
    [null, true],
    [null, false],
  ]);
});
