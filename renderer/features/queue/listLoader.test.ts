// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import { type TicketId, ticketId } from '../../../shared/model/ids.ts';
import { createListLoader, type LoaderPorts, type PageRequest } from './listLoader.ts';
import { comparePlaces, placeOf } from './listWindow.ts';
import { rowOf } from './rowOf.ts';

const id = (number: number): TicketId => ticketId.parse(number);

/** A queue in memory that answers pages and rows as the core does. */
function createDesk(count: number) {
  const tickets = new Map<number, TicketRow>();
  for (let n = 1; n <= count; n += 1) tickets.set(n, rowOf({ id: n, lastMessageAt: n * 10 }));
  const compare = comparePlaces('newest');
  const isOpen = (row: TicketRow) => row.status !== 5;
  const fetchPage = vi.fn(async ({ cursor, direction, limit }: PageRequest) => {
    const sorted = [...tickets.values()].filter(isOpen).sort((a, b) => compare(placeOf(a), placeOf(b)));
    const side = sorted.filter((row) => {
      if (!cursor) return true;
      const order = compare(placeOf(row), cursor);
      return direction === 'after' ? order > 0 : order < 0;
    });
    const rows = direction === 'after' ? side.slice(0, limit) : side.slice(-limit);
    return { rows, hasMore: side.length > rows.length };
  });
  const ports: LoaderPorts = {
    sort: 'newest',
    fetchPage,
    fetchRows: async (ids) => ids.flatMap((each) => tickets.get(each) ?? []),
    belongs: isOpen,
    isOwn: () => false,
    isOwnAct: () => false,
    onLeft: vi.fn(),
    toError: () => appErrorOf('core_unreachable'),
  };
  return { tickets, fetchPage, onLeft: ports.onLeft, loader: createListLoader(ports) };
}

const idsOf = ({ getState }: ReturnType<typeof createListLoader>): number[] =>
  getState().window?.entries.map(({ row }) => row.id) ?? [];
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('paging', () => {
  it('reads a queue to its end and back, every ticket once, none missing', async () => {
    const { loader } = createDesk(2000);
    await loader.showStart();
    const seen = new Set<number>();
    for (let place = 0; place < 2000; place += 20) {
      loader.seen(place, place + 20);
      await settle();
      const window = loader.getState().window;
      for (let at = place; at < place + 20; at += 1) {
        seen.add(window?.entries[at - (window?.offset ?? 0)]?.row.id ?? 0);
      }
    }
    expect(seen.has(0)).toBe(false);
    expect(seen.size).toBe(2000);
    for (let place = 1980; place >= 0; place -= 20) {
      loader.seen(place, place + 20);
      await settle();
    }
    expect(idsOf(loader)[0]).toBe(2000);
    expect(loader.getState().window?.offset).toBe(0);
  });

  it('asks for larger pages when the eye is far from what is loaded', async () => {
    const { loader, fetchPage } = createDesk(1000);
    await loader.showStart();
    loader.seen(400, 420);
    await settle();
    expect(fetchPage.mock.lastCall?.[0]).toMatchObject({ direction: 'after', limit: 200 });
  });

  it('asks once while an answer is under way, and forgets answers of an older beginning', async () => {
    const { loader, fetchPage } = createDesk(500);
    await loader.showStart();
    loader.seen(30, 50);
    loader.seen(30, 50);
    expect(fetchPage).toHaveBeenCalledTimes(2);
    await loader.jumpTo({ at: 1001, id: 0 });
    expect(idsOf(loader)[0]).toBe(100);
    expect(idsOf(loader)).toHaveLength(50);
  });

  it('says when the core does not answer, and goes on after a retry', async () => {
    const { loader, fetchPage } = createDesk(200);
    fetchPage.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await loader.showStart();
    expect(loader.getState().error?.code).toBe('core_unreachable');
    loader.retry();
    await settle();
    expect(loader.getState().error).toBeNull();
    expect(idsOf(loader)).toHaveLength(50);
  });
});

