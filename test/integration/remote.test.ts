import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAttachment } from '../../electron/core/services/attachments.ts';
import { signIn } from '../../electron/core/services/sessions.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { ticketDetail, ticketRows } from '../../electron/core/services/ticketReader.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { connectDesk, replaceToken } from '../../electron/core/sync/connect.ts';
import { decideOutbox } from '../../electron/core/sync/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outboxList.ts';
import { createSyncRunner, type SyncRunner } from '../../electron/core/sync/runner.ts';
import type { ConnectInput } from '../../shared/contract/sync.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { AttachmentId, MessageId, TicketId } from '../../shared/model/ids.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { openRemoteDesk, REMOTE_PASSWORD, REMOTE_TOKEN, type RemoteDesk } from '../support/remoteDesk.ts';

const FIRST = 1 as TicketId;

let desk: RemoteDesk;
let runner: SyncRunner;
beforeEach(async () => {
  desk = await openRemoteDesk();
  runner = createSyncRunner(desk.deps);
});
afterEach(() => desk.close());

const account = (change: Partial<ConnectInput> = {}): ConnectInput => ({
  url: desk.url,
  token: REMOTE_TOKEN,
  username: 'ada',
  password: REMOTE_PASSWORD,
  ...change,
});

async function connected(): Promise<void> {
  expect(await connectDesk(desk.deps, account())).toMatchObject({ ok: true });
  await sync();
}

async function sync() {
  const report = await runner.run();
  if (!report.ok) throw new Error(report.error.code);
  return report.value;
}

const reply = (bodyHtml: string, close = false) =>
  replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId: FIRST, bodyHtml, close }));

const thread = (id = 1) => desk.server.state.messages.get(id) ?? [];

function customerWrites(message: string): void {
  const { state } = desk.server;
  const ticket = state.tickets.get(1);
  if (!ticket) throw new Error('no ticket');
  const now = Math.floor(Date.now() / 1000);
  for (const _ of appendReply(state, ticket, { now, isStaff: false, staffId: 0, message })) void _;
}

