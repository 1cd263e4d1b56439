import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../../electron/core/access/tokenHash.ts';
import { mergeCustomers } from '../../electron/core/services/customerMerge.ts';
import { deleteCustomer, removeCustomer } from '../../electron/core/services/customerRemoval.ts';
import { createCustomer } from '../../electron/core/services/customers.ts';
import { generateDemo } from '../../electron/core/services/demo/generateDemo.ts';
import { importMail } from '../../electron/core/services/mailIntake.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { addMessage } from '../../electron/core/services/ticketWriter.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { PERMISSIONS } from '../../shared/contract/desk.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { SWITCHED_TEMPLATES } from '../../shared/contract/mail.ts';
import type { TicketDetail } from '../../shared/contract/tickets.ts';
import type { CustomerId, TicketId } from '../../shared/model/ids.ts';
import { err } from '../../shared/util/result.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const TOKEN = 'outbox-token';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  const { store, clock } = desk.deps;
  const row = { name: 'script', permissions: PERMISSIONS, ipList: [], isActive: true, now: clock.now() };
  store.tokens.insert({ ...row, tokenHash: hashToken(TOKEN) });
  store.settings.set({
    mailTemplatesOn: [...SWITCHED_TEMPLATES],
    siteName: 'Acme',
    attachmentTypes: ['txt'],
  });
  server = await startAppServer(desk);
  await server.signIn('sam');
});
afterEach(async () => {
  await server.close();
  desk.close();
});

interface Row {
  template: string;
  to_email: string;
  has_files: number;
  template_values: string;
  message_id: number | null;
}
const rows = (): Row[] => desk.deps.store.db.prepare<[], Row>('SELECT * FROM mail_outbox ORDER BY id').all();
/** What waits, as «template → address». */
const queued = (): string[] =>
  rows().map(
    ({ template, to_email, has_files }) => `${template} → ${to_email}${has_files ? ' + files' : ''}`,
  );
const valuesOf = (row: Row | undefined): unknown => JSON.parse(row?.template_values ?? 'null');

/** Calls the HelpDeskZ API as a script does. */
async function script(
  path: string,
  fields: Record<string, string>,
  file?: string,
): Promise<{ ticket_id?: number }> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  if (file !== undefined) body.append('attachment[]', new Blob(['a log']), file);
  const response = await fetch(`${server.url}/api/${path}`, {
    method: 'POST',
    headers: { token: TOKEN },
    body,
  });
  const answer = (await response.json()) as { success?: number; ticket_id?: number };
  expect(answer).toMatchObject({ success: 1 });
  return answer;
}

const opened = (opener: 'user' | 'staff', more: Record<string, string> = {}) =>
  script('tickets/create', {
    opener,
    user_id: String(desk.customer),
    staff_id: String(desk.agent.staffId),
    department_id: String(desk.departments[0]),
    subject: 'Printer jams',
    body: 'It jams every time',
    ...more,
  });
const written = (replier: 'user' | 'staff', more: Record<string, string> = {}) =>
  script('messages/create', {
    ticket_id: '1',
    replier,
    staff_id: String(desk.agent.staffId),
    message: 'Tray two',
    ...more,
  });
const inApp = (opener: 'customer' | 'staff', customer: object = { id: desk.customer }) =>
  server.call('tickets.create', {
    customer,
    departmentId: desk.departments[0],
    subject: 'Printer jams',
    bodyHtml: '<p>It jams</p>',
    opener,
  });
const mail = (id: string, more = '') =>
  importMail(desk.deps, {
    raw: Buffer.from(`From: Ann <ann@acme.example>\r\nMessage-ID: <${id}@x.example>\r\n${more}\r\nHello\r\n`),
    source: `${id}.eml`,
  });

const REPLY = 'staff_reply → ann@acme.example + files';
const CONFIRMATION = 'new_ticket → ann@acme.example';
const COLLEAGUES = 'staff_ticketnotification → sam@desk.example';

