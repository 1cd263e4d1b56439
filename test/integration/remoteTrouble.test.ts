import { createServer, type RequestListener } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpFetch } from '../../electron/core/ports/httpFetch.ts';
import { signIn } from '../../electron/core/services/sessions.ts';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createSyncRunner, type SyncRunner } from '../../electron/core/sync/runner.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import { eachMirror, FIRST, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, REMOTE_PASSWORD } from '../support/remoteDesk.ts';

const HOUR_MS = 3_600_000;
const PEER = { address: '127.0.0.1', userAgent: 'test' };

let now: () => number;
beforeEach(() => {
  now = Date.now;
});
const { desk, mirror } = eachMirror({ clock: { now: () => now() } });

const later = (ms: number): void => {
  const before = now;
  now = () => before() + ms;
};

/** What this desk shows of its tickets and threads: nothing of it may change while something else answers. */
function shown(): unknown {
  const { store } = desk.deps;
  return store.db
    .prepare(
      `SELECT tickets.id, tickets.status, tickets.deleted_at, count(messages.id) AS messages
       FROM tickets LEFT JOIN messages ON ticket_id = tickets.id AND messages.deleted_at IS NULL GROUP BY tickets.id`,
    )
    .all();
}

/** Something else stands at the server's address until it comes back. */
async function replaced<T>(listener: RequestListener, work: () => Promise<T>): Promise<T> {
  await desk.goOffline();
  const other = createServer(listener);
  await new Promise<void>((resolve) => other.listen(Number(new URL(desk.url).port), '127.0.0.1', resolve));
  try {
    return await work();
  } finally {
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    await desk.goOnline();
  }
}

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

describe('something else in the server’s place', () => {
  it.each([
    ['a network that wants a sign-in', answers(200, '<h1>Accept our terms</h1>'), 'remote_web_page'],
    ['its redirect', answers(302, '', { location: 'http://portal.example/login' }), 'remote_web_page'],
    [
      'a move',
      (q, r) => answers(301, '', { location: `https://b.example${q.url}` })(q, r),
      'remote_redirects',
    ],
    ['a page that is not found', answers(404, '<h1>Not Found</h1>'), 'remote_web_page'],
    ['maintenance', answers(503, '<h1>Back soon</h1>'), 'remote_unavailable'],
    ['a proxy', answers(403, '<h1>Forbidden</h1>'), 'remote_blocked'],
    ['a fault of PHP', answers(500, ''), 'remote_broken'],
    ['another program', answers(404, '{"detail":"Not found."}', JSON_TYPE), 'remote_other_system'],
    ['a newer HelpDeskZ', answers(200, '{"success":1,"data":{}}', JSON_TYPE), 'remote_changed'],
    ['cut answers', answers(200, '{"success":1,"tick', JSON_TYPE), 'remote_no_answer'],
  ] satisfies [string, RequestListener, string][])(
    '%s deletes nothing, takes nothing and counts as no delivery',
    async (_, listener, code) => {
      expect(mirror.reply('<p>Pour water</p>', true)).toMatchObject({ ok: true });
      const before = shown();
      await replaced(listener, async () => {
        for (let runs = 0; runs < 3; runs++) {
          expect((await mirror.sync()).ended).toMatchObject({ code });
          expect(shown()).toEqual(before);
          expect(listOutbox(desk.deps)).toHaveLength(1);
        }
      });
      // Long enough for what may have been on its way, and for every repetition.
      for (let runs = 0; runs < 4; runs++) {
        later(10 * 60_000);
        await mirror.sync();
      }
      const arrived = mirror.thread().filter(({ message }) => message.includes('Pour water'));
      expect(arrived).toHaveLength(1);
      expect(listOutbox(desk.deps)).toEqual([]);
      expect(desk.server.state.tickets.get(FIRST)?.status).toBe(5);
    },
  );

  it('is told nothing more after its first answer', async () => {
    mirror.reply('<p>One</p>');
    expect((await mirror.sync()).ended).toBeNull();
    let posts = 0;
    const portal: RequestListener = (request, response) => {
      if (request.method === 'POST' && request.url?.includes('ticket')) posts += 1;
      if (request.method === 'POST' && request.url?.includes('messages')) posts += 1;
      answers(200, '<h1>Accept our terms</h1>')(request, response);
    };
    for (const id of [1, 2, 3] as TicketId[]) {
      for (const word of ['a', 'b', 'c']) {
        const bodyHtml = `<p>${word}</p>`;
        replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId: id, bodyHtml }));
      }
    }
    await replaced(portal, async () => {
      for (let runs = 0; runs < 3; runs++) await mirror.sync();
    });
    // One for each lane that was under way, and the look whether the account is still good, once per run.
    expect(posts).toBeLessThanOrEqual(5);
    expect(listOutbox(desk.deps).filter(({ state }) => state === 'uncertain').length).toBeLessThanOrEqual(3);
  });
});