describe('connecting', () => {
  it('says what is wrong, and writes nothing before everything is right', async () => {
    const token = desk.server.state.tokens[0];
    if (!token) throw new Error('no token');
    const code = async (change: Partial<ConnectInput>) => {
      const tried = await connectDesk(desk.deps, account(change));
      return tried.ok ? 'connected' : tried.error.code;
    };
    expect(await code({ url: 'http://127.0.0.1:9' })).toBe('remote_unreachable');
    expect(await code({ token: 'wrong' })).toBe('remote_token_refused');
    expect(await code({ username: 'nobody' })).toBe('remote_staff_unknown');
    expect(await code({ password: 'wrong' })).toBe('remote_sign_in_refused');
    token.ipAddress = '10.0.0.1';
    expect(await code({})).toBe('remote_address_refused');
    token.ipAddress = '';
    token.permissions = ['Get list/details of departments.'];
    expect(await code({})).toBe('remote_permission_missing');
    expect(desk.deps.store.remoteDesk.get()).toBeUndefined();
    expect(desk.deps.store.staff.all()).toEqual([]);
  });

  it('tells a server that is something else', async () => {
    const other = createServer((_, response) => response.end('<h1>A shop</h1>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const tried = await connectDesk(desk.deps, account({ url }));
    other.close();
    expect(tried).toMatchObject({ ok: false, error: { code: 'remote_not_helpdeskz' } });
  });

  it('names the permissions that the token lacks for writing', async () => {
    const token = desk.server.state.tokens[0];
    const reads = ['departments', 'tickets', 'users'].map((what) => `Get list/details of ${what}.`);
    const others = ['Get information/details of staff users.', 'Validate staff authentication.'];
    if (token) token.permissions = [...reads, ...others, 'Add a message to ticket.'];
    const tried = await connectDesk(desk.deps, account());
    expect(tried).toMatchObject({
      ok: true,
      value: {
        missing: [
          'Create users.',
          'Create tickets.',
          'Update ticket status or department.',
          'Get file content from an attachment.',
        ],
      },
    });
  });

  it('keeps the token sealed and the password as a verifier: the desk opens without a network', async () => {
    await connected();
    const peer = { address: '127.0.0.1', userAgent: 'test' };
    const signedIn = await signIn(desk.deps, { username: 'ada', password: REMOTE_PASSWORD }, peer);
    expect(signedIn).toMatchObject({ ok: true });
    desk.deps.store.db.pragma('wal_checkpoint(TRUNCATE)');
    const file = readFileSync(join(desk.folder, 'desk.db'));
    expect(file.includes(REMOTE_TOKEN)).toBe(false);
    expect(file.includes(REMOTE_PASSWORD)).toBe(false);
  });
});

describe('a run', () => {
  it('brings everything in, then asks six things and writes nothing', async () => {
    await connected();
    const { store } = desk.deps;
    expect(store.tickets.byId(FIRST)).toMatchObject({ subject: 'Printer 1', status: 1, messageCount: 1 });
    expect(store.customers.byId(1 as never)).toMatchObject({ name: 'Ann O’Lee'.replace('’', "'") });
    const before = store.db.prepare('SELECT total_changes()').pluck().get();
    expect(await sync()).toMatchObject({ requests: 6, pulled: 0, pushed: 0, ended: null });
    expect(store.db.prepare('SELECT total_changes()').pluck().get()).toBe(before);
  });

  it('sends a reply with its file once, and finds it again', async () => {
    await connected();
    const put = await desk.deps.files.put(Buffer.from('89504e470d0a1a0a00', 'hex'));
    const uploadId = desk.deps.store.uploads.insert({
      staffId: desk.ada.staffId,
      name: 'fire.png',
      mediaType: 'image/png',
      ...put,
      now: Date.now(),
    });
    const input = replyInput.parse({ ticketId: FIRST, bodyHtml: '<p>Pour water</p>', uploadIds: [uploadId] });
    const written = replyAsStaff(desk.deps, desk.ada, input);
    if (!written.ok) throw new Error(written.error.code);
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'reply', state: 'queued', title: 'Printer 1' }]);
    expect(await sync()).toMatchObject({ pushed: 1, outbox: {} });
    await sync();
    const sent = thread().filter(({ customer }) => !customer);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.message).toMatch(/^<div class="sd-\w{24}"><p>Pour water<\/p><\/div>$/);
    expect(desk.server.state.mails).toHaveLength(1);
    expect([...desk.server.state.attachments.values()]).toMatchObject([{ name: 'fire.png' }]);
    const own = desk.deps.store.messages.byId(written.value.messageId);
    expect(own?.bodyHtml).toBe('<p>Pour water</p>');
    expect(desk.deps.store.attachments.byMessage(written.value.messageId)).toHaveLength(1);
    expect(desk.deps.store.tickets.byId(FIRST)).toMatchObject({ status: 2, messageCount: 2 });
    // The server mails its customers; this desk owes nobody a mail.
    expect(desk.deps.store.mailOutbox.countWaiting()).toBe(0);
  });

  it('fetches a file when somebody opens it, and keeps it', async () => {
    await connected();
    const { state } = desk.server;
    const content = Buffer.from('%PDF-1.4 a bill');
    state.attachments.set(7, {
      ...{ id: 7, messageId: 1, ticketId: 1, name: 'bill.pdf', filetype: 'application/pdf', content },
      isFileGone: false,
    });
    customerWrites('See the file');
    await sync();
    desk.deps.store.remoteFiles.check(1 as MessageId, 0, 1);
    await sync();
    const id = 7 as AttachmentId;
    expect(desk.deps.store.attachments.byId(id)).toMatchObject({ name: 'bill.pdf', sha256: '' });
    const opened = await openAttachment(desk.deps, desk.ada, id);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await text(opened.value.read())).toBe('%PDF-1.4 a bill');
    await desk.goOffline();
    expect(await openAttachment(desk.deps, desk.ada, id)).toMatchObject({ ok: true });
    desk.deps.store.db.prepare("UPDATE attachments SET sha256 = ''").run();
    const away = await openAttachment(desk.deps, desk.ada, id);
    expect(away).toMatchObject({ ok: false, error: { code: 'attachment_on_server_only' } });
  });

  it('opens a ticket for a new customer, both made while offline', async () => {
    await connected();
    const input = createTicketInput.parse({
      customer: { email: 'bob@mail.example', name: 'Bob' },
      departmentId: 2,
      status: 4,
      subject: 'Called in',
      bodyHtml: '<p>By phone</p>',
    });
    const made = createTicketAsStaff(desk.deps, desk.ada, input);
    expect(made).toMatchObject({ ok: true });
    expect(await sync()).toMatchObject({ pushed: 3, outbox: {} });
    const ticket = desk.server.state.tickets.get(4);
    expect(ticket).toMatchObject({ subject: 'Called in', status: 4, departmentId: 2, userId: 2 });
    if (made.ok) expect(desk.deps.store.remoteTickets.remoteId('tickets', made.value.ticketId)).toBe(4);
  });

  it('shows on ticket and message what is not there yet, and nothing once it is', async () => {
    await connected();
    const written = reply('<p>Soon</p>');
    if (!written.ok) throw new Error(written.error.code);
    const shown = () => {
      const detail = ticketDetail(desk.deps, desk.ada, FIRST, null);
      if (!detail.ok) throw new Error(detail.error.code);
      return [detail.value.ticket.sending, ...detail.value.messages.map(({ sending }) => sending)];
    };
    expect(shown()).toEqual(['waiting', null, { state: 'queued', reason: '' }]);
    await sync();
    expect(shown()).toEqual([null, null, null]);
  });

  it('puts off what could not be sent, until a person wants it now', async () => {
    await connected();
    reply('<p>Soon</p>');
    await desk.goOffline();
    expect((await sync()).ended).toMatchObject({ code: 'remote_unreachable' });
    expect(listOutbox(desk.deps)).toMatchObject([{ state: 'queued' }]);
    await desk.goOnline();
    expect(await sync()).toMatchObject({ pushed: 0, outbox: { queued: 1 } });
    expect(await runner.runNow()).toMatchObject({ ok: true, value: { pushed: 1, outbox: {} } });
  });

  it('is not held up by a crowd that waits for a customer who was refused', async () => {
    await connected();
    const email = 'refused@mail.example';
    for (let number = 0; number < 120; number++) {
      const input = createTicketInput.parse({
        customer: { email, name: 'Refused' },
        departmentId: 1,
        subject: `Ticket ${number}`,
        bodyHtml: '<p>Hello</p>',
      });
      createTicketAsStaff(desk.deps, desk.ada, input);
    }
    const [customer] = listOutbox(desk.deps);
    desk.deps.store.outbox.set(customer?.id ?? 0, 'rejected', 'No.');
    reply('<p>Behind the crowd</p>');
    expect(await sync()).toMatchObject({ pushed: 1 });
    expect(thread()).toHaveLength(2);
  });

  it('takes a queued reply back, and a delivered one not', async () => {
    await connected();
    const first = reply('<p>Too early</p>');
    if (!first.ok) throw new Error(first.error.code);
    expect(await undoGroup(desk.deps, desk.ada, first.value.groupId)).toMatchObject({ ok: true });
    expect(listOutbox(desk.deps)).toEqual([]);
    const second = reply('<p>Now</p>');
    await sync();
    if (!second.ok) throw new Error(second.error.code);
    const undone = await undoGroup(desk.deps, desk.ada, second.value.groupId);
    expect(undone).toMatchObject({ ok: false, error: { code: 'cannot_undo' } });
    expect(thread().map(({ message }) => message)).toHaveLength(2);
  });
});

