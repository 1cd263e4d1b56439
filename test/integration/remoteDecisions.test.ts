import { describe, expect, it } from 'vitest';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { ticketHistory, ticketRows } from '../../electron/core/services/ticketReader.ts';
import { addMessage, createTicket } from '../../electron/core/services/ticketWriter.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { canUndoGroup } from '../../electron/core/services/undoRights.ts';
import { replaceToken } from '../../electron/core/sync/account/connect.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { CustomerId, DepartmentId, TicketId } from '../../shared/model/ids.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';
import { REMOTE_TOKEN } from '../support/remoteDesk.ts';

const { desk, mirror } = eachMirror({ connects: false });

describe('undo', () => {
  const called = createTicketInput.parse({
    customer: { email: 'ann@mail.example', name: 'Ann' },
    departmentId: 1,
    status: 4,
    subject: 'Called in',
    bodyHtml: '<p>By phone</p>',
  });

  /** In its history, and by the notice that says what was done. */
  const isOffered = ({ ticketId, groupId }: { ticketId: TicketId; groupId: string }) => {
    const history = ticketHistory(desk.deps, desk.ada, ticketId);
    const made = history.ok ? history.value.find(({ kind }) => kind === 'create_ticket') : undefined;
    return [made?.canUndo, canUndoGroup(desk.deps, desk.ada, groupId)];
  };

  it('of a ticket that has not left: it is never made, nor what was to follow it', async () => {
    await mirror.connect();
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    if (!made.ok) throw new Error(made.error.code);
    expect(await undoGroup(desk.deps, desk.ada, made.value.groupId)).toMatchObject({ ok: true });
    expect(listOutbox(desk.deps)).toEqual([]);
    await mirror.sync();
    expect(desk.server.state.tickets.size).toBe(3);
  });

  it('of a ticket that the server has is refused', async () => {
    await mirror.connect();
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    if (!made.ok) throw new Error(made.error.code);
    expect(isOffered(made.value)).toEqual([true, true]);
    await mirror.sync();
    expect(isOffered(made.value)).toEqual([false, false]);
    const undone = await undoGroup(desk.deps, desk.ada, made.value.groupId);
    expect(undone).toMatchObject({ ok: false, error: { code: 'cannot_undo' } });
  });
});

describe('what a person has to decide', () => {
  it('holds a close on a thread that has grown, and closes when told to', async () => {
    await mirror.connect();
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 5 });
    mirror.customerWrites('One more thing');
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { kind: 'set_status', state: 'held', detail: 'Closed', theirs: 'One more thing' },
    ]);
    expect(desk.deps.store.tickets.byId(FIRST)).toMatchObject({ status: 1, messageCount: 2 });
    const [held] = listOutbox(desk.deps);
    await decideOutbox(desk.deps, desk.ada, { id: held?.id ?? 0, decision: 'send' });
    await mirror.sync();
    expect(desk.server.state.tickets.get(1)?.status).toBe(5);
    expect(listOutbox(desk.deps)).toEqual([]);
  });

  it('asks when somebody else set another value, and drops ours on request', async () => {
    await mirror.connect();
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: 2 as never });
    const ticket = desk.server.state.tickets.get(1);
    if (ticket) ticket.departmentId = 3;
    await mirror.sync();
    const [conflict] = listOutbox(desk.deps);
    expect(conflict).toMatchObject({ kind: 'set_department', state: 'conflict', canDiscard: true });
    const { departments } = desk.deps.store;
    expect(conflict?.detail).toBe(departments.byId(2 as never)?.name);
    expect(conflict?.theirs).toBe(departments.byId(3 as never)?.name);
    expect(conflict?.theirs).not.toBe(conflict?.detail);
    expect(ticketRows(desk.deps, desk.ada, [FIRST])[0]?.sending).toBe('undecided');
    expect(desk.deps.store.tickets.byId(FIRST)?.departmentId).toBe(3);
    await decideOutbox(desk.deps, desk.ada, { id: conflict?.id ?? 0, decision: 'discard' });
    expect(listOutbox(desk.deps)).toEqual([]);
    expect(desk.server.state.tickets.get(1)?.departmentId).toBe(3);
  });

  it('holds a body that the server would spoil; discarding gives the text back', async () => {
    await mirror.connect();
    mirror.reply('<p>Fine 👍</p>');
    await mirror.sync();
    const [held] = listOutbox(desk.deps);
    expect(held).toMatchObject({ kind: 'reply', state: 'held' });
    expect(mirror.thread()).toHaveLength(1);
    await decideOutbox(desk.deps, desk.ada, { id: held?.id ?? 0, decision: 'discard' });
    const draft = desk.deps.store.drafts.byTicket(FIRST, desk.ada.staffId, 'reply');
    expect(draft?.bodyHtml).toContain('Fine 👍');
    expect(listOutbox(desk.deps)).toEqual([]);
  });

  it('stops when the token is refused, and keeps what waits', async () => {
    await mirror.connect();
    mirror.reply('<p>Later</p>');
    const token = desk.server.state.tokens[0];
    if (token) token.isActive = false;
    expect((await mirror.sync()).ended).toMatchObject({ code: 'remote_token_refused' });
    expect(await mirror.runner.run()).toMatchObject({ error: { code: 'remote_token_refused' } });
    expect(mirror.runner.status()?.problem).toMatchObject({ code: 'remote_token_refused' });
    expect(mirror.runner.isDue()).toBe(false);
    expect(listOutbox(desk.deps)).toMatchObject([{ state: 'queued' }]);
    expect(await replaceToken(desk.deps, 'wrong')).toMatchObject({ error: { code: 'remote_token_refused' } });
    // A person asks once more; the machine by itself does not.
    expect(await mirror.runner.runNow()).toMatchObject({
      value: { ended: { code: 'remote_token_refused' } },
    });
    expect(mirror.runner.isDue()).toBe(false);
    if (token) token.isActive = true;
    expect(await replaceToken(desk.deps, REMOTE_TOKEN)).toMatchObject({ ok: true });
    mirror.runner.reset();
    expect(await mirror.sync()).toMatchObject({ pushed: 1, ended: null, outbox: {} });
  });
});

