import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { ticketId } from '../../../shared/model/ids.ts';
import { queryClient } from '../../api/client.ts';
import { useUi } from '../../stores/index.ts';
import { forgetToasts } from '../toasts/index.ts';
import { useToasts } from '../toasts/toastStore.ts';
import { useWaitingActs } from './useWaitingActs.ts';

const item = {
  ...{ id: 7, kind: 'set_status', state: 'queued', ticketId: null, ticketNumber: null, messageId: null },
  ...{ title: 'Printer', detail: 'Closed', theirs: '', isLost: false, isReview: false, decisions: [] },
  ...{ edit: null, canDiscard: true, reason: '', attempts: 0, createdAt: 0, dueAt: 0 },
} satisfies OutboxItem;
const refused = { done: 0, refused: appErrorOf('decision_late'), undoGroupId: null };
const discarded = { done: 1, refused: null, undoGroupId: 'group' };

/** What the core says, when the test lets it. */
let answer = Promise.withResolvers<unknown>();
beforeEach(() => {
  forgetToasts();
  vi.stubGlobal('fetch', async () => Response.json([{ result: { data: await answer.promise } }]));
});
afterEach(() => vi.unstubAllGlobals());

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);
const onDone = vi.fn();
type Acts = ReturnType<typeof useWaitingActs>;
/** Does something, leaves the screen or stays, and gets its answer. */
async function doAnd(does: (acts: Acts) => void, { stays }: { stays: boolean }, data: unknown) {
  onDone.mockClear();
  answer = Promise.withResolvers();
  const { result, unmount } = renderHook(() => useWaitingActs(onDone), { wrapper });
  act(() => does(result.current));
  if (!stays) unmount();
  expect(queryClient.isMutating()).toBe(1);
  await act(async () => answer.resolve(data));
  await vi.waitFor(() => expect(queryClient.isMutating()).toBe(0));
  unmount();
  return useToasts.getState().toasts;
}
const discard = (acts: Acts) => acts.decide('discard', [item]);
const takeBack = (acts: Acts) => acts.takeBack(item);

it('tells the outcome where the person is by then, and calls back only the screen that is there', async () => {
  expect(await doAnd(discard, { stays: true }, refused)).toMatchObject([{ text: refused.refused.message }]);
  expect(onDone).toHaveBeenCalledOnce();
  forgetToasts();
  expect(await doAnd(discard, { stays: false }, refused)).toMatchObject([
    { text: refused.refused.message, tone: 'danger' },
  ]);
  expect(onDone).not.toHaveBeenCalled();
  forgetToasts();
  expect(await doAnd(discard, { stays: false }, discarded)).toMatchObject([{ undoGroupId: 'group' }]);
});

it('opens a text that was taken back for who is still there, and tells the others where it is', async () => {
  const taken = { draftId: null, ticketId: ticketId.parse(7) };
  useUi.setState({ selectedTicketId: null });
  expect(await doAnd(takeBack, { stays: false }, taken)).toMatchObject([
    { text: 'Taken back. The text is back in the composer of its ticket.' },
  ]);
  expect(useUi.getState().selectedTicketId).toBeNull();
  await doAnd(takeBack, { stays: true }, taken);
  expect(useUi.getState().selectedTicketId).toBe(7);
});