describe('closing', () => {
  it('does not wait for a run: what was on its way is looked up by the next one', async () => {
    await connected();
    reply('<p>On its way</p>');
    const run = runner.run();
    runner.cancel();
    expect(await run).toMatchObject({ ok: true, value: { ended: { code: 'cancelled' } } });
    await sync();
    await sync();
    const copies = thread().filter(({ message }) => message.includes('On its way'));
    const waits = listOutbox(desk.deps).filter(({ state }) => state === 'uncertain' || state === 'queued');
    expect(copies.length + waits.length).toBe(1);
  });
});

describe('undo', () => {
  const called = createTicketInput.parse({
    customer: { email: 'ann@mail.example', name: 'Ann' },
    departmentId: 1,
    status: 4,
    subject: 'Called in',
    bodyHtml: '<p>By phone</p>',
  });

  it('of a ticket that has not left: it is never made, nor what was to follow it', async () => {
    await connected();
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    if (!made.ok) throw new Error(made.error.code);
    expect(await undoGroup(desk.deps, desk.ada, made.value.groupId)).toMatchObject({ ok: true });
    expect(listOutbox(desk.deps)).toEqual([]);
    await sync();
    expect(desk.server.state.tickets.size).toBe(3);
  });

  it('of a ticket that the server has is refused', async () => {
    await connected();
    const made = createTicketAsStaff(desk.deps, desk.ada, called);
    await sync();
    if (!made.ok) throw new Error(made.error.code);
    const undone = await undoGroup(desk.deps, desk.ada, made.value.groupId);
    expect(undone).toMatchObject({ ok: false, error: { code: 'cannot_undo' } });
  });
});

