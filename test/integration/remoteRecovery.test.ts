import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpFetch, HttpResult } from '../../electron/core/ports/httpFetch.ts';
import { listDrafts } from '../../electron/core/services/drafts.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets, updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { decideMany } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import { err } from '../../shared/util/result.ts';
import { FIRST, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

let desk: RemoteDesk;
beforeEach(async () => {
  desk = await openRemoteDesk();
});
afterEach(() => desk.close());

const lost = (phase: 'connect' | 'sent'): HttpResult => ({
  ok: false,
  error: { kind: 'timeout', phase, detail: 'lost' },
});

it('an undo shows what the server has by now, not what stood there when it was written', async () => {
  const mirror = mirrorOf(desk);
  await mirror.connect();
  const written = mirror.reply('<p>Soon</p>');
  if (!written.ok) throw new Error(written.error.code);
  await desk.goOffline();
  await mirror.sync();
  await desk.goOnline();
  // As after a restart: what was put off keeps its time.
  mirror.runner.reset();
  const ticket = desk.server.state.tickets.get(FIRST);
  if (ticket) ticket.status = 3;
  await mirror.sync();
  const status = () => desk.deps.store.tickets.byId(FIRST)?.status;
  expect(status()).toBe(2);
  expect(await undoGroup(desk.deps, desk.ada, written.value.groupId)).toMatchObject({ ok: true });
  expect(status()).toBe(3);
});

it('a disk that is full when an attempt comes to nothing leaves nothing on its way for ever', async () => {
  let isFull = false;
  const { store } = desk.deps;
  const write: Store['write'] = (work) => (isFull ? err(appErrorOf('disk_full')) : store.write(work));
  const httpFetch: HttpFetch = async (request, options) => {
    if (mirror.thread().length > 1 || !request.url.endsWith('/messages/create') || !isConnected)
      return desk.deps.httpFetch(request, options);
    isFull = true;
    return lost('connect');
  };
  let isConnected = false;
  const mirror = mirrorOf({ ...desk, deps: { ...desk.deps, store: { ...store, write }, httpFetch } });
  await mirror.connect();
  isConnected = true;
  mirror.reply('<p>Soon</p>');
  expect((await mirror.sync()).ended).toMatchObject({ code: 'disk_full' });
  expect(store.outbox.all()).toMatchObject([{ state: 'sending' }]);
  [isFull, isConnected] = [false, false];
  await mirror.sync();
  expect(store.outbox.all()).toMatchObject([{ state: 'uncertain' }]);
});

describe('a ticket whose answer was lost', () => {
  const called = createTicketInput.parse({
    customer: { email: 'ann@mail.example', name: 'Ann' },
    departmentId: 1,
    subject: 'Called in',
    bodyHtml: '<p>By phone</p>',
  });
  /** Two opened here; the first is made there, and with its answer the network goes until `comeBack`. */
  const openUnanswered = async (nameBefore?: string) => {
    let isAway = false;
    let isConnected = false;
    const httpFetch: HttpFetch = async (request, options) => {
      const isCreate = isConnected && request.url.endsWith('/tickets/create');
      if (isAway) return lost(isCreate ? 'sent' : 'connect');
      isAway = isCreate;
      const answer = await desk.deps.httpFetch(request, options);
      return isCreate ? lost('sent') : answer;
    };
    const mirror = mirrorOf({ ...desk, deps: { ...desk.deps, httpFetch } });
    await mirror.connect();
    isConnected = true;
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    createTicketAsStaff(desk.deps, desk.ada, { ...called, subject: 'Lost on the way' });
    if (!made.ok) throw new Error(made.error.code);
    if (nameBefore) updateTicketNow(desk.deps, desk.ada, made.value.ticketId, { subject: nameBefore });
    await mirror.sync();
    const comeBack = async (): Promise<void> => {
      isAway = isConnected = false;
      await mirror.runner.runNow();
    };
    return { ticketId: made.value.ticketId, comeBack };
  };

  it('keeps the subject it was given meanwhile on this desk', async () => {
    const { ticketId, comeBack } = await openUnanswered();
    updateTicketNow(desk.deps, desk.ada, ticketId, { subject: 'Ours' });
    await comeBack();
    expect(desk.deps.store.remoteTickets.remoteId('tickets', ticketId)).toBe(4);
    expect(desk.deps.store.tickets.byId(ticketId)?.subject).toBe('Ours');
  });

  it('is recognised under the name it went out with, where the server strips the marker', async () => {
    Object.assign(desk.server.state.settings, { keepsClass: false });
    const { ticketId, comeBack } = await openUnanswered('Named before it left');
    await comeBack();
    expect(desk.server.state.tickets.get(4)?.subject).toBe('Named before it left');
    expect(desk.deps.store.remoteTickets.remoteId('tickets', ticketId)).toBe(4);
  });

  it('is there again after it was thrown away, and what was to follow it is in the composer', async () => {
    const { ticketId, comeBack } = await openUnanswered();
    const { store } = desk.deps;
    replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId, bodyHtml: '<p>And more</p>' }));
    // What stands on the ticket goes first.
    const ids = store.outbox.byTicket(ticketId).map(({ id }) => id);
    await decideMany(desk.deps, desk.ada, { ids, decision: 'discard' });
    expect(store.tickets.byId(ticketId)?.deletedAt).not.toBeNull();
    await comeBack();
    const thread = store.messages.newestBefore(ticketId, { at: Number.MAX_SAFE_INTEGER, id: 0 }, 10);
    expect(store.tickets.byId(ticketId)).toMatchObject({ deletedAt: null, messageCount: 1 });
    expect(thread.map(({ bodyHtml }) => bodyHtml)).toEqual(['<p>By phone</p>']);
    expect(listDrafts(desk.deps, desk.ada)).toMatchObject([{ ticketId, bodyHtml: '<p>And more</p>' }]);
  });

  it('is told from a new one when it comes late, though it counts as not sent and lies in the trash', async () => {
    const { ticketId, comeBack } = await openUnanswered();
    const { store } = desk.deps;
    const creates = store.outbox.ofKind('create_ticket');
    for (const { id } of creates) store.outbox.set(id, 'queued', 'It did not arrive and is sent again.');
    const ids = creates.flatMap((row) => row.ticketId ?? []);
    expect(await trashTickets(desk.deps, desk.ada, ids)).toMatchObject({ ok: true });
    await comeBack();
    expect(store.remoteTickets.remoteId('tickets', ticketId)).toBe(4);
    // The server has it: it is not for the trash here alone.
    expect(store.tickets.byId(ticketId)?.deletedAt).toBeNull();
    await comeBack();
    const subjects = [...desk.server.state.tickets.values()].map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Called in')).toHaveLength(1);
  });

  it('is looked for before it is made again, when it was discarded and brought back', async () => {
    const { ticketId, comeBack } = await openUnanswered();
    const { store } = desk.deps;
    const [create] = store.outbox.byTicket(ticketId);
    await decideMany(desk.deps, desk.ada, { ids: [create?.id ?? 0], decision: 'discard' });
    expect(await restoreTickets(desk.deps, desk.ada, [ticketId])).toMatchObject({ ok: true });
    expect(store.outbox.byTicket(ticketId)).toMatchObject([{ kind: 'create_ticket', state: 'uncertain' }]);
    await comeBack();
    expect(store.outbox.byTicket(ticketId)).toEqual([]);
    expect(store.remoteTickets.remoteId('tickets', ticketId)).toBe(4);
    const subjects = [...desk.server.state.tickets.values()].map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Called in')).toHaveLength(1);
  });
});
