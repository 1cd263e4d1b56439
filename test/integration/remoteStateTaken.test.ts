import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getDraft, saveDraft } from '../../electron/core/services/drafts.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { addNote, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { decideMany } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import {
  lookAtRestored,
  restoredState,
  takeServerState,
} from '../../electron/core/sync/restored/restored.ts';
import { saveDraftInput } from '../../shared/contract/drafts.ts';
import type { RestoredCounts } from '../../shared/contract/restored.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { addUser, type State } from '../fakes/helpdeskz/state.ts';
import { backUp, openedAgo } from '../support/backUp.ts';
import { wrongCounts } from '../support/keptCounts.ts';
import { type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

let desk: RemoteDesk;
let mirror: Mirror;
beforeEach(async () => {
  desk = await openRemoteDesk();
  mirror = mirrorOf(desk);
  await mirror.connect();
});
afterEach(() => desk.close());

const state = (): State => desk.server.state;
const opened = (subject: string, ageS: number, userId = 1): number =>
  openedAgo(state(), subject, ageS, userId);

const jobsOf = () =>
  createJobs({ clock: desk.deps.clock, ids: desk.deps.ids, events: desk.deps.events, log: desk.deps.log });
const parts = () => ({ deps: desk.deps, jobs: jobsOf(), sync: mirror.runner });
type Parts = ReturnType<typeof parts>;
const ended = (of: Parts) => vi.waitFor(() => expect(restoredState(of)).toMatchObject({ jobId: null }));

/** Until the desk knows that the server went back. */
async function noticed(): Promise<void> {
  await mirror.sync().catch(() => null);
  expect(desk.deps.store.remoteDesk.get()?.pausedCode).toBe('remote_restored');
}

async function taken(of: Parts = parts()): Promise<RestoredCounts | null> {
  expect(lookAtRestored(of, desk.ada)).toMatchObject({ ok: true });
  await ended(of);
  const { found, problem } = restoredState(of);
  expect(problem).toBeNull();
  expect(takeServerState(of, desk.ada)).toMatchObject({ ok: true });
  await ended(of);
  expect(restoredState(of).problem).toBeNull();
  return found;
}
const ticketCalled = (subject: string) =>
  desk.deps.store.db
    .prepare<[string], { id: TicketId; deletedAt: number | null }>(
      'SELECT id, deleted_at AS deletedAt FROM tickets WHERE subject = ?',
    )
    .get(subject);
const shown = (id: TicketId) => {
  const detail = ticketDetail(desk.deps, desk.ada, id, null);
  if (!detail.ok) throw new Error(detail.error.code);
  return detail.value;
};
const texts = (id: TicketId): string[] => shown(id).messages.map(({ preview }) => preview);
const decide = async (decision: 'send' | 'discard', ...ids: number[]) => {
  const decided = await decideMany(desk.deps, desk.ada, { ids, decision });
  expect(decided).toMatchObject({ done: ids.length, refused: null });
};
const onServer = (id: number): string[] => (state().messages.get(id) ?? []).map(({ message }) => message);
const foreignKeys = () => desk.deps.store.db.pragma('foreign_key_check');

describe('taking the state of a restored server', () => {
  it('keeps what it lost, apart from what its numbers mean now', async () => {
    const restore = backUp(state());
    const old = opened('Before', 600) as TicketId;
    mirror.customerWrites('More smoke');
    await mirror.sync();
    addNote(desk.deps, desk.ada, { ticketId: old, bodyHtml: '<p>Only here</p>', draftId: null });
    saveDraft(
      desk.deps,
      desk.ada,
      saveDraftInput.parse({ draftId: null, ticketId: old, kind: 'reply', bodyHtml: '<p>Half</p>' }),
    );
    restore();
    expect(opened('After', 60)).toBe(old);
    await noticed();
    replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId: old, bodyHtml: '<p>For Before</p>' }));
    mirror.reply('<p>Pour water</p>');

    const found = await taken();
    expect(found).toMatchObject({ tickets: 1, others: 1, messages: 1, moved: 1, news: 0, waiting: 2 });
    await mirror.sync();
    expect(foreignKeys()).toEqual([]);
    expect(desk.deps.store.tickets.byId(old)?.subject).toBe('After');
    expect(texts(old)).toEqual(['After!']);
    const lost = ticketCalled('Before')?.id ?? (0 as TicketId);
    expect(lost).toBeGreaterThanOrEqual(1_000_000_000);
    expect(texts(lost)).toEqual(['Before!', 'For Before']);
    expect(shown(lost).notes).toHaveLength(1);
    expect(getDraft(desk.deps, desk.ada, lost, 'reply')?.bodyHtml).toBe('<p>Half</p>');
    expect(shown(lost).messages[0]?.asStored?.differences).toEqual(['lost']);
    // What waits for nobody has gone; what the server lost waits for a person, and shows.
    expect(onServer(1)).toHaveLength(2);
    expect(onServer(1).at(-1)).toContain('Pour water');
    expect(texts(1 as TicketId)).toContain('More smoke');
    expect(listOutbox(desk.deps).filter(({ state }) => state === 'held')).toMatchObject([
      { kind: 'create_ticket', ticketId: lost, isLost: true, decisions: ['send', 'discard'], edit: null },
      { kind: 'customer_reply', ticketId: 1, isLost: true, decisions: ['send', 'discard'], edit: null },
    ]);
    expect(wrongCounts(desk.deps.store.db)).toEqual([]);
    // An idle run is as short as ever, and nothing has gone by itself.
    expect((await mirror.sync()).ended).toBeNull();
    expect(state().tickets.size).toBe(4);
  });

  it('makes again what a person wants, once, and keeps the rest here', async () => {
    const restore = backUp(state());
    const eve = addUser(state(), 'Eve', 'eve@mail.example').id;
    const lostNumber = opened('Only then', 600, eve) as TicketId;
    mirror.customerWrites('More smoke');
    // With their address.
    desk.deps.store.remoteDesk.set('listsAt', null);
    await mirror.sync();
    replyAsStaff(
      desk.deps,
      desk.ada,
      replyInput.parse({ ticketId: lostNumber, bodyHtml: '<p>An answer</p>', close: true }),
    );
    await mirror.sync();
    await mirror.sync();
    expect(onServer(lostNumber)).toHaveLength(2);
    restore();
    await noticed();
    expect(await taken()).toMatchObject({ tickets: 1, others: 0, messages: 1, customers: 1 });
    await mirror.sync();
    // Somebody else has the number of the customer by now.
    expect(addUser(state(), 'Zoe', 'zoe@mail.example').id).toBe(eve);
    const [ticket, message] = listOutbox(desk.deps).filter(({ state: is }) => is === 'held');
    if (!ticket || !message) throw new Error('nothing waits');
    const writes = state().mails.length;

    await decide('send', ticket.id);
    await decide('discard', message.id);
    for (let runs = 0; runs < 5; runs++) await mirror.sync();
    expect(listOutbox(desk.deps)).toEqual([]);
    const made = [...state().tickets.values()].filter(({ subject }) => subject === 'Only then');
    expect(made).toHaveLength(1);
    expect(state().users.get(made[0]?.userId ?? 0)?.email).toBe('eve@mail.example');
    expect(made[0]?.status).toBe(5);
    expect(onServer(made[0]?.id ?? 0)).toHaveLength(2);
    expect(state().mails.length).toBeGreaterThan(writes);
    const lost = ticketCalled('Only then')?.id ?? (0 as TicketId);
    expect(texts(lost)).toEqual(['Only then!', 'An answer']);
    expect(shown(lost).messages.map(({ asStored }) => asStored)).toEqual([null, null]);
    expect(onServer(1)).toHaveLength(1);
    expect(texts(1 as TicketId)).toEqual(['It is on fire, no. 1', 'More smoke']);
    expect(shown(1 as TicketId).messages[1]?.asStored?.differences).toEqual(['lost']);
    expect(foreignKeys()).toEqual([]);
    expect(wrongCounts(desk.deps.store.db)).toEqual([]);
  });

  it('does not double what another desk has made again', async () => {
    const restore = backUp(state());
    const number = opened('Seen by both', 600);
    mirror.customerWrites('More smoke');
    await mirror.sync();
    restore();
    await noticed();
    await taken();
    await mirror.sync();
    const lost = ticketCalled('Seen by both')?.id ?? (0 as TicketId);
    const first = shown(lost).messages[0];
    const marker = desk.deps.store.remoteMessages.markerOf(first?.id ?? (0 as never));
    // The other desk, whose marker is the same.
    const again = opened('Seen by both', 0);
    const [row] = state().messages.get(again) ?? [];
    if (row) Object.assign(row, { message: `<div class="sd-${marker}">Seen by both!</div>` });
    expect(again).toBe(number);
    for (let runs = 0; runs < 3; runs++) await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'customer_reply', isLost: true }]);
    expect(texts(lost)).toEqual(['Seen by both!']);
    expect(desk.deps.store.remoteTickets.remoteId('tickets', lost)).toBe(number);
    expect(state().tickets.size).toBe(4);
  });

  it('goes on after an end in the middle, and stays as it is when it is called off', async () => {
    const restore = backUp(state());
    for (const subject of ['One', 'Two', 'Three']) opened(subject, 600);
    mirror.customerWrites('More smoke');
    await mirror.sync();
    restore();
    await noticed();
    const of = parts();
    lookAtRestored(of, desk.ada);
    await ended(of);
    takeServerState(of, desk.ada);
    of.jobs.cancel(restoredState(of).jobId ?? '');
    await ended(of);
    expect(desk.deps.store.remoteDesk.get()?.pausedCode).toBe('remote_restored');
    expect(restoredState(of).found).toBeNull();
    // As after a kill: some are apart, the others not yet.
    lookAtRestored(of, desk.ada);
    await ended(of);
    const { write } = desk.deps.store;
    let left = 2;
    const dying = vi.spyOn(desk.deps.store, 'write').mockImplementation((work, kind) => {
      if (--left < 0) throw new Error('killed');
      return write(work, kind);
    });
    takeServerState(of, desk.ada);
    await ended(of);
    dying.mockRestore();
    expect(restoredState(of).problem).toMatchObject({ code: 'internal' });
    expect(listOutbox(desk.deps)).toHaveLength(2);
    expect((await mirror.runner.runNow()).ok).toBe(false);
    expect(await taken()).toMatchObject({ tickets: 1, messages: 1 });
    expect(listOutbox(desk.deps)).toHaveLength(4);
    expect((await mirror.sync()).ended).toBeNull();
    expect(foreignKeys()).toEqual([]);
  });

  it('is not offered where the server is what it was', async () => {
    expect(lookAtRestored(parts(), desk.ada)).toMatchObject({ error: { code: 'not_restored' } });
    expect(takeServerState(parts(), desk.ada)).toMatchObject({
      error: { code: 'restored_not_compared' },
    });
  });
});