/** Cause × template × recipient (behaviour.md 3.3), every template on. */
const TABLE: [cause: string, run: () => Promise<unknown>, mails: string[]][] = [
  ['API users/create', () => script('users/create', { fullname: 'Bob', email: 'bob@x.example' }), []],
  [
    'API users/create notify=1',
    () => script('users/create', { fullname: 'Bob', email: 'bob@x.example', notify: '1' }),
    ['new_user → bob@x.example'],
  ],
  [
    'API users/create notify=0',
    () => script('users/create', { fullname: 'Bob', email: 'bob@x.example', notify: '0' }),
    [],
  ],
  ['API tickets/create by a customer', () => opened('user'), []],
  ['API tickets/create by a customer, notify=1', () => opened('user', { notify: '1' }), [CONFIRMATION]],
  ['API tickets/create by staff', () => opened('staff'), [REPLY]],
  ['API tickets/create by staff, notify=1', () => opened('staff', { notify: '1' }), [REPLY, CONFIRMATION]],
  ['API messages/create by a customer', () => written('user'), [COLLEAGUES]],
  ['API messages/create by staff', () => written('staff'), [REPLY]],
  ['API messages/create by staff with close', () => written('staff', { close: '1' }), [REPLY]],
  ['API tickets/update', () => script('tickets/update/1', { status: '5' }), []],
  ['API tickets/delete', () => script('tickets/delete/1', {}), []],
  ['app: a reply', () => server.call('tickets.reply', { ticketId: 1, bodyHtml: '<p>Yes</p>' }), [REPLY]],
  ['app: a note', () => server.call('tickets.addNote', { ticketId: 1, bodyHtml: '<p>Hm</p>' }), []],
  ['app: a ticket that we open', () => inApp('staff'), [REPLY]],
  ['app: a call noted down', () => inApp('customer'), []],
  [
    'app: a ticket for somebody new',
    () => inApp('staff', { email: 'new@x.example', name: 'New' }),
    ['staff_reply → new@x.example + files'],
  ],
  [
    'app: status and department',
    () => server.call('tickets.update', { ticketIds: [1], change: { status: 5, departmentId: 2 } }),
    [],
  ],
  ['import: a new ticket', () => mail('one', 'Subject: Old\r\n'), []],
  ['import: an answer', () => mail('two', 'Subject: Re: [#1] Old\r\n'), []],
  [
    'import: an answer of staff',
    () =>
      importMail(desk.deps, {
        raw: Buffer.from(
          'From: sam@desk.example\r\nMessage-ID: <3@x>\r\nSubject: Re: [#1] Old\r\n\r\nYes\r\n',
        ),
        source: 'three.eml',
      }),
    [],
  ],
  [
    'demo data',
    () =>
      generateDemo({
        store: desk.deps.store,
        files: desk.deps.files,
        clock: desk.clock,
        seed: 1,
        tickets: 20,
        isDeskInUse: false,
        onProgress: () => {},
      }),
    [],
  ],
];

describe('what is mailed to whom', () => {
  beforeEach(async () => {
    await opened('user');
    expect(queued()).toEqual([]);
  });

  it.each(TABLE)('%s', async (_cause, run, mails) => {
    await run();
    expect(queued()).toEqual(mails);
  });

  it('with the reference’s switches', async () => {
    desk.deps.store.settings.set({ mailTemplatesOn: ['new_user', 'new_ticket'] });
    await script('users/create', { fullname: 'Bob', email: 'bob@x.example', notify: '1' });
    await opened('user', { notify: '1' });
    await written('user');
    await written('staff');
    expect(queued()).toEqual(['new_user → bob@x.example', CONFIRMATION, REPLY]);
  });

  it('tells the active staff of the department, each address once', async () => {
    const { store, clock } = desk.deps;
    const add = (username: string, isActive: boolean, departments: number[]) => {
      const account = {
        passwordHash: '',
        role: 'agent',
        isActive,
        totpSecret: null,
        now: clock.now(),
      } as const;
      const email = username === 'twin' ? 'sam@desk.example' : `${username}@desk.example`;
      const id = store.staff.insert({ username, name: username, email, ...account });
      store.staff.setDepartments(id, departments as (typeof desk.departments)[number][]);
    };
    add('kim', true, [1, 2]);
    add('off', false, [1]);
    add('other', true, [2]);
    add('twin', true, [1]);
    await written('user');
    expect(queued()).toEqual([COLLEAGUES, 'staff_ticketnotification → kim@desk.example']);
  });
});

