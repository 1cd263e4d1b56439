import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpFetch } from '../../electron/core/ports/httpFetch.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { connectDesk } from '../../electron/core/sync/account/connect.ts';
import { awayReportOf, dismissAwayReport } from '../../electron/core/sync/away.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { THREADS_COMPARED } from '../../electron/core/sync/pull/converge.ts';
import { fetchThread } from '../../electron/core/sync/pull/fetchThread.ts';
import { leaveOld } from '../../electron/core/sync/pull/leaveOld.ts';
import { createSyncRunner } from '../../electron/core/sync/runner.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { STATUS } from '../../shared/model/ticket.ts';
import { type FakeClock, fakeClock } from '../fakes/ports.ts';
import { FIRST, type Mirror, mirrorOf } from '../support/mirror.ts';
import { addOpened, openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let desk: RemoteDesk;
let clock: FakeClock;
let mirror: Mirror;
/** Every request, as the server hears it. */
let asked: string[];
/** Called with each, before it leaves. */
let onRequest: (path: string) => void;

beforeEach(async () => {
  const opened = await openRemoteDesk();
  clock = fakeClock(Date.now());
  asked = [];
  onRequest = () => {};
  const httpFetch: HttpFetch = (request, options) => {
    const { pathname, search } = new URL(request.url);
    asked.push(pathname + search);
    onRequest(pathname);
    return opened.deps.httpFetch(request, options);
  };
  desk = { ...opened, deps: { ...opened.deps, clock, httpFetch } };
  mirror = mirrorOf(desk);
});
afterEach(() => desk.close());

const threads = (): string[] => asked.filter((path) => path.includes('/messages/show/'));
/** Some are read again at the end, to see whether the desk has what the server has. */
const repeated = (): number => threads().length - new Set(threads()).size;
const threadOf = (id: number): string => `/api/messages/show/${id}`;
/** So many closed tickets more, after the three there are. */
function fillClosed(count: number): void {
  for (let number = 1; number <= count; number++) {
    addOpened(desk.server.state, {
      subject: `Old ${number}`,
      message: `Long ago, no. ${number}`,
      status: STATUS.closed,
      date: 1_600_000_000 + number,
    });
  }
}
async function connectOnly(): Promise<void> {
  const connected = await connectDesk(desk.deps, mirror.account());
  if (!connected.ok) throw new Error(connected.error.code);
  asked.length = 0;
}
/** The same desk after its process died: what is on disk is all there is. */
const restarted = () => createSyncRunner(desk.deps);

describe('the first sync', () => {
  it('reads what people work on, newest first, before it lists customers and closed tickets', async () => {
    fillClosed(20);
    await connectOnly();
    const report = await mirror.sync();
    expect(report.ended).toBeNull();
    const at = (part: string): number => asked.findIndex((path) => path.includes(part));
    // Printer 1 is open, Printer 3 answered, Printer 2 closed like the old ones.
    for (const hot of [threadOf(1), threadOf(3)]) {
      expect(at(hot)).toBeGreaterThan(-1);
      expect(at(hot)).toBeLessThan(at('/api/users'));
      expect(at(hot)).toBeLessThan(at('status=5'));
    }
    expect(at(threadOf(2))).toBeGreaterThan(at('status=5'));
    const old = threads().filter((path) => Number(/show\/(\d+)/.exec(path)?.[1]) > 3);
    expect(old[0]).toContain(threadOf(23));
    expect(new Set(old).size).toBe(20);
    expect(repeated()).toBeLessThanOrEqual(THREADS_COMPARED);
    // Listed, not asked for one by one.
    expect(report.requests - threads().length).toBeLessThan(30);
  });

  it('keeps to its budget: two readings of each page of tickets, one of each conversation, one of the files', async () => {
    fillClosed(400);
    await connectOnly();
    const report = await mirror.sync();
    const { tickets, settings } = desk.server.state;
    const asks = (part: string): number => asked.filter((path) => path.startsWith(part)).length;
    const pages = Math.ceil(tickets.size / settings.ticketsPage);
    // Hot statuses and departments have a last page of their own each.
    expect(asks('/api/tickets?')).toBeLessThanOrEqual(2 * pages);
    expect(threads().length - repeated()).toBe(tickets.size);
    expect(repeated()).toBeLessThanOrEqual(THREADS_COMPARED);
    expect(asks('/api/attachments')).toBe(1);
    expect(report.requests).toBeLessThanOrEqual(2 * pages + tickets.size + 1 + 100);
  });

  it('tells how far it is, and nothing once it is done', async () => {
    fillClosed(20);
    await connectOnly();
    expect(mirror.runner.status()?.progress).toMatchObject({ tickets: 0, ticketsExpected: 23 });
    const told: unknown[] = [];
    onRequest = (path) => {
      if (path === threadOf(23)) told.push(mirror.runner.status()?.progress);
    };
    await mirror.sync();
    expect(told).toEqual([
      {
        ...{ tickets: 23, ticketsExpected: 23, conversations: 2, messages: 2, leftMs: null },
        requests: expect.any(Number) as number,
      },
    ]);
    expect(mirror.runner.status()).toMatchObject({ progress: null, threadsLeft: 0 });
  });

  it('guesses the time left from the speed of the last minute', async () => {
    fillClosed(60);
    await connectOnly();
    const left: (number | null | undefined)[] = [];
    onRequest = (path) => {
      if (!path.includes('/messages/show/')) return;
      clock.advance(1000);
      left.push(mirror.runner.status()?.progress?.leftMs);
    };
    await mirror.sync();
    expect(left.slice(0, 5)).toEqual([null, null, null, null, null]);
  });

  it('pauses without cutting off what is on its way, and goes on where it was', async () => {
    fillClosed(40);
    await connectOnly();
    const { runner } = mirror;
    let halted: Promise<unknown> | undefined;
    onRequest = () => {
      if (threads().length === 20) halted ??= runner.halt('sync_paused');
    };
    expect(await runner.run()).toMatchObject({ ok: true, value: { ended: { code: 'cancelled' } } });
    await halted;
    const before = threads();
    expect(before.length).toBeLessThan(40);
    expect(runner.status()).toMatchObject({ isRunning: false, problem: { code: 'sync_paused' } });
    expect(runner.isDue()).toBe(false);
    expect(await runner.run()).toMatchObject({ ok: false, error: { code: 'sync_paused' } });
    expect(threads()).toEqual(before);
    // A restart does not undo what a person wanted.
    expect(restarted().isDue()).toBe(false);
    expect(restarted().status()?.problem).toMatchObject({ code: 'sync_paused' });

    onRequest = () => {};
    expect(await runner.runNow()).toMatchObject({ ok: true, value: { ended: null } });
    expect(runner.status()).toMatchObject({ problem: null, progress: null });
    expect(repeated()).toBeLessThanOrEqual(THREADS_COMPARED);
  });

  it('goes on after it was killed: what was read is not read again', async () => {
    fillClosed(200);
    await connectOnly();
    onRequest = () => {
      if (threads().length === 150) mirror.runner.cancel();
    };
    await mirror.runner.run();
    onRequest = () => {};
    const before = threads();
    expect(before.length).toBeLessThan(160);
    const after = restarted();
    expect(after.isDue()).toBe(true);
    expect(after.status()?.progress).toMatchObject({ tickets: 203, ticketsExpected: 203 });
    expect(await after.run()).toMatchObject({ ok: true, value: { ended: null } });
    expect(desk.deps.store.remoteTickets.staleThreadCount()).toBe(0);
    // But for what was on its way just then.
    expect(repeated()).toBeLessThanOrEqual(8 + THREADS_COMPARED);
    expect(new Set(threads()).size).toBe(203);
  });

  it('can leave closed conversations on the server until somebody opens them, and fetch them after all', async () => {
    fillClosed(30);
    await connectOnly();
    leaveOld(desk.deps, true);
    await mirror.sync();
    expect(new Set(threads()).size).toBe(2);
    expect(mirror.runner.status()).toMatchObject({ progress: null, leavesOld: true, threadsLeft: 0 });
    const old = 10 as TicketId;
    const shown = () => {
      const detail = ticketDetail(desk.deps, desk.ada, old, null);
      return detail.ok ? [detail.value.messages.length, detail.value.unfetched] : detail.error.code;
    };
    expect(shown()).toEqual([0, 1]);
    expect(await fetchThread(desk.deps, desk.ada, old)).toMatchObject({ ok: true });
    expect(shown()).toEqual([1, 0]);
    // One that moves is read like any other.
    const ticket = desk.server.state.tickets.get(11);
    if (ticket) Object.assign(ticket, { status: STATUS.awaitingReply });
    await mirror.sync();
    expect(threads().at(-1)).toContain(threadOf(11));

    leaveOld(desk.deps, false);
    await mirror.sync();
    expect(new Set(threads()).size).toBe(33);
  });

  it('says why a conversation can’t be fetched now', async () => {
    await connectOnly();
    leaveOld(desk.deps, true);
    await mirror.sync();
    await desk.goOffline();
    const closed = 2 as TicketId;
    expect(await fetchThread(desk.deps, desk.ada, closed)).toMatchObject({
      error: { code: 'remote_unreachable' },
    });
    expect(await fetchThread(desk.deps, desk.ada, 99 as TicketId)).toMatchObject({
      error: { code: 'ticket_not_found' },
    });
  });
});

describe('when the next run begins', () => {
  it('goes by who looks and by what happens', async () => {
    await connectOnly();
    const { runner } = mirror;
    expect(runner.isDue()).toBe(true);
    await mirror.sync();
    const dueAfter = (ms: number): boolean => {
      const at = clock.now();
      clock.advance(ms);
      const isDue = runner.isDue();
      clock.advance(at - clock.now());
      return isDue;
    };
    expect(dueAfter(4 * MINUTE)).toBe(false);
    expect(dueAfter(5 * MINUTE)).toBe(true);
    runner.attend(false);
    expect([dueAfter(14_000), dueAfter(15_000)]).toEqual([false, true]);
    mirror.reply('<p>At once</p>');
    expect(runner.isDue()).toBe(true);
    await mirror.sync();
    expect(runner.isDue()).toBe(false);
    clock.advance(11_000);
    runner.attend(true);
    expect(runner.isDue()).toBe(true);
  });

  it('is put off while the server is away, and comes at once when the window says that the network is back', async () => {
    await connectOnly();
    await mirror.sync();
    await desk.goOffline();
    for (let tries = 0; tries < 12; tries++) await mirror.sync();
    expect(mirror.runner.status()).toMatchObject({ problem: { code: 'remote_unreachable' } });
    clock.advance(MINUTE);
    expect(mirror.runner.isDue()).toBe(false);
    expect(mirror.runner.status()?.nextSyncAt).toBeGreaterThan(clock.now());
    mirror.runner.attend(true);
    expect(mirror.runner.isDue()).toBe(true);
  });
});

describe('the time of the last sync', () => {
  it('is true after a restart, also when the server was away since', async () => {
    await mirror.connect();
    clock.advance(5 * MINUTE);
    await mirror.sync();
    const lastGoodAt = clock.now();
    await desk.goOffline();
    clock.advance(2 * HOUR);
    await mirror.sync();
    expect(mirror.runner.status()?.lastSyncAt).toBe(lastGoodAt);
    expect(restarted().status()?.lastSyncAt).toBe(lastGoodAt);
  });

  it('is kept when the desk is closed, and at the latest after ten minutes', async () => {
    await mirror.connect();
    clock.advance(5 * MINUTE);
    await mirror.sync();
    expect(restarted().status()?.lastSyncAt).toBe(clock.now() - 5 * MINUTE);
    await mirror.runner.close();
    const next = restarted();
    expect(next.status()?.lastSyncAt).toBe(clock.now());
    clock.advance(10 * MINUTE);
    await next.run();
    expect(restarted().status()?.lastSyncAt).toBe(clock.now());
  });
});

describe('what happened while away', () => {
  const state = () => desk.server.state;
  const report = () => awayReportOf(desk.deps);

  it('is counted and named, survives a restart, and goes when it was read', async () => {
    await mirror.connect();
    await desk.goOffline();
    mirror.reply('<p>Mine does not count</p>');
    updateTicketNow(desk.deps, desk.ada, 3 as TicketId, { status: STATUS.closed });
    clock.advance(2 * HOUR);
    await mirror.sync();
    expect(report()).toBeNull();

    addOpened(state(), { subject: 'Brand new', message: 'Hello', status: STATUS.open });
    addOpened(state(), { subject: 'Came and went', message: 'Hello', status: STATUS.closed });
    mirror.customerWrites('Once');
    mirror.customerWrites('Twice');
    const changed = state().tickets.get(3);
    if (changed) changed.status = STATUS.inProgress;
    await desk.goOnline();
    await mirror.sync();
    const told = report();
    expect(told).toMatchObject({ awayMs: 2 * HOUR, undecided: 1 });
    expect(told?.news.map(({ kind, amount, ticketCount }) => [kind, amount, ticketCount])).toEqual([
      ['new', 2, 2],
      ['replies', 2, 1],
    ]);
    const names = told?.news.flatMap(({ tickets }) => tickets.map(({ subject }) => subject));
    expect(names).toEqual(expect.arrayContaining(['Brand new', 'Printer 1']));

    dismissAwayReport(desk.deps);
    expect(report()).toBeNull();
    clock.advance(MINUTE);
    await mirror.sync();
    expect(report()).toBeNull();
  });

  it('tells what others closed, not what was closed here', async () => {
    const theirs = addOpened(state(), { subject: 'Theirs', message: 'Hi', status: STATUS.open });
    await mirror.connect();
    await desk.goOffline();
    clock.advance(HOUR);
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: STATUS.closed });
    const ticket = state().tickets.get(theirs);
    if (ticket) ticket.status = STATUS.closed;
    await desk.goOnline();
    await mirror.sync();
    expect(listOutbox(desk.deps)).toEqual([]);
    expect(report()?.news).toMatchObject([
      { kind: 'closed', amount: 1, tickets: [{ ticketId: theirs, subject: 'Theirs' }] },
    ]);
  });

  it('adds up over several absences that nobody has read about, and is silent about nothing', async () => {
    await mirror.connect();
    clock.advance(HOUR);
    await mirror.sync();
    expect(report()).toBeNull();
    for (const text of ['One', 'Two']) {
      clock.advance(HOUR);
      mirror.customerWrites(text);
      await mirror.sync();
    }
    expect(report()).toMatchObject({ awayMs: 2 * HOUR, news: [{ kind: 'replies', amount: 2 }] });
  });

  it('is noted with what came in, also when the desk is killed while it catches up', async () => {
    await mirror.connect();
    clock.advance(HOUR);
    addOpened(state(), { subject: 'Brand new', message: 'Hello', status: STATUS.open });
    onRequest = (path) => {
      if (path.includes('/messages/show/')) mirror.runner.cancel();
    };
    await mirror.runner.run();
    onRequest = () => {};
    expect(report()).toBeNull();
    await restarted().run();
    expect(report()?.news).toMatchObject([{ kind: 'new', amount: 1 }]);
  });
});
