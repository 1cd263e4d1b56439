import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenId } from '../../../shared/model/ids.ts';
import type { Result } from '../../../shared/util/result.ts';
import { openTestDesk, type TestDesk } from '../../../test/support/testDesk.ts';
import { systemIds } from '../ports/ids.ts';
import {
  createToken,
  deleteToken,
  listTokens,
  regenerateToken,
  tokenCalls,
  tokenHistory,
  updateToken,
} from './apiTokens.ts';
import { checkToken } from './tokenCheck.ts';
import { createTokenUses } from './tokenUses.ts';

const HOUR = 3_600_000;
const ADDRESS = '10.0.0.1';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const make = (more: Partial<Parameters<typeof createToken>[2]> = {}) =>
  done(
    createToken(desk.deps, desk.admin, { name: 'shop', permissions: ['tickets.read'], ipList: [], ...more }),
  );
const kindOf = (token: string): string => checkToken(desk.deps, token, ADDRESS).kind;
const fieldOf = (result: Result<unknown>): string | undefined => (result.ok ? 'fine' : result.error.field);

describe('expiry', () => {
  it('ends the token at the beginning of its day in the desk’s time zone', () => {
    desk.deps.store.settings.set({ timeZone: 'America/New_York' });
    const { token } = make({ expiresOn: '2026-01-06' });
    // It is 2026-01-05 09:00 UTC; the day begins at 05:00 UTC.
    desk.clock.advance(20 * HOUR - 1);
    expect(kindOf(token)).toBe('ok');
    desk.clock.advance(1);
    expect(kindOf(token)).toBe('unknown');
  });

  it('has to lie ahead when it is set, and does not stand in the way of other changes later', () => {
    expect(
      fieldOf(
        createToken(desk.deps, desk.admin, {
          name: 'n',
          permissions: [],
          ipList: [],
          expiresOn: '2026-01-05',
        }),
      ),
    ).toBe('expiresOn');
    const { tokenId, token } = make({ expiresOn: '2026-01-06' });
    desk.clock.advance(48 * HOUR);
    expect(done(updateToken(desk.deps, desk.admin, { tokenId, name: 'old shop' }))).toEqual({ tokenId });
    expect(kindOf(token)).toBe('unknown');
    expect(fieldOf(updateToken(desk.deps, desk.admin, { tokenId, expiresOn: '2026-01-07' }))).toBe(
      'expiresOn',
    );
    done(updateToken(desk.deps, desk.admin, { tokenId, expiresOn: null }));
    expect(kindOf(token)).toBe('ok');
  });
});

describe('changing', () => {
  it('changes what is given and nothing else', () => {
    const { tokenId, token } = make({ staffId: desk.agent.staffId, ipList: ['10.0.*.*'] });
    const before = listTokens(desk.deps)[0];
    done(updateToken(desk.deps, desk.admin, { tokenId, permissions: ['users.read'] }));
    expect(listTokens(desk.deps)[0]).toEqual({ ...before, permissions: ['users.read'] });
    done(updateToken(desk.deps, desk.admin, { tokenId, isActive: false }));
    expect(kindOf(token)).toBe('unknown');
    done(
      updateToken(desk.deps, desk.admin, { tokenId, isActive: true, staffId: null, ipList: ['10.9.9.9'] }),
    );
    expect(listTokens(desk.deps)[0]).toMatchObject({ boundTo: null, ipList: ['10.9.9.9'] });
    expect(kindOf(token)).toBe('address_refused');
  });

  it('tells every window, only when something changed', () => {
    const { tokenId } = make();
    desk.events.length = 0;
    expect(fieldOf(updateToken(desk.deps, desk.admin, { tokenId, ipList: ['office'] }))).toBe('ipList');
    expect(desk.events).toEqual([]);
    done(updateToken(desk.deps, desk.admin, { tokenId, name: 'x' }));
    expect(desk.events).toEqual(['desk_changed']);
  });

  it('of a token that is gone is refused', () => {
    const { tokenId, token } = make();
    done(deleteToken(desk.deps, desk.admin, tokenId));
    expect(kindOf(token)).toBe('unknown');
    expect(listTokens(desk.deps)).toEqual([]);
    for (const result of [
      updateToken(desk.deps, desk.admin, { tokenId, isActive: true }),
      regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 24 }),
      deleteToken(desk.deps, desk.admin, tokenId),
      tokenCalls(desk.deps, tokenId),
    ])
      expect(result).toMatchObject({ error: { code: 'token_not_found' } });
  });
});

