import { describe, expect, it } from 'vitest';
import {
  createToken,
  deleteToken,
  listTokens,
  regenerateToken,
  tokenCalls,
  updateToken,
} from '../../electron/core/services/apiTokens.ts';
import { PERMISSIONS } from '../../shared/contract/desk.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { SYSTEM } from './support/apiDesk.ts';
import { createCaller, MESSAGE, TICKET } from './support/caller.ts';
import { eachFilledDesk } from './support/eachDesk.ts';

const HOUR = 3_600_000;
const SAM = 2 as StaffId;

const { desk } = eachFilledDesk();

function make(more: Partial<Parameters<typeof createToken>[2]> = {}) {
  const made = createToken(desk.deps, SYSTEM, {
    name: 'shop',
    permissions: [...PERMISSIONS],
    ipList: [],
    ...more,
  });
  if (!made.ok) throw new Error(made.error.message);
  return { ...made.value, caller: createCaller(desk, made.value.token) };
}
const inDays = (days: number): string =>
  new Date(desk.clock.now() + days * 24 * HOUR).toISOString().slice(0, 10);

describe('a token that does not work any more', () => {
  async function expectRefused({ caller }: ReturnType<typeof make>): Promise<void> {
    const answer = await caller.raw.get('/api/tickets');
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { error: 1, message: 'Invalid authentication.' },
    ]);
  }

  it('because its day has come', async () => {
    const made = make({ expiresOn: inDays(1) });
    expect(await made.caller.get('/api/tickets')).toMatchObject({ success: 1 });
    desk.clock.advance(24 * HOUR);
    await expectRefused(made);
  });

  it('because it was switched off, and works again when it is switched on', async () => {
    const made = make();
    updateToken(desk.deps, SYSTEM, { tokenId: made.tokenId, isActive: false });
    await expectRefused(made);
    updateToken(desk.deps, SYSTEM, { tokenId: made.tokenId, isActive: true });
    expect(await made.caller.get('/api/tickets')).toMatchObject({ success: 1 });
  });

  it('because it was deleted', async () => {
    const made = make();
    deleteToken(desk.deps, SYSTEM, made.tokenId);
    await expectRefused(made);
  });

  it('because it was regenerated and the overlap is over', async () => {
    const made = make();
    regenerateToken(desk.deps, SYSTEM, { tokenId: made.tokenId, overlapHours: 24 });
    expect(await made.caller.get('/api/tickets')).toMatchObject({ success: 1 });
    desk.clock.advance(24 * HOUR);
    await expectRefused(made);
  });
});

describe('a token bound to a staff account', () => {
  const notFound = { error: 1, message: 'Staff ID not found.' };

  it('writes as that staff member only', async () => {
    const { caller } = make({ staffId: SAM });
    const message = { ...MESSAGE, replier: 'staff' };
    const ticket = { ...TICKET, opener: 'staff' };
    expect(await caller.post('/api/messages/create', { ...message, staff_id: '1' })).toEqual(notFound);
    expect(await caller.post('/api/tickets/create', { ...ticket, staff_id: '1' })).toEqual(notFound);
    expect(await caller.post('/api/messages/create', { ...message, staff_id: '2' })).toMatchObject({
      success: 1,
    });
    expect(await caller.post('/api/tickets/create', { ...ticket, staff_id: '2' })).toMatchObject({
      success: 1,
    });
    expect(await caller.post('/api/messages/create', message)).toEqual({
      error: 1,
      message: 'Staff ID is missing.',
    });
  });

  it('forwards what customers write as ever', async () => {
    const { caller } = make({ staffId: SAM });
    expect(await caller.post('/api/messages/create', MESSAGE)).toMatchObject({ success: 1 });
    expect(await caller.post('/api/tickets/create', TICKET)).toMatchObject({ success: 1 });
  });

  it('leaves other tokens as they are', async () => {
    make({ staffId: SAM });
    const { caller } = make();
    const message = { ...MESSAGE, replier: 'staff', staff_id: '1' };
    expect(await caller.post('/api/messages/create', message)).toMatchObject({ success: 1 });
  });
});

describe('the calls of a token', () => {
  it('are kept with what came of them, without queries and bodies, and never by the call itself', async () => {
    const { caller, tokenId } = make({ permissions: ['tickets.read', 'messages.create'] });
    await caller.get('/api/tickets?user_id=1&secret=hush');
    await caller.post('/api/messages/create', { ...MESSAGE, replier: 'nobody', message: 'hush' });
    await caller.get('/api/users');
    await caller.get('/api/tickets/new');
    const calls = () => {
      const found = tokenCalls(desk.deps, tokenId);
      return found.ok ? found.value.calls : [];
    };
    expect(calls()).toEqual([]);
    expect(listTokens(desk.deps).at(-1)).toMatchObject({ id: tokenId, lastUsedAt: null });
    await expect.poll(() => calls().length, { timeout: 20_000 }).toBe(4);
    expect(calls().map(({ method, path, status, refusal }) => [method, path, status, refusal])).toEqual([
      ['GET', '/api/tickets/new', 501, '"new" action not implemented.'],
      ['GET', '/api/users', 400, 'Permission not allowed: Get list/details of users.'],
      ['POST', '/api/messages/create', 200, 'Invalid replier.'],
      ['GET', '/api/tickets', 200, null],
    ]);
    expect(JSON.stringify(calls())).not.toContain('hush');
    expect(listTokens(desk.deps).at(-1)).toMatchObject({
      lastUsedAddress: '127.0.0.1',
      lastUsedCall: 'GET /api/tickets/new',
    });
  }, 30_000);

  it('also those after it was switched off or has expired', async () => {
    const off = make();
    const expired = make({ expiresOn: inDays(1) });
    updateToken(desk.deps, SYSTEM, { tokenId: off.tokenId, isActive: false });
    desk.clock.advance(24 * HOUR);
    for (const { caller, tokenId } of [off, expired]) {
      await caller.get('/api/tickets');
      await expect
        .poll(() => tokenCalls(desk.deps, tokenId), { timeout: 20_000 })
        .toMatchObject({
          value: { calls: [{ path: '/api/tickets', status: 400, refusal: 'Invalid authentication.' }] },
        });
    }
    expect(listTokens(desk.deps).at(-1)).toMatchObject({ lastUsedAt: null });
  }, 40_000);

  it('also those from an address it is not for', async () => {
    const { caller, tokenId } = make({ ipList: ['10.0.0.1'] });
    expect(await caller.get('/api/tickets')).toMatchObject({ error: 1 });
    await expect
      .poll(() => tokenCalls(desk.deps, tokenId), { timeout: 20_000 })
      .toMatchObject({ value: { calls: [{ status: 400, address: '127.0.0.1' }] } });
    expect(listTokens(desk.deps).at(-1)).toMatchObject({ lastUsedAt: null });
  }, 30_000);
});
