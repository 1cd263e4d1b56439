import { describe, expect, it } from 'vitest';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { addMessageRow, removeTicket, type State } from '../fakes/helpdeskz/state.ts';
import { backUp, openedAgo } from '../support/backUp.ts';
import { eachMirror, mirrorOf } from '../support/mirror.ts';

const { desk, mirror } = eachMirror();

const state = (): State => desk.server.state;

const opened = (subject: string, ageS: number): number => openedAgo(state(), subject, ageS);

/** Everything of tickets and messages that people see here. */
const everything = () =>
  desk.deps.store.db
    .prepare(
      'SELECT tickets.id, subject, status, tickets.deleted_at, messages.id, body_html FROM tickets JOIN messages ON ticket_id = tickets.id',
    )
    .all();

async function expectStop(ticketId: number): Promise<void> {
  const before = everything();
  for (let runs = 0; runs < 2; runs++) {
    expect((await mirror.sync().catch(() => null))?.ended ?? mirror.runner.status()?.problem).toMatchObject({
      code: 'remote_restored',
    });
  }
  expect(everything()).toEqual(before);
  expect(mirror.runner.status()?.problem?.code).toBe('remote_restored');
  expect(mirror.runner.status()?.problem?.message).toContain(`ticket ${ticketId}.`);
  // «Sync now» does not talk anybody out of it.
  await mirror.runner.runNow();
  expect(everything()).toEqual(before);
  expect(desk.deps.store.remoteDesk.get()?.pausedCode).toBe('remote_restored');
}

describe('a server that was restored from a backup', () => {
  it('and gave a number again is noticed before two tickets become one', async () => {
    const restore = backUp(state());
    const old = opened('Before', 600);
    await mirror.sync();
    restore();
    expect(opened('After', 60)).toBe(old);
    await expectStop(old);
    expect(desk.deps.store.tickets.byId(old as TicketId)?.subject).toBe('Before');
  });

  it('is sent nothing: the reply to the ticket that was would reach another customer', async () => {
    const restore = backUp(state());
    const old = opened('Before', 600);
    await mirror.sync();
    await desk.goOffline();
    const input = replyInput.parse({ ticketId: old as TicketId, bodyHtml: '<p>For Before only</p>' });
    expect(replyAsStaff(desk.deps, desk.ada, input)).toMatchObject({ ok: true });
    await mirror.sync();
    restore();
    opened('After', 60);
    await desk.goOnline();
    await mirror.runner.runNow();
    expect(mirror.runner.status()?.problem).toMatchObject({ code: 'remote_restored' });
    expect(state().messages.get(old)).toHaveLength(1);
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'reply', state: 'queued' }]);
  });

  it('and lost a reply is noticed by the thread that got shorter', async () => {
    const restore = backUp(state());
    mirror.customerWrites('More smoke');
    await mirror.sync();
    restore();
    await expectStop(1);
  });

  it('and gave a message’s number again is noticed before a message is hidden', async () => {
    const restore = backUp(state());
    mirror.customerWrites('More smoke');
    await mirror.sync();
    restore();
    const ticket = state().tickets.get(1);
    if (!ticket) throw new Error('no ticket');
    const date = Math.floor(Date.now() / 1000) + 5;
    addMessageRow(state(), { ticketId: 1, date, customer: true, staffId: 0, message: 'Another' });
    Object.assign(ticket, { replies: 1, lastUpdate: date });
    state().version += 1;
    await expectStop(1);
  });

  it('and goes on below the newest number is noticed, though nobody knows the new ticket', async () => {
    const unknown = state().nextId.ticket;
    opened('Deleted before anybody saw it', 3000);
    removeTicket(state(), unknown);
    const newest = opened('Before', 2000);
    await mirror.sync();
    removeTicket(state(), newest);
    Object.assign(state().nextId, { ticket: unknown });
    opened('After', -5);
    await expectStop(unknown);
  });
});

describe('no restored server', () => {
  it('is one whose newest ticket was deleted, and what waits is sent', async () => {
    const newest = opened('Gone', 600);
    await mirror.sync();
    await desk.goOffline();
    mirror.reply('<p>Pour water</p>');
    await mirror.sync();
    removeTicket(state(), newest);
    await desk.goOnline();
    await mirror.runner.runNow();
    expect(mirror.thread()).toHaveLength(2);
    expect(opened('The next', 0)).toBe(newest + 1);
    expect((await mirror.sync()).ended).toBeNull();
    expect(desk.deps.store.tickets.byId((newest + 1) as TicketId)).toMatchObject({ subject: 'The next' });
  });

  it('is one whose cache answers an old row once', async () => {
    const honest = desk.deps.httpFetch;
    mirror.customerWrites('More smoke');
    await mirror.sync();
    let stale = 1;
    const cached: typeof honest = async (request, options) => {
      const answer = await honest(request, options);
      if (!answer.ok || stale === 0 || !request.url.includes('status=1')) return answer;
      stale -= 1;
      const row = /"last_update":"\d+","status":"1","replies":"1"/;
      const body = Buffer.from(answer.value.body)
        .toString()
        .replace(row, '"last_update":"1000","status":"1","replies":"0"');
      return { ok: true, value: { ...answer.value, body: Buffer.from(body) } };
    };
    const misled = mirrorOf({ ...desk, deps: { ...desk.deps, httpFetch: cached } });
    expect((await misled.sync()).ended).toMatchObject({ code: 'remote_no_answer' });
    expect((await misled.sync()).ended).toBeNull();
    expect(stale).toBe(0);
    expect(desk.deps.store.tickets.byId(1 as TicketId)).toMatchObject({ messageCount: 2 });
  });
});
