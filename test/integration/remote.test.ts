import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openAttachment } from '../../electron/core/services/attachments.ts';
import { signIn } from '../../electron/core/services/sessions.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { connectDesk } from '../../electron/core/sync/account/connect.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import type { ConnectInput } from '../../shared/contract/sync.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { AttachmentId, MessageId, TicketId } from '../../shared/model/ids.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';
import { REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';

const { desk, mirror } = eachMirror({ connects: false });

describe('connecting', () => {
  it('says what is wrong, and writes nothing before everything is right', async () => {
    const token = desk.server.state.tokens[0];
    if (!token) throw new Error('no token');
    const code = async (change: Partial<ConnectInput>) => {
      const tried = await connectDesk(desk.deps, mirror.account(change));
      return tried.ok ? 'connected' : tried.error.code;
    };
    expect(await code({ url: 'http://127.0.0.1:9' })).toBe('remote_no_connection');
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
    const tried = await connectDesk(desk.deps, mirror.account({ url }));
    other.close();
    expect(tried).toMatchObject({ ok: false, error: { code: 'remote_not_helpdeskz' } });
  });

  it('names the permissions that the token lacks for writing', async () => {
    const token = desk.server.state.tokens[0];
    const reads = ['departments', 'tickets', 'users'].map((what) => `Get list/details of ${what}.`);
    const others = ['Get information/details of staff users.', 'Validate staff authentication.'];
    if (token) token.permissions = [...reads, ...others, 'Add a message to ticket.'];
    const tried = await connectDesk(desk.deps, mirror.account());
    expect(tried).toMatchObject({
      ok: true,
      value: {
        missing: [
          'Get messages from a ticket.',
          'Get list/details of attachments.',
          'Get file content from an attachment.',
          'Create users.',
          'Create tickets.',
          'Update ticket status or department.',
          'Update users.',
          'Create departments.',
          'Update departments.',
          'Delete users.',
          'Delete departments.',
          'Delete tickets.',
          'Delete attachments.',
        ],
      },
    });
  });

  it('asks a token that may do everything without changing anything there', async () => {
    const { state } = desk.server;
    const before = state.version;
    const tried = await connectDesk(desk.deps, mirror.account());
    expect(tried).toMatchObject({ ok: true, value: { missing: [] } });
    expect(state.version).toBe(before);
  });

  it('keeps the token sealed and the password as a verifier: the desk opens without a network', async () => {
    await mirror.connect();
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
    await mirror.connect();
    const { store } = desk.deps;
    expect(store.tickets.byId(FIRST)).toMatchObject({ subject: 'Printer 1', status: 1, messageCount: 1 });
    expect(store.customers.byId(1 as never)).toMatchObject({ name: 'Ann O’Lee'.replace('’', "'") });
    const before = store.db.prepare('SELECT total_changes()').pluck().get();
    expect(await mirror.sync()).toMatchObject({ requests: 6, pulled: 0, pushed: 0, ended: null });
    expect(store.db.prepare('SELECT total_changes()').pluck().get()).toBe(before);
  });

  it('sends a reply with its file once, and finds it again', async () => {
    await mirror.connect();
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
    expect(await mirror.sync()).toMatchObject({ pushed: 1, outbox: {} });
    await mirror.sync();
    const sent = mirror.thread().filter(({ customer }) => !customer);
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
    await mirror.connect();
    const { state } = desk.server;
    const content = Buffer.from('%PDF-1.4 a bill');
    state.attachments.set(7, {
      ...{ id: 7, messageId: 1, ticketId: 1, name: 'bill.pdf', filetype: 'application/pdf', content },
      isFileGone: false,
    });
    mirror.customerWrites('See the file');
    await mirror.sync();
    desk.deps.store.remoteFiles.check(1 as MessageId, 0, 1);
    await mirror.sync();
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
    await mirror.connect();
    const input = createTicketInput.parse({
      customer: { email: 'bob@mail.example', name: 'Bob' },
      departmentId: 2,
      status: 4,
      subject: 'Called in',
      bodyHtml: '<p>By phone</p>',
    });
    const made = createTicketAsStaff(desk.deps, desk.ada, input);
    expect(made).toMatchObject({ ok: true });
    expect(await mirror.sync()).toMatchObject({ pushed: 3, outbox: {} });
    const ticket = desk.server.state.tickets.get(4);
    expect(ticket).toMatchObject({ subject: 'Called in', status: 4, departmentId: 2, userId: 2 });
    if (made.ok) expect(desk.deps.store.remoteTickets.remoteId('tickets', made.value.ticketId)).toBe(4);
  });

  it('shows on ticket and message what is not there yet, and nothing once it is', async () => {
    await mirror.connect();
    const written = mirror.reply('<p>Soon</p>');
    if (!written.ok) throw new Error(written.error.code);
    const shown = () => {
      const detail = ticketDetail(desk.deps, desk.ada, FIRST, null);
      if (!detail.ok) throw new Error(detail.error.code);
      return [detail.value.ticket.sending, ...detail.value.messages.map(({ sending }) => sending)];
    };
    expect(shown()).toEqual(['waiting', null, { state: 'queued', reason: '' }]);
    await mirror.sync();
    expect(shown()).toEqual([null, null, null]);
  });

  it('puts off what could not be sent, and sends it all with the first run that gets through', async () => {
    await mirror.connect();
    mirror.reply('<p>Soon</p>');
    await desk.goOffline();
    expect((await mirror.sync()).ended).toMatchObject({ code: 'remote_unreachable' });
    expect(listOutbox(desk.deps)).toMatchObject([{ state: 'queued' }]);
    await desk.goOnline();
    expect(await mirror.sync()).toMatchObject({ pushed: 1, outbox: {} });
  });

  it('is not held up by a crowd that waits for a customer who was refused', async () => {
    await mirror.connect();
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
    mirror.reply('<p>Behind the crowd</p>');
    expect(await mirror.sync()).toMatchObject({ pushed: 1 });
    expect(mirror.thread()).toHaveLength(2);
  });

  it('takes a queued reply back, and a delivered one not', async () => {
    await mirror.connect();
    const first = mirror.reply('<p>Too early</p>');
    if (!first.ok) throw new Error(first.error.code);
    expect(await undoGroup(desk.deps, desk.ada, first.value.groupId)).toMatchObject({ ok: true });
    expect(listOutbox(desk.deps)).toEqual([]);
    const second = mirror.reply('<p>Now</p>');
    await mirror.sync();
    if (!second.ok) throw new Error(second.error.code);
    const undone = await undoGroup(desk.deps, desk.ada, second.value.groupId);
    expect(undone).toMatchObject({ ok: false, error: { code: 'cannot_undo' } });
    expect(mirror.thread().map(({ message }) => message)).toHaveLength(2);
  });
});

describe('a run that is asked for during another', () => {
  it('begins after it, once for all who asked', async () => {
    await mirror.connect();
    const first = mirror.runner.run();
    const [second, third] = [mirror.runner.run(), mirror.runner.run()];
    await first;
    const late = mirror.customerOpens('Came late', 'After the first') as TicketId;
    expect(await second).toMatchObject({ ok: true, value: { ended: null } });
    expect(desk.deps.store.tickets.byId(late)?.subject).toBe('Came late');
    expect(await third).toBe(await second);
    expect(await first).not.toBe(await second);
  });

  it('by a decision, too: the next one does not wait its time', async () => {
    await mirror.connect();
    expect(mirror.runner.isDue()).toBe(false);
    const run = mirror.runner.run();
    mirror.runner.nudge();
    await run;
    expect(mirror.runner.isDue()).toBe(true);
    await mirror.sync();
    expect(mirror.runner.isDue()).toBe(false);
  });

  it('is not begun any more when the program ends', async () => {
    await mirror.connect();
    const runs = [mirror.runner.run(), mirror.runner.run()];
    mirror.runner.cancel();
    for (const run of runs) expect(await run).toMatchObject({ value: { ended: { code: 'cancelled' } } });
  });
});

describe('closing', () => {
  it('does not wait for a run: what was on its way is looked up by the next one', async () => {
    await mirror.connect();
    mirror.reply('<p>On its way</p>');
    const run = mirror.runner.run();
    mirror.runner.cancel();
    expect(await run).toMatchObject({ ok: true, value: { ended: { code: 'cancelled' } } });
    await mirror.sync();
    await mirror.sync();
    const copies = mirror.thread().filter(({ message }) => message.includes('On its way'));
    const waits = listOutbox(desk.deps).filter(({ state }) => state === 'uncertain' || state === 'queued');
    expect(copies.length + waits.length).toBe(1);
  });
});