describe('binding to a staff account', () => {
  it('wants one that exists and is active; the token stops with the account', () => {
    const ghost = 99 as typeof desk.agent.staffId;
    expect(
      fieldOf(createToken(desk.deps, desk.admin, { name: 'n', permissions: [], ipList: [], staffId: ghost })),
    ).toBe('staffId');
    const { token } = make({ staffId: desk.agent.staffId });
    expect(checkToken(desk.deps, token, ADDRESS)).toMatchObject({ actor: { boundTo: desk.agent.staffId } });
    desk.deps.store.db.prepare('UPDATE staff SET is_active = 0 WHERE id = ?').run(desk.agent.staffId);
    expect(kindOf(token)).toBe('unknown');
  });
});

describe('regenerating', () => {
  it('lets the old token work for the overlap, then no more', () => {
    const { tokenId, token: old } = make();
    const { token } = done(regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 1 }));
    expect([kindOf(old), kindOf(token)]).toEqual(['ok', 'ok']);
    desk.clock.advance(HOUR - 1);
    expect(kindOf(old)).toBe('ok');
    desk.clock.advance(1);
    expect([kindOf(old), kindOf(token)]).toEqual(['unknown', 'ok']);
  });

  it('without overlap ends it at once, and the one before it as well', () => {
    const { tokenId, token: first } = make();
    const { token: second } = done(regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 168 }));
    const { token: third } = done(regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 0 }));
    expect([first, second, third].map(kindOf)).toEqual(['unknown', 'unknown', 'ok']);
  });

  it('does not bring a token back that is switched off or deleted', () => {
    const { tokenId, token: old } = make();
    done(regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 168 }));
    done(updateToken(desk.deps, desk.admin, { tokenId, isActive: false }));
    expect(kindOf(old)).toBe('unknown');
    done(updateToken(desk.deps, desk.admin, { tokenId, isActive: true }));
    expect(kindOf(old)).toBe('ok');
    done(deleteToken(desk.deps, desk.admin, tokenId));
    expect(kindOf(old)).toBe('unknown');
  });
});

describe('calls', () => {
  const call = (n: number, more = {}) => ({
    method: 'GET',
    path: `/api/tickets/show/${n}`,
    status: 200,
    refusal: null,
    address: ADDRESS,
    ...more,
  });

  it('are written together, and the last 200 of each token stay', () => {
    const [busy, quiet] = [make(), make()];
    const uses = createTokenUses(60_000);
    uses.note(desk.deps, quiet.tokenId, call(1), true);
    for (let n = 1; n <= 1000; n++) uses.note(desk.deps, busy.tokenId, call(n), true);
    expect(done(tokenCalls(desk.deps, busy.tokenId)).calls).toEqual([]);
    uses.flush();
    for (let n = 1001; n <= 1003; n++) uses.note(desk.deps, busy.tokenId, call(n), true);
    uses.flush();
    const { calls } = done(tokenCalls(desk.deps, busy.tokenId));
    expect(calls).toHaveLength(200);
    expect(calls[0]).toEqual({ ...call(1003), at: desk.clock.now() });
    expect(calls[199]).toMatchObject(call(804));
    expect(done(tokenCalls(desk.deps, quiet.tokenId)).calls).toHaveLength(1);
    expect(desk.deps.store.db.prepare('SELECT count(*) FROM api_token_calls').pluck().get()).toBe(201);
  });

  it('tell the last use; one from a wrong address is none', () => {
    const { tokenId } = make();
    const uses = createTokenUses(60_000);
    const at = desk.clock.now();
    uses.note(desk.deps, tokenId, call(7), true);
    desk.clock.advance(1000);
    uses.note(desk.deps, tokenId, call(8, { status: 400, address: '203.0.113.9' }), false);
    uses.flush();
    expect(listTokens(desk.deps)[0]).toMatchObject({
      lastUsedAt: at,
      lastUsedAddress: ADDRESS,
      lastUsedCall: 'GET /api/tickets/show/7',
    });
    expect(done(tokenCalls(desk.deps, tokenId)).calls.map(({ status }) => status)).toEqual([400, 200]);
  });

  it('of a token that is deleted are forgotten, those still to be written too', () => {
    const { tokenId } = make();
    const uses = createTokenUses(60_000);
    uses.note(desk.deps, tokenId, call(1), true);
    uses.flush();
    uses.note(desk.deps, tokenId, call(2), true);
    done(deleteToken(desk.deps, desk.admin, tokenId));
    uses.flush();
    expect(desk.deps.store.db.prepare('SELECT count(*) FROM api_token_calls').pluck().get()).toBe(0);
  });
});

