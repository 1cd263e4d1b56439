import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpFetch } from '../../electron/core/ports/httpFetch.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { refreshOnOpen } from '../../electron/core/sync/pull/refreshTicket.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { STATUS } from '../../shared/model/ticket.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { removeTicket } from '../fakes/helpdeskz/state.ts';
import { type FakeClock, fakeClock } from '../fakes/ports.ts';
import { FIRST, type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

const CLOSED = 2 as TicketId;

let desk: RemoteDesk;
let clock: FakeClock;
let mirror: Mirror;
/** Every request, as the server hears it. */
let asked: string[];
/** What happens while the answer to it is on its way. */
let meanwhile: (path: string) => Promise<void>;

beforeEach(async () => {
  const opened = await openRemoteDesk();
  clock = fakeClock(Date.now());
  asked = [];
  meanwhile = async () => {};
  const httpFetch: HttpFetch = async (request, options) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    const answer = await opened.deps.httpFetch(request, options);
    await meanwhile(pathname);
    return answer;
  };
  desk = { ...opened, deps: { ...opened.deps, clock, httpFetch } };
  mirror = mirrorOf(desk);
  await mirror.connect();
  asked = [];
});
afterEach(() => desk.close());

const opens = (id: TicketId) => refreshOnOpen({ deps: desk.deps, sync: mirror.runner }, desk.ada, id);
const shown = (id: TicketId) => {
  const detail = ticketDetail(desk.deps, desk.ada, id, null);
  if (!detail.ok) throw new Error(detail.error.code);
  const { messages, ticket, unfetched } = detail.value;
  return { texts: messages.map(({ preview }) => preview), status: ticket.status, unfetched };
};
const written = () => desk.deps.store.db.prepare<[], number>('SELECT total_changes()').pluck().get();
/** A colleague writes in a closed ticket, which stays closed: nothing but the ticket itself tells. */
function colleagueWrites(id: TicketId, message: string): void {
  const ticket = desk.server.state.tickets.get(id);
  if (!ticket) throw new Error('no ticket');
  const now = Math.floor(Date.now() / 1000);
  for (const _ of appendReply(desk.server.state, ticket, { now, isStaff: true, staffId: 2, message })) void _;
}

describe('opening a ticket', () => {
  it('brings what a colleague wrote in it, though it is closed: two requests', async () => {
    colleagueWrites(CLOSED, 'It was the fuser');
    await mirror.sync();
    expect(shown(CLOSED).texts).toHaveLength(1);
    asked = [];
    expect(await opens(CLOSED)).toMatchObject({ ok: true });
    expect(shown(CLOSED)).toEqual({
      texts: ['It is on fire, no. 2', 'It was the fuser'],
      status: STATUS.closed,
      unfetched: 0,
    });
    expect(asked).toEqual(['/api/tickets/show/2', '/api/messages/show/2']);
  });

  it('asks for it once in half a minute, and writes nothing when nothing is new', async () => {
    const before = written();
    await opens(FIRST);
    await opens(FIRST);
    expect(asked).toHaveLength(2);
    clock.advance(30_000);
    await opens(FIRST);
    expect(asked).toHaveLength(4);
    // As far as it may go without counting as set.
    clock.advance(-45_000);
    await opens(FIRST);
    expect(asked).toHaveLength(6);
    expect(written()).toBe(before);
  });

  it('leaves the six requests of an idle run as they are, and it writes nothing', async () => {
    await opens(FIRST);
    await mirror.sync();
    clock.advance(30_000);
    const before = written();
    expect((await mirror.sync()).requests).toBeLessThanOrEqual(6);
    expect(written()).toBe(before);
  });

  it('says nothing when the server can’t be reached, or nothing is exchanged', async () => {
    await desk.goOffline();
    expect(await opens(FIRST)).toMatchObject({ ok: true });
    await mirror.runner.halt('sync_paused');
    asked = [];
    expect(await opens(CLOSED)).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
    expect(await opens(99 as TicketId)).toMatchObject({ error: { code: 'ticket_not_found' } });
    await desk.goOnline();
    await mirror.runner.runNow();
    expect(await opens(CLOSED)).toMatchObject({ ok: true });
    expect(asked).toContain('/api/messages/show/2');
  });

  it('shows that the server has deleted it', async () => {
    removeTicket(desk.server.state, FIRST);
    await opens(FIRST);
    expect(desk.deps.store.tickets.byId(FIRST)?.deletedAt).not.toBeNull();
    expect(asked).toEqual(['/api/tickets/show/1']);
  });

  it('does not take an answer for the newest state that a run has overtaken', async () => {
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: STATUS.closed });
    let isFirst = true;
    meanwhile = async (path) => {
      if (path !== '/api/tickets/show/1' || !isFirst) return;
      isFirst = false;
      await mirror.sync();
    };
    await opens(FIRST);
    expect(desk.server.state.tickets.get(FIRST)?.status).toBe(STATUS.closed);
    expect(shown(FIRST).status).toBe(STATUS.closed);
    expect(desk.deps.store.remoteTickets.byTicket(FIRST)?.status).toBe(STATUS.closed);
  });

  it('keeps a message that was deleted in the server’s database, and says so', async () => {
    colleagueWrites(CLOSED, 'It was the fuser');
    await opens(CLOSED);
    const thread = desk.server.state.messages.get(CLOSED) ?? [];
    const [kept] = thread.splice(1, 1);
    desk.server.state.version += 1;
    const marks = () => {
      const detail = ticketDetail(desk.deps, desk.ada, CLOSED, null);
      return detail.ok ? detail.value.messages.map(({ asStored }) => asStored?.differences ?? null) : [];
    };
    clock.advance(30_000);
    await opens(CLOSED);
    expect(shown(CLOSED).texts).toEqual(['It is on fire, no. 2', 'It was the fuser']);
    expect(marks()).toEqual([null, ['deleted']]);
    // What comes after it comes as ever, and the thread is not asked for again and again.
    colleagueWrites(CLOSED, 'Or the drum');
    clock.advance(-30_000);
    await opens(CLOSED);
    expect(shown(CLOSED).texts).toHaveLength(3);
    expect(marks()).toEqual([null, ['deleted'], null]);
    expect(desk.deps.store.remoteTickets.staleThreadCount()).toBe(0);
    const before = written();
    clock.advance(30_000);
    await opens(CLOSED);
    expect(written()).toBe(before);
    if (kept) thread.splice(1, 0, kept);
    desk.server.state.version += 1;
    clock.advance(-30_000);
    await opens(CLOSED);
    expect(marks()).toEqual([null, null, null]);
  });

  it('finds out that the server was restored from a backup', async () => {
    const ticket = desk.server.state.tickets.get(CLOSED);
    if (!ticket) throw new Error('no ticket');
    Object.assign(ticket, { date: ticket.date + 60, subject: 'Another one' });
    desk.server.state.version += 1;
    await opens(CLOSED);
    expect(mirror.runner.status()?.problem).toMatchObject({ code: 'remote_restored' });
    expect(desk.deps.store.tickets.byId(CLOSED)?.subject).toBe('Printer 2');
  });
});