describe('discarding', () => {
  const called = createTicketInput.parse({
    customer: { email: 'bob@mail.example', name: 'Bob' },
    departmentId: 1,
    subject: 'Called in',
    bodyHtml: '<p>By phone</p>',
  });
  const discard = (id = 0) => decideOutbox(desk.deps, desk.ada, { id, decision: 'discard' });
  const reasons = () => listOutbox(desk.deps).map(({ reason }) => reason);

  it('a ticket the server refused: it goes to the trash with all that was to follow, then its customer can', async () => {
    await mirror.connect();
    mirror.allowOnly('Get list/details of tickets.', 'Get messages from a ticket.');
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    if (!made.ok) throw new Error(made.error.code);
    await mirror.sync();
    const [customer, ticket] = listOutbox(desk.deps);
    expect(customer).toMatchObject({ state: 'rejected', canDiscard: false });
    expect(reasons()).toEqual(['Permission not allowed: Create users.', 'Waits for its customer.']);
    expect(await discard(customer?.id)).toMatchObject({ error: { code: 'decision_late' } });
    expect(await discard(ticket?.id)).toMatchObject({ ok: true });
    expect(desk.deps.store.tickets.byId(made.value.ticketId)?.deletedAt).not.toBeNull();
    expect(await discard(customer?.id)).toMatchObject({ ok: true });
    expect(listOutbox(desk.deps)).toEqual([]);
    expect(desk.deps.store.customers.byEmail('bob@mail.example')).toBeUndefined();
  });

  it('a ticket that is brought back is made there after all, with what was written in it', async () => {
    const { deps, ada, server } = desk;
    await mirror.connect();
    const made = createTicketAsStaff(deps, ada, { ...called, opener: 'customer' });
    if (!made.ok) throw new Error(made.error.code);
    const { ticketId } = made.value;
    replyAsStaff(deps, ada, replyInput.parse({ ticketId, bodyHtml: '<p>We see to it</p>' }));
    const [, , reply] = deps.store.outbox.all();
    const create = deps.store.outbox.byTicket(ticketId).find(({ kind }) => kind === 'create_ticket');
    expect(reply).toMatchObject({ kind: 'reply' });
    expect(await discard(create?.id)).toMatchObject({ ok: true });
    expect(listOutbox(deps).map(({ kind }) => kind)).toEqual(['create_customer']);
    expect(await restoreTickets(deps, ada, [ticketId])).toMatchObject({ ok: true });
    expect(listOutbox(deps).map(({ kind }) => kind)).toEqual(['create_customer', 'create_ticket', 'reply']);
    await mirror.sync();
    expect(listOutbox(deps)).toEqual([]);
    expect([...server.state.tickets.values()].at(-1)).toMatchObject({ subject: 'Called in', status: 2 });
    expect(server.state.messages.get(4)).toHaveLength(2);
  });

  it('a ticket that is brought back has the status it had, and its customer hears of it as was wished', async () => {
    const { deps, ada, server } = desk;
    await mirror.connect();
    const words = { author: { kind: 'customer' }, bodyHtml: '<p>By phone</p>', source: 'app' } as const;
    const opened = { customerId: 1 as CustomerId, departmentId: 1 as DepartmentId, subject: 'Called in' };
    const made = createTicket(deps, ada, { ...words, ...opened, notify: true });
    if (!made.ok) throw new Error(made.error.code);
    const { ticketId } = made.value;
    const [create] = deps.store.outbox.byTicket(ticketId);
    expect(addMessage(deps, ada, { ...words, ticketId })).toMatchObject({ ok: true });
    updateTicketNow(deps, ada, ticketId, { status: 4 });
    await discard(create?.id);
    await restoreTickets(deps, ada, [ticketId]);
    const [remade, ...rest] = deps.store.outbox.byTicket(ticketId);
    expect(remade?.payload).toMatchObject({ notify: true });
    expect(rest.at(-1)).toMatchObject({ kind: 'set_status', before: { value: 1 }, payload: { value: 4 } });
    await mirror.sync();
    expect(listOutbox(deps)).toEqual([]);
    expect([...server.state.tickets.values()].at(-1)).toMatchObject({ subject: 'Called in', status: 4 });
  });

  it('a ticket that came from the server meanwhile, it is not made a second time unasked', async () => {
    const { deps, ada, server } = desk;
    await mirror.connect();
    const made = createTicketAsStaff(deps, ada, { ...called, customer: { id: 1 as CustomerId } });
    if (!made.ok) throw new Error(made.error.code);
    const { ticketId, messageId } = made.value;
    const [create] = deps.store.outbox.byTicket(ticketId);
    deps.store.remoteMessages.setMarker(messageId, 'a'.repeat(24));
    deps.store.outbox.begin(create?.id ?? 0, Date.now() - 3_600_000);
    deps.store.outbox.set(create?.id ?? 0, 'uncertain', 'No answer.');
    mirror.customerOpens('Called in', `<div class="sd-${'a'.repeat(24)}"><p>By phone</p></div>`);
    await decideOutbox(deps, ada, { id: create?.id ?? 0, decision: 'arrived' });
    await mirror.sync();
    await restoreTickets(deps, ada, [ticketId]);
    expect(listOutbox(deps)).toMatchObject([{ kind: 'create_ticket', state: 'held' }]);
    await mirror.sync();
    expect(server.state.tickets.size).toBe(4);
    expect(await discard(listOutbox(deps)[0]?.id)).toMatchObject({ ok: true });
  });

  it('an answer that had arrived after all: it is shown, since the customer has it', async () => {
    await mirror.connect();
    const written = mirror.reply('<p>Did it arrive?</p>');
    if (!written.ok) throw new Error(written.error.code);
    await mirror.sync();
    // As if the answer to it had been lost, and the person did not wait.
    const { messageId, groupId } = written.value;
    const { store } = desk.deps;
    store.db.prepare('UPDATE messages SET remote_id = NULL WHERE id = ?').run(messageId);
    const [lane, payload, before] = ['ticket 1', {}, {}];
    const rest = { ticketId: FIRST, messageId, customerId: null, seenMessages: 1, createdAt: Date.now() };
    const id = store.outbox.insert({ kind: 'reply', groupId, lane, payload, before, ...rest });
    store.outbox.set(id, 'uncertain', 'No answer came.');
    expect(await discard(id)).toMatchObject({ ok: true });
    expect(store.messages.byId(messageId)?.deletedAt).not.toBeNull();
    store.remoteTickets.markThreadStale(FIRST);
    await mirror.sync();
    expect(store.messages.byId(messageId)).toMatchObject({ deletedAt: null });
    expect(store.remoteTickets.isThreadStale(FIRST)).toBe(false);
  });

  it('says what an operation stands behind', async () => {
    await mirror.connect();
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 5 });
    mirror.customerWrites('One more thing');
    await mirror.sync();
    mirror.reply('<p>Afterwards</p>');
    expect(reasons()[1]).toBe('Waits for what was done in this ticket before.');
  });
});

