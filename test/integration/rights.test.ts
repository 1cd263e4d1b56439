import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppRouter, appRouter } from '../../electron/core/api/app/router.ts';
import { registerFiles } from '../../electron/core/api/files.ts';
import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { APP_RIGHTS, FILE_RIGHTS } from '../../electron/core/domain/rights.ts';
import { addUpload, saveDraft } from '../../electron/core/services/drafts.ts';
import { listSessions } from '../../electron/core/services/sessionList.ts';
import { openSession } from '../../electron/core/services/sessions.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { saveDraftInput } from '../../shared/contract/drafts.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import { ok, type Result } from '../../shared/util/result.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

/** Stands in everything that Zoe and her department have. */
const SECRET = 'zzsecret';

type Nested = AppRouter['_def']['record'];
type Call = {
  [Area in keyof Nested & string]: `${Area}.${keyof Nested[Area] & string}`;
}[keyof Nested & string];
/** Types fail here when a call of the router has no row in the table of rights. */
const CALLS = Object.keys(APP_RIGHTS satisfies Record<Call, string>) as Call[];

let desk: TestDesk;
let server: AppServer;
let theirs: Awaited<ReturnType<typeof plant>>;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
  theirs = await plant();
});
afterEach(async () => {
  theirs.endJob();
  await server.close();
  desk.close();
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.field ?? ''}`);
  return result.value;
}

/** Zoe, agent of the second department, with tickets, a draft, an upload, a session and a job. */
async function plant() {
  const { deps, departments } = desk;
  const [, other] = departments;
  const account = { passwordHash: '', isActive: true, totpSecret: null, now: deps.clock.now() };
  const staffId = deps.store.staff.insert({
    ...account,
    username: 'zoe',
    name: 'Zoe',
    email: 'zoe@desk.example',
    role: 'agent',
  });
  deps.store.staff.setDepartments(staffId, [other]);
  const zoe: StaffActor = { kind: 'staff', staffId, name: 'Zoe', role: 'agent', scope: [other] };
  const file = async () =>
    value(
      await addUpload(deps, zoe, {
        name: `${SECRET}.txt`,
        mediaType: 'text/plain',
        content: Readable.from([Buffer.from(SECRET)]),
      }),
    ).id;
  const ticket = async () =>
    value(
      createTicketAsStaff(
        deps,
        zoe,
        createTicketInput.parse({
          customer: { id: desk.customer },
          departmentId: other,
          subject: SECRET,
          bodyHtml: `<p>${SECRET}</p>`,
          uploadIds: [await file()],
        }),
      ),
    );
  const { ticketId, messageId } = await ticket();
  const { groupId } = value(
    replyAsStaff(deps, zoe, replyInput.parse({ ticketId, bodyHtml: `<p>${SECRET} again</p>` })),
  );
  const trashed = (await ticket()).ticketId;
  value(await trashTickets(deps, zoe, [trashed]));
  const uploadId = await file();
  const draft = saveDraftInput.parse({
    draftId: null,
    ticketId,
    kind: 'reply',
    bodyHtml: `<p>${SECRET}</p>`,
    uploadIds: [uploadId],
  });
  const draftId = value(saveDraft(deps, zoe, draft)).id;
  const attachmentId = deps.store.attachments.byMessage(messageId)[0]?.id;
  value(openSession(deps, staffId, { address: SECRET, userAgent: SECRET }));
  const sessionId = listSessions(deps, staffId, null)[0]?.id;
  let endJob = (): void => {};
  const { job } = server.services.jobs.start({
    kind: 'bulk_update',
    label: SECRET,
    startedBy: staffId,
    run: () => new Promise((resolve) => (endJob = () => resolve(ok(null)))),
  });
  const ids = { ticketId, trashed, messageId, groupId, uploadId, draftId, attachmentId, sessionId };
  return { ...ids, jobId: job.id, endJob };
}

type Walk = readonly [method: 'GET' | 'POST', input: unknown, answer: unknown];

/** What an agent of another department is answered: an error's code, or what must be in the answer. */
function foreignWalks(): Partial<Record<Call, Walk>> {
  const { ticketId, trashed, messageId, groupId, uploadId, draftId, sessionId, jobId, attachmentId } = theirs;
  const gone = 'ticket_not_found';
  const body = '<p>Mine now</p>';
  return {
    'queues.page': ['GET', { queue: { kind: 'waiting' } }, { rows: [] }],
    'queues.counts': ['GET', undefined, { open: 0, waiting: 0, trash: 0 }],
    'queues.rows': ['GET', { ticketIds: [ticketId, trashed] }, { rows: [] }],
    'tickets.get': ['GET', { ticketId }, gone],
    'tickets.history': ['GET', { ticketId }, gone],
    'tickets.create': [
      'POST',
      { customer: { id: 1 }, departmentId: 1, subject: 'Mine', bodyHtml: body, uploadIds: [uploadId] },
      'upload_not_found',
    ],
    'tickets.reply': ['POST', { ticketId, bodyHtml: body, seenMessageId: messageId }, gone],
    'tickets.addNote': ['POST', { ticketId, bodyHtml: body }, gone],
    'tickets.update': ['POST', { ticketIds: [ticketId], change: { departmentId: 1 } }, gone],
    'tickets.trash': ['POST', { ticketIds: [ticketId] }, gone],
    'tickets.restore': ['POST', { ticketIds: [trashed] }, gone],
    'tickets.undo': ['POST', { groupId }, 'cannot_undo'],
    'tickets.markRead': ['POST', { ticketId }, gone],
    'tickets.markUnread': ['POST', { ticketId }, gone],
    'search.query': ['GET', { text: SECRET }, { rows: [] }],
    'search.suggest': ['GET', { text: SECRET }, { tickets: [] }],
    'customers.search': ['GET', { text: 'Ann' }, { customers: [{ openTickets: 0, totalTickets: 0 }] }],
    'customers.get': ['GET', { customerId: 1 }, { tickets: [], customer: { totalTickets: 0 } }],
    'departments.list': ['GET', undefined, { departments: [{}, {}, {}] }],
    'staff.list': ['GET', undefined, { staff: [{}, {}, {}] }],
    'profile.get': ['GET', undefined, { username: 'sam' }],
    'profile.update': ['POST', { email: 'no address' }, 'invalid_input'],
    'profile.changePassword': [
      'POST',
      { currentPassword: 'x', newPassword: 'long enough' },
      'password_wrong',
    ],
    'profile.offerSecondFactor': ['POST', {}, { secret: expect.any(String) }],
    'profile.confirmSecondFactor': ['POST', {}, 'invalid_input'],
    'profile.dropSecondFactor': ['POST', {}, 'invalid_input'],
    'profile.renewRecoveryCodes': ['POST', {}, 'invalid_input'],
    'profile.removeAvatar': ['POST', {}, undefined],
    'profile.sessions': ['GET', undefined, { sessions: [{ isThis: true }] }],
    'profile.endSession': ['POST', { sessionId }, 'not_found'],
    'appPasswords.list': ['GET', undefined, { appPasswords: [] }],
    'appPasswords.create': ['POST', {}, 'invalid_input'],
    'appPasswords.remove': ['POST', { id: 1 }, 'not_found'],
    'tags.list': ['GET', undefined, { tags: [] }],
    'drafts.get': ['GET', { ticketId, kind: 'reply' }, { draft: null }],
    'drafts.list': ['GET', undefined, { drafts: [] }],
    'drafts.save': ['POST', { draftId, ticketId, kind: 'reply', bodyHtml: body }, 'draft_not_found'],
    'drafts.discard': ['POST', { draftId }, 'draft_not_found'],
    'uploads.remove': ['POST', { uploadId }, 'upload_not_found'],
    'settings.get': ['GET', undefined, { siteName: expect.any(String) }],
    'jobs.list': ['GET', undefined, { jobs: [] }],
    'sync.status': ['GET', undefined, { status: null }],
    'aboard.fetchLater': ['POST', { attachmentId }, 'attachment_not_found'],
    'sync.attend': ['POST', { isBack: true }, undefined],
    'sync.fetchThread': ['POST', { ticketId }, gone],
    'sync.refresh': ['POST', { ticketId }, gone],
    'sync.undoable': ['GET', { groupId }, { canUndo: false }],
    'sync.fileLimits': ['GET', undefined, { limits: null }],
    'jobs.cancel': ['POST', { id: jobId }, 'not_found'],
    'workspaces.list': ['GET', undefined, { canSwitch: false, canChange: false, workspaces: [] }],
    'workspaces.open': ['POST', { key: 'aaaaaaaaaaaa' }, 'workspaces_at_machine_only'],
  };
}

const METHODS = { query: 'GET', mutation: 'POST', subscription: 'GET' } as const;
const methodOf = (call: Call): 'GET' | 'POST' =>
  METHODS[
    (appRouter._def.procedures as unknown as Record<Call, { _def: { type: keyof typeof METHODS } }>)[call]
      ._def.type
  ];
const callsFor = (...callers: string[]): Call[] => CALLS.filter((call) => callers.includes(APP_RIGHTS[call]));

/** Everything that is kept, but for what signing in and asking leave behind. */
function everything(): unknown {
  const { db } = desk.deps.store;
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    .pluck()
    .all()
    .filter((name) => !/^(sqlite_|search_|suggest_|staff_sessions|login_)/.test(name));
  return Object.fromEntries(tables.map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all()]));
}

describe('every call of the app API', () => {
  it('has its row in the table of rights, and no row is left over', () => {
    expect(Object.keys(appRouter._def.procedures).sort()).toEqual([...CALLS].sort());
  });

  it('wants a session, but for the first screen and signing in', async () => {
    const before = everything();
    for (const call of callsFor('staff', 'admin', 'setup')) {
      expect([call, await server.call(call, undefined, { method: methodOf(call) })]).toEqual([
        call,
        'signed_out',
      ]);
    }
    expect(everything()).toEqual(before);
  });

  it('that is an administrator’s is refused to an agent, whatever it asks', async () => {
    await server.signIn('sam');
    const before = everything();
    for (const call of callsFor('admin', 'setup')) {
      expect([call, await server.call(call, undefined, { method: methodOf(call) })]).toEqual([
        call,
        'forbidden',
      ]);
    }
    expect(everything()).toEqual(before);
  });

  it('keeps an agent of another department from what is not theirs', async () => {
    await server.signIn('sam');
    const before = everything();
    const walks = foreignWalks();
    expect(Object.keys(walks).sort()).toEqual(callsFor('staff').sort());
    for (const [call, walk] of Object.entries(walks)) {
      const [method, input, expected] = walk;
      const answer = await server.call(call, input, { method });
      if (typeof expected === 'object') expect([call, answer]).toMatchObject([call, expected]);
      else expect([call, answer]).toEqual([call, expected]);
      expect([call, JSON.stringify(answer)]).not.toEqual([call, expect.stringContaining(SECRET)]);
    }
    expect(everything()).toEqual(before);
  });

  it('opens for who has the right: the same walk as Zoe and as administrator', async () => {
    await server.signIn('zoe');
    const walks = foreignWalks();
    const found: string[] = [];
    for (const [call, [method, input]] of Object.entries(walks)) {
      if (method === 'GET' && JSON.stringify(await server.call(call, input, { method })).includes(SECRET))
        found.push(call);
    }
    expect(found).toEqual([
      'queues.page',
      'queues.rows',
      'tickets.get',
      'tickets.history',
      'search.query',
      'search.suggest',
      'customers.get',
      'profile.sessions',
      'drafts.get',
      'drafts.list',
      'jobs.list',
    ]);
    await server.signIn('ada');
    for (const call of callsFor('admin', 'setup')) {
      const answer = await server.call(call, undefined, { method: methodOf(call) });
      expect([call, answer]).not.toEqual([call, 'forbidden']);
      expect([call, answer]).not.toEqual([call, 'signed_out']);
    }
  });

  it('shows an administrator every ticket and job, but nobody’s drafts', async () => {
    await server.signIn('ada');
    const walks = foreignWalks();
    const ask = async (call: Call): Promise<string> =>
      JSON.stringify(await server.call(call, walks[call]?.[1], { method: 'GET' }));
    for (const call of ['tickets.get', 'queues.rows', 'jobs.list'] as const)
      expect(await ask(call)).toContain(SECRET);
    for (const call of ['drafts.get', 'drafts.list'] as const) expect(await ask(call)).not.toContain(SECRET);
    expect(await server.call('drafts.discard', { draftId: theirs.draftId })).toBe('draft_not_found');
    expect(await server.call('uploads.remove', { uploadId: theirs.uploadId })).toBe('upload_not_found');
    await server.call('jobs.cancel', { id: theirs.jobId });
    theirs.endJob();
    await expect.poll(() => server.services.jobs.list()[0]?.state).toBe('cancelled');
  });
});

describe('every route of files', () => {
  const routes = (): string[] => {
    const found: string[] = [];
    const app = Fastify({ exposeHeadRoutes: false });
    app.addHook('onRoute', ({ method, url }) => void found.push(`${String(method)} ${url}`));
    registerFiles(app, () => null);
    return found;
  };
  const ask = async (route: string): Promise<[status: number, text: string]> => {
    const [method = '', pattern = ''] = route.split(' ');
    const ids: Record<string, unknown> = {
      '/files/uploads/:id': theirs.uploadId,
      '/files/attachments/:id': theirs.attachmentId,
      '/files/mail/:id': theirs.messageId,
    };
    const address = pattern.replace(':id', String(ids[pattern] ?? 1));
    const response = await fetch(`${server.url}${address}${method === 'POST' ? '?name=a.eml' : ''}`, {
      method,
      headers: { origin: server.url, cookie: server.cookie() },
      ...(method === 'POST' ? { body: 'x' } : {}),
    });
    return [response.status, await response.text()];
  };
  const THEIRS = ['GET /files/uploads/:id', 'GET /files/attachments/:id', 'GET /files/mail/:id'];

  it('has its row in the table of rights', () => {
    expect(routes().sort()).toEqual(Object.keys(FILE_RIGHTS).sort());
  });

  it('wants a session', async () => {
    for (const route of routes()) expect([route, (await ask(route))[0]]).toEqual([route, 401]);
  });

  it('shows an agent nothing of another department, and nobody’s uploads', async () => {
    await server.signIn('sam');
    for (const route of THEIRS) expect([route, (await ask(route))[0]]).toEqual([route, 404]);
    expect((await ask('POST /files/import'))[0]).toBe(403);
    await server.signIn('zoe');
    for (const route of THEIRS) {
      const [status, text] = await ask(route);
      expect([route, status, text.includes(SECRET)]).toEqual([route, 200, true]);
    }
    await server.signIn('ada');
    expect(await Promise.all(THEIRS.map(async (route) => (await ask(route))[0]))).toEqual([404, 200, 200]);
    expect((await ask('POST /files/import'))[0]).toBe(200);
  });
});
