import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeOldSignIns } from '../../../electron/core/services/sessionList.ts';
import { signIn } from '../../../electron/core/services/sessions.ts';
import type { ApiDesk } from '../../contract/support/apiDesk.ts';
import { openDialectDesk, PASSWORD } from '../../contract/support/dialects.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await openDialectDesk({});
});
afterEach(() => desk.close());

const peer = { address: '192.0.2.1', userAgent: 'Attacker' };

describe('the sign-in log', () => {
  const log = () =>
    desk.deps.store.db
      .prepare<[], { succeeded: number; count: number }>(
        'SELECT succeeded, count(*) AS count FROM login_log GROUP BY succeeded ORDER BY succeeded',
      )
      .all();
  const enter = (password: string, from = peer.address) =>
    signIn(desk.deps, { username: 'sam', password }, { ...peer, address: from });

  it('keeps a year', async () => {
    await enter(PASSWORD);
    desk.clock.advance(366 * 24 * 60 * 60 * 1000);
    await enter(PASSWORD, '192.0.2.9');
    await removeOldSignIns(desk.deps);
    const addresses = desk.deps.store.sessionList.signIns(null, 10).map(({ address }) => address);
    expect(addresses).toEqual(['192.0.2.9']);
  });

  it('keeps the newest of what strangers fill it with, and never for it gives up who was here', async () => {
    await enter(PASSWORD);
    await enter(PASSWORD, '192.0.2.2');
    const { sessions } = desk.deps.store;
    const failed = { staffId: null, username: '', userAgent: '', succeeded: false, usedRecoveryCode: false };
    desk.deps.store.db.transaction(() => {
      for (let n = 0; n < 1700; n += 1) sessions.log({ ...failed, address: `${n}`, now: desk.clock.now() });
    })();
    await removeOldSignIns(desk.deps, undefined, { succeeded: 2, failed: 600 });
    expect(log()).toEqual([
      { succeeded: 0, count: 600 },
      { succeeded: 1, count: 2 },
    ]);
    expect(desk.deps.store.sessionList.signIns(null, 1)[0]?.address).toBe('1699');
    await removeOldSignIns(desk.deps, undefined, { succeeded: 1, failed: 0 });
    expect(log()).toEqual([{ succeeded: 1, count: 1 }]);
    expect(desk.deps.store.sessionList.signIns(null, 1)[0]?.address).toBe('192.0.2.2');
  });
});