it('no token is stored in clear, neither the new nor the old one', () => {
  const deps = { ...desk.deps, ids: systemIds };
  const { tokenId, token: old } = done(
    createToken(deps, desk.admin, { name: 'n', permissions: [], ipList: [] }),
  );
  const { token } = done(regenerateToken(deps, desk.admin, { tokenId, overlapHours: 24 }));
  const files = readdirSync(desk.folder).filter((name) => name.startsWith('desk.db'));
  expect(files).toContain('desk.db');
  for (const file of files) {
    const bytes = readFileSync(join(desk.folder, file));
    expect([bytes.includes(old), bytes.includes(token)]).toEqual([false, false]);
  }
});

describe('history', () => {
  const history = (tokenId: TokenId) => done(tokenHistory(desk.deps, tokenId)).changes;

  it('tells who made, changed and regenerated a token, and only what changed', () => {
    const { tokenId } = make({ ipList: ['10.0.0.1'] });
    make({ name: 'another' });
    desk.clock.advance(HOUR);
    const wanted = { tokenId, name: 'shop', permissions: ['users.read' as const], isActive: false };
    done(updateToken(desk.deps, { ...desk.admin, name: 'Bob' }, wanted));
    done(regenerateToken(desk.deps, desk.admin, { tokenId, overlapHours: 24 }));
    expect(history(tokenId)).toMatchObject([
      { kind: 'regenerate_token', actorName: 'Ada', payload: { overlapHours: 24 } },
      { kind: 'update_token', actorName: 'Bob' },
      { kind: 'create_token', actorName: 'Ada', payload: { name: 'shop', ipList: ['10.0.0.1'] } },
    ]);
    const change = history(tokenId)[1];
    expect(change?.before).toEqual({ permissions: ['tickets.read'], isActive: true });
    expect(change?.payload).toEqual({ permissions: ['users.read'], isActive: false });
  });

  it('has no line for a change that changes nothing', () => {
    const { tokenId } = make();
    done(updateToken(desk.deps, desk.admin, { tokenId, name: 'shop', ipList: [], expiresOn: null }));
    expect(history(tokenId)).toHaveLength(1);
  });

  it('stays in the log when the token is deleted, without its text or hash', () => {
    const { tokenId, token } = make();
    done(deleteToken(desk.deps, desk.admin, tokenId));
    expect(tokenHistory(desk.deps, tokenId)).toMatchObject({ error: { code: 'token_not_found' } });
    const log = JSON.stringify(desk.deps.store.operations.byToken(tokenId));
    expect(log).toContain('delete_token');
    expect(log).not.toContain(token);
    expect(log).not.toMatch(/hash/i);
  });
});