describe('a queued mail', () => {
  beforeEach(() => opened('user'));

  it('knows what the template will say: the status is the one before the reply', async () => {
    await written('staff');
    const [row] = rows();
    expect(valuesOf(row)).toEqual({
      client_name: 'Ann Lee',
      client_email: 'ann@acme.example',
      company_name: 'Acme',
      support_url: '',
      ticket_id: '1',
      ticket_subject: 'Printer jams',
      ticket_department: 'General',
      ticket_status: 'Open',
      ticket_priority: 'Low',
      staff_name: 'sam',
    });
    await written('staff');
    expect(valuesOf(rows()[1])).toMatchObject({ ticket_status: 'Answered' });
  });

  it('greets without a password', async () => {
    await script('users/create', { fullname: 'Bob', email: 'bob@x.example', notify: '1' });
    const values = {
      client_name: 'Bob',
      client_email: 'bob@x.example',
      company_name: 'Acme',
      support_url: '',
    };
    expect(valuesOf(rows()[0])).toEqual(values);
  });

  it('refers to its message, whose files go along', async () => {
    await script(
      'messages/create',
      { ticket_id: '1', replier: 'staff', staff_id: String(desk.agent.staffId), message: 'See the log' },
      'log.txt',
    );
    const messageId = rows()[0]?.message_id as never;
    expect(rows()).toMatchObject([{ has_files: 1 }]);
    expect(desk.deps.store.attachments.byMessage(messageId)).toMatchObject([{ name: 'log.txt' }]);
  });

  it('is written with its cause or not at all', () => {
    const failed = addMessage(desk.deps, desk.agent, {
      ticketId: 1 as TicketId,
      author: { kind: 'staff', staffId: desk.agent.staffId },
      bodyHtml: '<p>Yes</p>',
      source: 'app',
      alongside: () => err(appErrorOf('draft_not_found')),
    });
    expect(failed.ok).toBe(false);
    expect(queued()).toEqual([]);
  });

  it('is written once for a reply that is sent twice', async () => {
    const draft = {
      ticketId: 1,
      kind: 'reply',
      bodyHtml: '<p>Yes</p>',
      draftId: null,
      newTicket: null,
      uploadIds: [],
    };
    const saved = (await server.call('drafts.save', draft)) as { draft: { id: number } };
    const reply = { ticketId: 1, bodyHtml: '<p>Yes</p>', draftId: saved.draft.id };
    await Promise.all([server.call('tickets.reply', reply), server.call('tickets.reply', reply)]);
    expect(queued()).toEqual([REPLY]);
  });

  it('stays away with a reply that is undone', async () => {
    const sent = (await server.call('tickets.reply', { ticketId: 1, bodyHtml: '<p>Yes</p>' })) as {
      groupId: string;
    };
    await server.call('tickets.reply', { ticketId: 1, bodyHtml: '<p>No</p>' });
    await server.call('tickets.undo', { groupId: sent.groupId });
    expect(rows()).toHaveLength(1);
  });

  it('follows the customer to another address', async () => {
    await written('staff');
    await script(`users/update/${desk.customer}`, { new_email: 'ann@new.example' });
    expect(queued()).toEqual(['staff_reply → ann@new.example + files']);
  });
});

describe('what waits', () => {
  const waiting = async () => (await server.call('mail.outbox', undefined, { method: 'GET' })) as unknown;

  beforeEach(async () => {
    await opened('user');
    await written('staff');
    await server.signIn('ada');
  });

  it('is counted, but for what lies in the trash', async () => {
    expect(await waiting()).toEqual({ waiting: 1 });
    await trashTickets(desk.deps, desk.admin, [1 as TicketId]);
    expect(await waiting()).toEqual({ waiting: 0 });
    await server.call('tickets.restore', { ticketIds: [1] });
    expect(await waiting()).toEqual({ waiting: 1 });
  });

  it('is said at the message, and at no other', async () => {
    const path = 'tickets.get';
    const { messages } = (await server.call(path, { ticketId: 1 }, { method: 'GET' })) as TicketDetail;
    expect(messages.map(({ mail }) => mail)).toEqual([
      null,
      { state: 'waiting', toEmail: 'ann@acme.example' },
    ]);
  });

  it('goes with a ticket that is erased', async () => {
    await trashTickets(desk.deps, desk.admin, [1 as TicketId]);
    await purgeTickets(desk.deps, desk.admin, [1 as TicketId]);
    expect(rows()).toEqual([]);
  });

  it('goes with a customer who is erased', async () => {
    const id = desk.customer;
    const gone = await removeCustomer(server.services, desk.admin, { customerId: id, mode: 'erase' });
    expect(gone.ok).toBe(true);
    expect(rows()).toEqual([]);
  });

  it('goes over with a ticket to the customer who stays after a merge, and comes back', async () => {
    const made = createCustomer(desk.deps, desk.admin, { name: 'Ann L', email: 'ann@other.example' });
    const other = (made.ok ? made.value : 0) as CustomerId;
    const both = { customerId: other, mergedId: desk.customer, name: 'Ann Lee', email: 'ann@other.example' };
    const merged = await mergeCustomers(server.services, desk.admin, both);
    const owners = () => desk.deps.store.db.prepare('SELECT customer_id FROM mail_outbox').pluck().all();
    expect(owners()).toEqual([other]);
    await undoGroup(desk.deps, desk.admin, merged.ok ? merged.value.groupId : '');
    expect(owners()).toEqual([desk.customer]);
    expect(queued()).toEqual([REPLY]);
  });

  it('goes with a customer who is deleted, where it is no ticket’s', async () => {
    const made = createCustomer(desk.deps, desk.admin, { name: 'Bob', email: 'bob@x.example', notify: true });
    expect(queued()).toEqual([REPLY, 'new_user → bob@x.example']);
    await deleteCustomer(desk.deps, desk.admin, (made.ok ? made.value : 0) as CustomerId);
    expect(queued()).toEqual([REPLY]);
  });
});