describe('what a person has to decide', () => {
  it('holds a close on a thread that has grown, and closes when told to', async () => {
    await connected();
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 5 });
    customerWrites('One more thing');
    await sync();
    expect(listOutbox(desk.deps)).toMatchObject([
      { kind: 'set_status', state: 'held', detail: 'Closed', theirs: 'One more thing' },
    ]);
    expect(desk.deps.store.tickets.byId(FIRST)).toMatchObject({ status: 1, messageCount: 2 });
    const [held] = listOutbox(desk.deps);
    await decideOutbox(desk.deps, desk.ada, { id: held?.id ?? 0, decision: 'send' });
    await sync();
    expect(desk.server.state.tickets.get(1)?.status).toBe(5);
    expect(listOutbox(desk.deps)).toEqual([]);
  });

  it('asks when somebody else set another value, and drops ours on request', async () => {
    await connected();
    updateTicketNow(desk.deps, desk.ada, FIRST, { departmentId: 2 as never });
    const ticket = desk.server.state.tickets.get(1);
    if (ticket) ticket.departmentId = 3;
    await sync();
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
    await connected();
    reply('<p>Fine 👍</p>');
    await sync();
    const [held] = listOutbox(desk.deps);
    expect(held).toMatchObject({ kind: 'reply', state: 'held' });
    expect(thread()).toHaveLength(1);
    await decideOutbox(desk.deps, desk.ada, { id: held?.id ?? 0, decision: 'discard' });
    const draft = desk.deps.store.drafts.byTicket(FIRST, desk.ada.staffId, 'reply');
    expect(draft?.bodyHtml).toContain('Fine 👍');
    expect(listOutbox(desk.deps)).toEqual([]);
  });

  it('stops when the token is refused, and keeps what waits', async () => {
    await connected();
    reply('<p>Later</p>');
    const token = desk.server.state.tokens[0];
    if (token) token.isActive = false;
    expect((await sync()).ended).toMatchObject({ code: 'remote_token_refused' });
    expect(await runner.run()).toMatchObject({ ok: true });
    expect(runner.status()?.problem).toMatchObject({ code: 'remote_token_refused' });
    expect(runner.isDue()).toBe(false);
    expect(listOutbox(desk.deps)).toMatchObject([{ state: 'queued' }]);
    expect(await replaceToken(desk.deps, 'wrong')).toMatchObject({ error: { code: 'remote_token_refused' } });
    // A person asks once more; the machine by itself does not.
    expect(await runner.runNow()).toMatchObject({ value: { ended: { code: 'remote_token_refused' } } });
    expect(runner.isDue()).toBe(false);
    if (token) token.isActive = true;
    expect(await replaceToken(desk.deps, REMOTE_TOKEN)).toMatchObject({ ok: true });
    runner.reset();
    expect(await sync()).toMatchObject({ pushed: 1, ended: null, outbox: {} });
  });
});
