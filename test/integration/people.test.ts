import { request as httpRequest } from 'node:http';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSessions } from '../../electron/core/services/sessionList.ts';
import { createTicket } from '../../electron/core/services/ticketWriter.ts';
import type { DepartmentId, StaffId } from '../../shared/model/ids.ts';
import { type AppServer, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
});
afterEach(async () => {
  await server.close();
  desk.close();
});

const get = (path: string, input?: unknown, headers: Record<string, string> = {}) =>
  server.call(path, input, { method: 'GET', headers });

/** Signs in beside the admin of `server`, with a cookie of its own. */
async function enter(username: string, password: string, code?: string): Promise<string> {
  const response = await fetch(`${server.url}/trpc/session.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ username, password, ...(code ? { code } : {}) }),
  });
  const answer = (await response.json()) as { error?: { data: { appError: { code: string } } } };
  if (answer.error) return answer.error.data.appError.code;
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function newTickets(count: number, departmentId: DepartmentId): void {
  for (let at = 0; at < count; at += 1) {
    createTicket(
      desk.deps,
      { kind: 'system', name: 'test' },
      {
        customerId: desk.customer,
        departmentId,
        subject: `Ticket ${at}`,
        bodyHtml: '<p>Help</p>',
        author: { kind: 'customer' },
        source: 'api',
      },
    );
  }
}

const ZOE = { username: 'zoe', name: 'Zoë', email: 'zoe@desk.example', role: 'agent' as const };

async function addZoe(departmentIds: readonly DepartmentId[], password: string | null = 'Zoe1Password') {
  const done = await server.call('staff.create', { ...ZOE, departmentIds, password });
  return done as { staff: { id: StaffId }; password: string | null };
}

/** An open event stream, and the promise of its end. */
function listen(cookie: string): { greeted: Promise<void>; ended: Promise<string> } {
  let said = '';
  const { promise: greeted, resolve: onHello } = Promise.withResolvers<void>();
  const { promise: ended, resolve: onEnd } = Promise.withResolvers<string>();
  httpRequest(`${server.url}/events`, { headers: { cookie } }, (response) => {
    response.on('data', (chunk) => {
      said += String(chunk);
      onHello();
    });
    response.on('end', () => onEnd(said));
  }).end();
  return { greeted, ended };
}

describe('staff', () => {
  it('is an administrator’s business', async () => {
    await server.signIn('sam');
    const { departments, admin } = desk;
    const own = { ...ZOE, departmentIds: [] };
    for (const [path, input] of [
      ['staff.create', { ...own, password: null }],
      ['staff.update', { ...own, staffId: desk.agent.staffId }],
      ['staff.setActive', { staffId: admin.staffId, isActive: false }],
      ['staff.resetPassword', { staffId: admin.staffId }],
      ['staff.dropSecondFactor', { staffId: admin.staffId }],
      ['staff.endSession', { staffId: admin.staffId, sessionId: 'A'.repeat(32) }],
      ['departments.create', { name: 'New', isPrivate: false }],
      ['departments.update', { departmentId: departments[0], name: 'New', isPrivate: false }],
      ['departments.reorder', { departmentIds: departments }],
      ['departments.delete', { departmentId: departments[0], moveTo: null }],
    ] as const)
      expect(await server.call(path, input), path).toBe('forbidden');
    for (const [path, input] of [
      ['staff.records', undefined],
      ['staff.signIns', { staffId: null }],
      ['staff.sessions', { staffId: admin.staffId }],
      ['departments.deletion', { departmentId: departments[0] }],
    ] as const)
      expect(await get(path, input), path).toBe('forbidden');
  });

  it('gets a generated password that is answered once and stored nowhere', async () => {
    await server.signIn();
    const { staff, password } = await addZoe([desk.departments[0]], null);
    expect(password).toHaveLength(16);
    expect(await enter('ZOE', password ?? '')).toMatch(/^staffdesk_test=/);
    expect(await addZoe([])).toBe('username_taken');
    const rows = ['operations', 'staff', 'login_log'].map((table) =>
      desk.deps.store.db.prepare(`SELECT * FROM ${table}`).all(),
    );
    expect(JSON.stringify(rows)).not.toContain(password);
    const records = await get('staff.records');
    expect(records).toMatchObject({ staff: [{}, {}, { id: staff.id, lastSignInAt: desk.clock.now() }] });
    expect(JSON.stringify(records)).not.toContain('argon2');
    const log = await get('staff.signIns', { staffId: staff.id });
    expect(log).toMatchObject({ signIns: [{ username: 'ZOE', succeeded: true, address: '127.0.0.1' }] });
  });

  it('sees their departments only, from the moment these change', async () => {
    await server.signIn();
    newTickets(2, desk.departments[0]);
    newTickets(3, desk.departments[1]);
    const { staff } = await addZoe([desk.departments[0]]);
    const cookie = await enter('zoe', 'Zoe1Password');
    expect(await get('queues.counts', undefined, { cookie })).toMatchObject({ open: 2 });
    const stream = listen(cookie);
    await stream.greeted;
    const changed = { ...ZOE, staffId: staff.id, departmentIds: [desk.departments[1]] };
    await server.call('staff.update', changed);
    expect(await get('queues.counts', undefined, { cookie })).toMatchObject({ open: 3 });
    const page = { queue: { kind: 'department', departmentId: desk.departments[0] } };
    expect(await get('queues.page', page, { cookie })).toMatchObject({ rows: [] });
    // The window comes back with its new rights and fetches everything again.
    expect(await stream.ended).not.toContain('desk_changed');
    expect(await get('session.me', undefined, { cookie })).toMatchObject({
      viewer: { staff: { departmentIds: [desk.departments[1]] } },
    });
    expect(await server.call('staff.update', { ...changed, departmentIds: [99] })).toBe(
      'department_not_found',
    );
  });

  it('that is switched off is out at once, with its open streams', async () => {
    await server.signIn();
    const { staff } = await addZoe([desk.departments[0]]);
    const cookie = await enter('zoe', 'Zoe1Password');
    const stream = listen(cookie);
    await stream.greeted;
    await server.call('staff.setActive', { staffId: staff.id, isActive: false });
    expect(await get('queues.counts', undefined, { cookie })).toBe('signed_out');
    expect(await stream.ended).not.toContain('desk_changed');
    expect(await enter('zoe', 'Zoe1Password')).toBe('account_locked');
    await server.call('staff.setActive', { staffId: staff.id, isActive: true });
    // The old cookie stays dead.
    expect(await get('queues.counts', undefined, { cookie })).toBe('signed_out');
    expect(await enter('zoe', 'Zoe1Password')).toMatch(/^staffdesk_test=/);
  });

  it('keeps an active administrator, and nobody takes their own power', async () => {
    await server.signIn();
    const ada = { username: 'ada', name: 'Ada', email: 'ada@desk.example', departmentIds: [] };
    const demoted = { ...ada, staffId: desk.admin.staffId, role: 'agent' };
    const off = { staffId: desk.admin.staffId, isActive: false };
    expect(await server.call('staff.update', demoted)).toBe('last_admin');
    expect(await server.call('staff.setActive', off)).toBe('last_admin');
    await server.call('staff.create', { ...ZOE, role: 'admin', departmentIds: [], password: 'Zoe1Password' });
    expect(await server.call('staff.update', demoted)).toBe('own_account');
    expect(await server.call('staff.setActive', off)).toBe('own_account');
    const cookie = await enter('zoe', 'Zoe1Password');
    expect(await server.call('staff.update', demoted, { headers: { cookie } })).toMatchObject({
      staff: { role: 'agent' },
    });
    expect(await get('staff.records')).toBe('forbidden');
  });

  it('loses its sessions with a reset password, and one session by choice', async () => {
    await server.signIn();
    const { staff } = await addZoe([]);
    const [first, second] = [await enter('zoe', 'Zoe1Password'), await enter('zoe', 'Zoe1Password')];
    const isIn = async (cookie: string) =>
      (await get('queues.counts', undefined, { cookie })) !== 'signed_out';
    const one = listSessions(desk.deps, staff.id, first.split('=')[1] ?? '').find(({ isThis }) => isThis);
    expect(await server.call('staff.endSession', { staffId: staff.id, sessionId: one?.id })).toBeUndefined();
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
    const reset = (await server.call('staff.resetPassword', { staffId: staff.id })) as { password: string };
    expect(await isIn(second)).toBe(false);
    expect(await enter('zoe', 'Zoe1Password')).toBe('bad_credentials');
    expect(await isIn(await enter('zoe', reset.password))).toBe(true);
  });
});

describe('departments', () => {
  it('are made, renamed, hidden and put in order', async () => {
    await server.signIn();
    const made = (await server.call('departments.create', { name: ' Billing ', isPrivate: true })) as {
      departmentId: DepartmentId;
    };
    const [a, b, c] = desk.departments;
    const order = [made.departmentId, c, b, a];
    await server.call('departments.reorder', { departmentIds: order });
    await server.call('departments.update', { departmentId: c, name: 'Shop', isPrivate: false });
    expect(await get('departments.list')).toMatchObject({
      departments: [{ name: 'Billing', isPrivate: true }, { name: 'Shop' }, { id: b }, { id: a }],
    });
    expect(await server.call('departments.reorder', { departmentIds: [a, b, c] })).toBe(
      'department_not_found',
    );
    expect(await server.call('departments.create', { name: ' ', isPrivate: false })).toBe('name_missing');
    expect(await get('departments.deletion', { departmentId: a })).toEqual({
      tickets: 0,
      agentsLeftWithout: ['sam'],
    });
  });

  it('hand their tickets on in slices, or to the trash, and the last one stays', async () => {
    await server.signIn();
    const [a, b, c] = desk.departments;
    newTickets(250, a);
    newTickets(2, b);
    desk.clock.tick = 1; // each look at the clock: several slices
    expect(await get('departments.deletion', { departmentId: a })).toMatchObject({ tickets: 250 });
    expect(await server.call('departments.delete', { departmentId: a, moveTo: a })).toBe(
      'department_not_found',
    );
    expect(await server.call('departments.delete', { departmentId: a, moveTo: b })).toEqual({ tickets: 250 });
    expect(server.services.jobs.list()).toMatchObject([{ label: 'Moving 250 tickets', done: 250 }]);
    expect(await get('queues.counts')).toMatchObject({ open: 252 });
    expect(await server.call('departments.delete', { departmentId: b, moveTo: null })).toEqual({
      tickets: 252,
    });
    expect(await get('queues.counts')).toMatchObject({ open: 0 });
    expect(await server.call('departments.delete', { departmentId: c, moveTo: null })).toBe(
      'last_department',
    );
    expect(await get('departments.list')).toMatchObject({ departments: [{ id: c }] });
  });

  it('stay with what is left when the job is cancelled', async () => {
    await server.signIn();
    const [a, b] = desk.departments;
    newTickets(250, a);
    desk.clock.tick = 1;
    const stop = desk.deps.events.subscribe(({ event }) => {
      if (event.type === 'job' && event.job.state === 'running') server.services.jobs.cancel(event.job.id);
    });
    expect(await server.call('departments.delete', { departmentId: a, moveTo: b })).toBe('cancelled');
    stop();
    desk.clock.tick = 0;
    expect(desk.deps.store.departments.byId(a)).toBeDefined();
    const left = desk.deps.store.departments.countTickets(a);
    expect(await server.call('departments.delete', { departmentId: a, moveTo: b })).toEqual({
      tickets: left,
    });
    expect(desk.deps.store.departments.countTickets(b)).toBe(250);
  });
});

describe('profile', () => {
  it('changes name, e-mail and password; other sessions end, this one stays', async () => {
    await server.signIn('sam');
    const other = await enter('sam', 'correct horse');
    expect(await server.call('profile.update', { name: ' Sam Q ', email: 'q@desk.example' })).toMatchObject({
      name: 'Sam Q',
    });
    const change = (currentPassword: string) =>
      server.call('profile.changePassword', { currentPassword, newPassword: 'battery staple' });
    expect(await change('wrong')).toBe('password_wrong');
    expect(await change('correct horse')).toBeUndefined();
    expect(await get('queues.counts', undefined, { cookie: other })).toBe('signed_out');
    expect(await get('session.me')).toMatchObject({ viewer: { staff: { name: 'Sam Q', role: 'agent' } } });
    expect(await enter('sam', 'correct horse')).toBe('bad_credentials');
    expect(await enter('sam', 'battery staple')).toMatch(/^staffdesk_test=/);
  });

  it('counts wrong passwords as signing in does', async () => {
    await server.signIn('sam');
    const change = (currentPassword: string) =>
      server.call('profile.changePassword', { currentPassword, newPassword: 'battery staple' });
    const guesses = await Promise.all([change('a'), change('b'), change('c'), change('d')]);
    expect(guesses.sort()).toEqual(['login_locked', ...Array(3).fill('password_wrong')]);
    expect(await change('correct horse')).toBe('login_locked');
    desk.clock.advance(6 * 60_000);
    expect(await change('correct horse')).toBeUndefined();
  });

  it('takes a second factor once a code proves it; an administrator may take it away', async () => {
    await server.signIn('sam');
    const currentPassword = 'correct horse';
    const offer = (await server.call('profile.offerSecondFactor')) as { secret: string; uri: string };
    expect(offer.uri).toMatch(/^otpauth:\/\/totp\/.*sam\?.*secret=[A-Z2-7]{32}/);
    const codeNow = () =>
      new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate({ timestamp: desk.clock.now() });
    const confirm = (code: string, password = currentPassword) =>
      server.call('profile.confirmSecondFactor', { secret: offer.secret, code, currentPassword: password });
    const wrong = codeNow() === '000000' ? '000001' : '000000';
    expect(await confirm(codeNow(), 'wrong')).toBe('password_wrong');
    expect(await confirm(wrong)).toBe('two_factor_wrong');
    expect(await get('profile.get')).toMatchObject({ hasSecondFactor: false });
    const proof = codeNow();
    expect(await confirm(proof)).toMatchObject({ profile: { hasSecondFactor: true } });
    expect(await server.call('profile.offerSecondFactor')).toBe('second_factor_on');
    expect(await enter('sam', currentPassword)).toBe('two_factor_missing');
    expect(await enter('sam', currentPassword, proof)).toBe('two_factor_wrong'); // used up
    desk.clock.advance(30_000);
    expect(await enter('sam', currentPassword, codeNow())).toMatch(/^staffdesk_test=/);
    expect(await server.call('profile.dropSecondFactor', { currentPassword: 'wrong' })).toBe(
      'password_wrong',
    );
    await server.signIn();
    await server.call('staff.dropSecondFactor', { staffId: desk.agent.staffId });
    expect(await enter('sam', currentPassword)).toMatch(/^staffdesk_test=/);
    const log = JSON.stringify(desk.deps.store.db.prepare('SELECT * FROM operations').all());
    expect(log).toContain('set_second_factor');
    expect(log).not.toContain(offer.secret);
  });

  it('lists own sessions only and ends one of them', async () => {
    await server.signIn();
    await server.signIn('sam');
    const other = await enter('sam', 'correct horse');
    const { sessions } = (await get('profile.sessions')) as { sessions: { id: string; isThis: boolean }[] };
    expect(sessions.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
    const adas = listSessions(desk.deps, desk.admin.staffId, null)[0]?.id;
    expect(await server.call('profile.endSession', { sessionId: adas })).toBe('not_found');
    const sessionId = sessions.find(({ isThis }) => !isThis)?.id;
    expect(await server.call('profile.endSession', { sessionId })).toBeUndefined();
    expect(await get('queues.counts', undefined, { cookie: other })).toBe('signed_out');
  });
});