describe('a token that may not do everything', () => {
  it('reads and answers tickets all the same; what it may not do is refused by name', async () => {
    await mirror.connect();
    mirror.allowOnly(
      'Get list/details of tickets.',
      'Get messages from a ticket.',
      'Update ticket status or department.',
    );
    mirror.reply('<p>Not allowed</p>');
    mirror.customerWrites('News');
    expect(await mirror.sync()).toMatchObject({ ended: null, outbox: { rejected: 1 } });
    expect(desk.deps.store.tickets.byId(FIRST)?.messageCount).toBe(3);
    expect(listOutbox(desk.deps)[0]?.reason).toBe('Permission not allowed: Add a message to ticket.');
    mirror.allowOnly('Get messages from a ticket.');
    const { ended } = await mirror.sync();
    expect(ended?.code).toBe('remote_permission_missing');
    expect(ended?.message).toContain('Get list/details of tickets.');
  });
});

it('a full disk stops the run and says so; the next one goes on', async () => {
  await mirror.connect();
  const { db } = desk.deps.store;
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  mirror.customerWrites('x'.repeat(60_000));
  expect((await mirror.sync()).ended).toMatchObject({ code: 'disk_full' });
  db.pragma('max_page_count = 1000000');
  expect(await mirror.sync()).toMatchObject({ ended: null });
  expect(desk.deps.store.tickets.byId(FIRST)?.messageCount).toBe(2);
});