describe('live changes', () => {
  it('shows an arrival at once when calm, announces it under the pointer, shows it when the pointer leaves', async () => {
    const { loader, tickets } = createDesk(10);
    await loader.showStart();
    tickets.set(11, rowOf({ id: 11, lastMessageAt: 110 }));
    loader.changed([id(11)]);
    await settle();
    expect(idsOf(loader)[0]).toBe(11);

    loader.setCalm({ isPointerInside: true });
    tickets.set(12, rowOf({ id: 12, lastMessageAt: 120 }));
    loader.changed([id(12)]);
    await settle();
    expect(idsOf(loader)[0]).toBe(11);
    expect(loader.getState().window?.pending.size).toBe(1);

    loader.setCalm({ isPointerInside: false });
    await settle();
    expect(idsOf(loader)[0]).toBe(12);
    expect(loader.getState().window?.pending.size).toBe(0);
  });

  it('keeps a list that was scrolled where it is', async () => {
    const { loader, tickets } = createDesk(300);
    await loader.showStart();
    loader.setCalm({ isAtTop: false });
    tickets.set(301, rowOf({ id: 301, lastMessageAt: 9999 }));
    loader.changed([id(301)]);
    await settle();
    expect(idsOf(loader)[0]).toBe(300);
    expect(loader.getState().window?.pending.size).toBe(1);
  });

  it('shows the first ticket of an empty queue, wherever the pointer is', async () => {
    const { loader, tickets } = createDesk(0);
    await loader.showStart();
    loader.setCalm({ isPointerInside: true });
    tickets.set(1, rowOf({ id: 1, lastMessageAt: 10 }));
    loader.changed([id(1)]);
    await settle();
    expect(idsOf(loader)).toEqual([1]);
  });

  it('says nothing under the pointer when «many changed» turns out to be nothing', async () => {
    const { loader } = createDesk(120);
    await loader.showStart();
    loader.setCalm({ isPointerInside: true });
    loader.changed([]);
    await settle();
    expect(loader.getState().window).toMatchObject({ isOutdated: false, pending: new Set() });

    await loader.jumpTo({ at: 501, id: 0 });
    loader.changed([]);
    await settle();
    expect(loader.getState().window?.isOutdated).toBe(false);
  });

  it('announces under the pointer how many came with «many changed»', async () => {
    const { loader, tickets } = createDesk(120);
    await loader.showStart();
    loader.setCalm({ isPointerInside: true });
    for (let n = 121; n <= 123; n += 1) tickets.set(n, rowOf({ id: n, lastMessageAt: n * 10 }));
    loader.changed([]);
    await settle();
    expect(idsOf(loader)[0]).toBe(120);
    expect(loader.getState().window).toMatchObject({ isOutdated: false, pending: new Set([121, 122, 123]) });
  });

  it('calls the list outdated where it no longer meets the start, or the start is out of sight', async () => {
    const { loader, tickets } = createDesk(120);
    await loader.showStart();
    loader.setCalm({ isPointerInside: true });
    for (let n = 121; n <= 200; n += 1) tickets.set(n, rowOf({ id: n, lastMessageAt: n * 10 }));
    loader.changed([]);
    await settle();
    expect(loader.getState().window?.isOutdated).toBe(true);

    await loader.showStart();
    await loader.jumpTo({ at: 501, id: 0 });
    tickets.set(201, rowOf({ id: 201, lastMessageAt: 2010 }));
    loader.changed([]);
    await settle();
    expect(loader.getState().window?.isOutdated).toBe(true);
  });

  it('keeps still under the pointer after «many changed», and settles when the pointer leaves', async () => {
    const { loader, tickets, onLeft } = createDesk(20);
    await loader.showStart();
    loader.setCalm({ isPointerInside: true });
    tickets.set(20, rowOf({ id: 20, lastMessageAt: 200, status: 5 }));
    loader.changed([]);
    await settle();
    expect(loader.getState().window?.isOutdated).toBe(false);
    expect(loader.getState().window?.entries[0]).toMatchObject({ row: { id: 20 }, hasLeft: true });
    // Still to be seen, it can still be chosen.
    expect(onLeft).not.toHaveBeenCalled();
    loader.setCalm({ isPointerInside: false });
    await settle();
    expect(onLeft).toHaveBeenCalledWith([20]);
    expect(idsOf(loader)[0]).toBe(19);
    expect(loader.getState().window?.isOutdated).toBe(false);
  });
});
