// @vitest-environment node
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeskEvent } from '../../shared/contract/events.ts';
import { ticketId } from '../../shared/model/ids.ts';
import { queryClient, trpc } from './client.ts';
import { keepFresh } from './freshness.ts';

const hear = vi.hoisted(() => ({
  event: (_event: DeskEvent): void => undefined,
  gap: (): void => undefined,
}));
vi.mock('./events.ts', () => ({
  onDeskEvent: (listener: typeof hear.event) => {
    hear.event = listener;
    return () => undefined;
  },
  onEventGap: (listener: typeof hear.gap) => {
    hear.gap = listener;
    return () => undefined;
  },
}));

let stop: () => void;
beforeEach(() => {
  stop = keepFresh();
});
afterEach(() => {
  stop();
  queryClient.clear();
});

const SEVEN = ticketId.parse(7);
const queryKey = trpc.tickets.get.queryKey({ ticketId: SEVEN });

/** A screen that shows the ticket; answers how it is left. */
function show(queryFn: () => Promise<unknown>): () => void {
  const observer = new QueryObserver(queryClient, { queryKey: [...queryKey], queryFn });
  return observer.subscribe(() => undefined);
}
const shown = () => queryClient.getQueryData<unknown>([...queryKey]);
const changed: DeskEvent = { type: 'tickets_changed', ticketIds: [SEVEN], departmentIds: [], isNew: false };

it.each([
  ['a change', () => hear.event(changed)],
  ['a gap', () => hear.gap()],
])('asks anew after %s for what a screen that was left had asked for before', async (_, happens) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  show(() => promise)();
  happens();
  resolve('as it was');
  await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0));
  const leave = show(async () => 'as it is');
  await vi.waitFor(() => expect(shown()).toBe('as it is'));
  leave();
});

it('asks anew at once for what is on the screen', async () => {
  const answers = ['as it was', 'as it is'];
  const leave = show(async () => answers.shift());
  await vi.waitFor(() => expect(shown()).toBe('as it was'));
  hear.event(changed);
  await vi.waitFor(() => expect(shown()).toBe('as it is'));
  leave();
});
