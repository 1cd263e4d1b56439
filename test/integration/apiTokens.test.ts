import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const info = () => server.call('api.info', undefined, { method: 'GET' });
const call = async (token: string): Promise<number> =>
  (await fetch(`${server.url}/api/tickets`, { headers: { Token: token } })).status;

describe('tokens on screen', () => {
  it('live: made, changed, renewed, deleted', async () => {
    await server.signIn();
    const made = (await server.call('tokens.create', {
      name: 'Shop',
      permissions: ['tickets.read'],
      ipList: ['127.0.0.1'],
      expiresOn: '2026-02-01',
      staffId: desk.agent.staffId,
    })) as { tokenId: number; token: string };
    const { tokenId } = made;
    expect(await call(made.token)).toBe(200);
    expect(await info()).toMatchObject({
      tokens: [
        {
          name: 'Shop',
          expiresAt: Date.UTC(2026, 1, 1),
          boundTo: { staffId: desk.agent.staffId, name: 'sam', isActive: true },
        },
      ],
    });
    expect(JSON.stringify(await info())).not.toContain(made.token);

    await server.call('tokens.update', { tokenId, isActive: false });
    expect(await call(made.token)).toBe(400);
    await server.call('tokens.update', { tokenId, isActive: true });
    const renewed = (await server.call('tokens.regenerate', { tokenId, overlapHours: 0 })) as {
      token: string;
    };
    expect([await call(made.token), await call(renewed.token)]).toEqual([400, 200]);

    expect(await server.call('tokens.history', { tokenId }, { method: 'GET' })).toMatchObject({
      changes: [
        { kind: 'regenerate_token', actorName: 'ada', payload: { overlapHours: 0 } },
        { kind: 'update_token', before: { isActive: false }, payload: { isActive: true } },
        { kind: 'update_token', before: { isActive: true }, payload: { isActive: false } },
        { kind: 'create_token', payload: { name: 'Shop', permissions: ['tickets.read'] } },
      ],
    });
    await server.call('tokens.delete', { tokenId });
    expect(await call(renewed.token)).toBe(400);
    expect(await info()).toMatchObject({ tokens: [] });
    expect(await server.call('tokens.calls', { tokenId }, { method: 'GET' })).toBe('token_not_found');
  });

  it('are refused when a field is wrong', async () => {
    await server.signIn();
    const input = { name: 'Shop', permissions: [], ipList: [] };
    for (const wrong of [
      { name: ' ' },
      { permissions: ['everything'] },
      { ipList: ['office'] },
      { expiresOn: 'tomorrow' },
      { expiresOn: '2020-01-01' },
      { staffId: 99 },
    ])
      expect(await server.call('tokens.create', { ...input, ...wrong })).toBe('invalid_input');
    const { tokenId } = (await server.call('tokens.create', input)) as { tokenId: number };
    expect(await server.call('tokens.regenerate', { tokenId, overlapHours: 10_000 })).toBe('invalid_input');
  });

  it.each(['create', 'update', 'regenerate', 'delete', 'calls'])(
    'are nobody’s business but an administrator’s: %s',
    async (name) => {
      const input = { tokenId: 1, name: 'x', permissions: [], overlapHours: 0 };
      const method = name === 'calls' ? 'GET' : 'POST';
      expect(await server.call(`tokens.${name}`, input, { method })).toBe('signed_out');
      await server.signIn('sam');
      expect(await server.call(`tokens.${name}`, input, { method })).toBe('forbidden');
    },
  );
});