describe('the own account', () => {
  const ada = () => {
    const found = desk.server.state.staff.get(1);
    if (!found) throw new Error('no Ada');
    return found;
  };
  const tryToEnter = (username = 'ada') => signIn(desk.deps, { username, password: REMOTE_PASSWORD }, PEER);

  it.each([
    ['switched off', () => Object.assign(ada(), { isActive: false })],
    ['deleted', () => desk.server.state.staff.delete(1)],
  ])('%s on the server lets nobody in here from the next contact on; local work stays', async (_, act) => {
    const member = ada();
    mirror.reply('<p>Not yet sent</p>');
    await desk.goOffline();
    act();
    await mirror.sync();
    // Without a network nobody can know.
    expect(await tryToEnter()).toMatchObject({ ok: true });
    await desk.goOnline();
    const { ended } = await mirror.sync();
    expect(ended).toMatchObject({ code: 'remote_staff_inactive' });
    expect(await tryToEnter()).toMatchObject({ ok: false, error: { code: 'account_locked' } });
    expect(listOutbox(desk.deps)).toMatchObject([{ kind: 'reply', state: 'queued' }]);
    expect(mirror.thread()).toHaveLength(1);
    desk.server.state.staff.set(1, { ...member, isActive: true });
    later(HOUR_MS);
    expect((await mirror.sync()).ended).toBeNull();
    expect(await tryToEnter()).toMatchObject({ ok: true });
    expect(mirror.thread()).toHaveLength(2);
  });

  it('is found out by a running desk within a quarter of an hour', async () => {
    ada().isActive = false;
    expect((await mirror.sync()).ended).toBeNull();
    later(16 * 60_000);
    expect((await mirror.sync()).ended).toMatchObject({ code: 'remote_staff_inactive' });
  });

  it('renamed there signs in under the new name', async () => {
    Object.assign(ada(), { username: 'countess', fullname: 'Ada Lovelace' });
    later(2 * HOUR_MS);
    await mirror.sync();
    expect(await tryToEnter('countess')).toMatchObject({ ok: true });
    expect(await tryToEnter('ada')).toMatchObject({ ok: false });
    expect(mirror.runner.status()).toMatchObject({ username: 'countess' });
  });

  it('stays as it is where the token may not ask', async () => {
    mirror.allowOnly('Get list/details of tickets.', 'Get messages from a ticket.');
    ada().isActive = false;
    later(HOUR_MS);
    expect((await mirror.sync()).ended).toBeNull();
    expect(await tryToEnter()).toMatchObject({ ok: true });
  });
});

describe('clocks', () => {
  it('that differ by a day are known, and hold nothing up', async () => {
    later(-24 * HOUR_MS);
    mirror.reply('<p>From yesterday</p>');
    await mirror.sync();
    expect(mirror.runner.status()?.clockOffsetMs).toBeGreaterThan(23 * HOUR_MS);
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(2);
    const own = desk.deps.store.messages.byId(1_000_000_000 as never);
    // Once it is there, it has the server's time.
    expect(Math.abs((own?.createdAt ?? 0) - Date.now())).toBeLessThan(HOUR_MS);
  });

  describe('that are set', () => {
    let id = 0;
    let serverAheadMs = 0;
    let runner: SyncRunner;
    const state = () => desk.deps.store.outbox.byId(id)?.state;
    /** Both clocks go on. */
    const passes = (ms: number): void => {
      later(ms);
      serverAheadMs += ms;
    };
    beforeEach(() => {
      mirror.reply('<p>Is it there?</p>');
      const { outbox } = desk.deps.store;
      id = listOutbox(desk.deps)[0]?.id ?? 0;
      outbox.begin(id, now());
      outbox.set(id, 'uncertain', 'No answer.');
      serverAheadMs = 0;
      const httpFetch: HttpFetch = async (...call) => {
        const answer = await desk.deps.httpFetch(...call);
        if (!answer.ok) return answer;
        const date = new Date(Date.now() + serverAheadMs).toUTCString();
        return { ok: true, value: { ...answer.value, headers: { ...answer.value.headers, date } } };
      };
      runner = createSyncRunner({ ...desk.deps, httpFetch });
    });

    it('forward, nothing unsure is sent again before its time; set back, nothing waits for ever', async () => {
      later(24 * HOUR_MS);
      await runner.run();
      expect(mirror.thread()).toHaveLength(1);
      expect(state()).toBe('uncertain');
      later(-48 * HOUR_MS);
      await runner.run();
      expect(state()).toBe('uncertain');
      passes(3 * 60_000);
      await runner.run();
      expect(mirror.thread()).toHaveLength(2);
    });

    it('between two runs, the first answer that tells it begins the wait anew', async () => {
      await runner.run();
      later(5 * 60_000);
      await runner.run();
      expect(state()).toBe('uncertain');
      passes(3 * 60_000);
      await runner.run();
      expect(mirror.thread()).toHaveLength(2);
    });

    it('of two machines behind one address never agree: what is unsure is settled all the same', async () => {
      for (let run = 0; run < 6 && state() === 'uncertain'; run++) {
        serverAheadMs += run % 2 === 0 ? 3 * 60_000 : -3 * 60_000;
        await runner.run();
        passes(60_000);
      }
      expect(mirror.thread()).toHaveLength(2);
    });
  });

  it('set back do not stop the runs', async () => {
    expect(mirror.runner.isDue()).toBe(false);
    later(-HOUR_MS);
    expect(mirror.runner.isDue()).toBe(true);
  });
});

describe('a full disk', () => {
  it('ends the run with its reason, and the next one goes on where there is room', async () => {
    const other = await openRemoteDesk();
    try {
      const { db } = other.deps.store;
      const theirs = mirrorOf(other);
      for (let number = 0; number < 200; number++) {
        mirrorOf(other).customerOpens(`Ticket ${number}`, 'It is on fire. '.repeat(100));
      }
      await theirs.connectOnly();
      db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 20}`);
      expect(await theirs.sync()).toMatchObject({ ended: { code: 'disk_full' } });
      const known = other.deps.store.tickets.byId(FIRST);
      db.pragma('max_page_count = 1000000');
      const again = createSyncRunner(other.deps);
      expect(await again.run()).toMatchObject({ ok: true, value: { ended: null } });
      expect(known ?? other.deps.store.tickets.byId(FIRST)).toBeDefined();
      const count = db.prepare('SELECT count(*) FROM messages').pluck().get();
      expect(count).toBe(203);
    } finally {
      await other.close();
    }
  });
});
