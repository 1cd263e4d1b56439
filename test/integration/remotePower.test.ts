import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpFetch } from '../../electron/core/ports/httpFetch.ts';
import { createPower, type PowerState } from '../../electron/core/ports/power.ts';
import { createSyncRunner, type SyncRunner } from '../../electron/core/sync/runner.ts';
import { type FakeClock, fakeClock } from '../fakes/ports.ts';
import { type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

// What a remote workspace does when the machine is on battery, goes to sleep and wakes up, and when the program ends.

const MINUTE = 60_000;

let desk: RemoteDesk;
let clock: FakeClock;
let mirror: Mirror;
let runner: SyncRunner;
let power: ReturnType<typeof createPower>;
let asked: string[];
/** Called with each request, before it leaves. */
let onRequest: (path: string) => void;

beforeEach(async () => {
  const opened = await openRemoteDesk();
  clock = fakeClock(Date.now());
  asked = [];
  onRequest = () => {};
  const httpFetch: HttpFetch = (request, options) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    onRequest(pathname);
    return opened.deps.httpFetch(request, options);
  };
  desk = { ...opened, deps: { ...opened.deps, clock, httpFetch } };
  mirror = mirrorOf(desk);
  await mirror.connect();
  power = createPower();
  runner = createSyncRunner(desk.deps, power);
  await runner.run();
  asked.length = 0;
});
afterEach(async () => {
  await runner.close();
  await desk.close();
});

const set = (change: Partial<PowerState>) => power.set({ ...power.state(), ...change });
const told = () => {
  const { nextSyncAt, savesPower } = runner.status() ?? {};
  return { inMs: (nextSyncAt ?? 0) - clock.now(), savesPower };
};
const outbox = () => desk.deps.store.outbox.counts();

describe('on battery', () => {
  it('it looks less often, and the status says that this is why', () => {
    expect(told()).toEqual({ inMs: 5 * MINUTE, savesPower: false });
    set({ isOnBattery: true });
    expect(told()).toEqual({ inMs: 15 * MINUTE, savesPower: true });
    clock.advance(5 * MINUTE);
    expect(runner.isDue()).toBe(false);
    set({ isOnBattery: false });
    expect(runner.isDue()).toBe(true);
  });

  it('what is written goes out at once, and nothing is saved by that', async () => {
    set({ isOnBattery: true });
    mirror.reply('<p>At once</p>');
    expect(runner.isDue()).toBe(true);
    expect(told().savesPower).toBe(false);
  });

  it('windows hear of it', () => {
    const heard: string[] = [];
    desk.deps.events.subscribe(({ event }) => heard.push(event.type));
    set({ isOnBattery: true });
    expect(heard).toEqual(['desk_changed']);
  });
});

it('a locked screen is looked at by nobody', () => {
  runner.attend(false);
  expect(told().inMs).toBe(30_000);
  set({ isLocked: true });
  expect(told().inMs).toBe(2 * MINUTE);
});

describe('a sleep', () => {
  it('lets what is on its way arrive and begins nothing more; the end of it looks at everything at once', async () => {
    for (const text of ['One', 'Two', 'Three']) mirror.reply(`<p>${text}</p>`);
    onRequest = (path) => path.includes('/messages/create') && set({ isAsleep: true });
    await runner.run();
    // One of a ticket goes at a time.
    expect(mirror.thread()).toHaveLength(2);
    expect(outbox()).toMatchObject({ queued: 2 });
    expect(outbox()).not.toHaveProperty('sending');
    clock.advance(MINUTE);
    expect(runner.isDue()).toBe(false);

    onRequest = () => {};
    asked.length = 0;
    set({ isAsleep: false });
    await expect.poll(() => runner.isDue()).toBe(true);
    await runner.run();
    expect(mirror.thread()).toHaveLength(4);
    expect(outbox()).toEqual({});
  });

  it('that nothing was going on before is followed by a run, too', async () => {
    set({ isAsleep: true });
    expect(runner.isDue()).toBe(false);
    set({ isAsleep: false });
    await expect.poll(() => runner.isDue()).toBe(true);
  });

  it('does not keep a person from syncing', async () => {
    set({ isAsleep: true });
    mirror.customerWrites('Are you there?');
    await runner.runNow();
    expect(runner.status()).toMatchObject({ problem: null });
    expect(asked.length).toBeGreaterThan(0);
  });

  it('that comes after the desk was closed touches nothing', async () => {
    await runner.close();
    set({ isAsleep: true });
    set({ isAsleep: false });
    expect(runner.status()).toMatchObject({ isRunning: false });
  });
});

describe('the end of the program', () => {
  /** So many replies in a ticket, of which the program's end finds the first on its way. */
  async function closeWhileSending(graceMs?: number) {
    for (const text of ['One', 'Two']) mirror.reply(`<p>${text}</p>`);
    let closed: Promise<void> | undefined;
    onRequest = (path) => {
      if (path.includes('/messages/create')) closed ??= runner.close(graceMs);
    };
    await runner.run();
    await closed;
    onRequest = () => {};
    return outbox();
  }

  it('waits for what is on its way, and begins nothing more', async () => {
    expect(await closeWhileSending()).toEqual({ sent: 1, queued: 1 });
    expect(mirror.thread()).toHaveLength(2);
    expect(await runner.run()).toMatchObject({ error: { code: 'cancelled' } });
    // Another start of the program sends the rest, and nothing twice.
    clock.advance(MINUTE);
    const again = createSyncRunner(desk.deps);
    await again.run();
    expect([mirror.thread().length, outbox()]).toEqual([3, {}]);
  });

  it('does not wait for ever: what is cut off is looked up at the next start', async () => {
    const { httpFetch } = desk.deps;
    let isHanging = true;
    const hangs: HttpFetch = async (request, options) => {
      const answer = await httpFetch(request, options);
      if (!isHanging || !request.url.includes('/messages/create')) return answer;
      await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
      return { ok: false, error: { kind: 'aborted', phase: 'sent', detail: 'by the caller' } };
    };
    Object.assign(desk.deps, { httpFetch: hangs });
    expect(await closeWhileSending(50)).toMatchObject({ queued: 1 });
    isHanging = false;
    const again = createSyncRunner(desk.deps);
    await again.run();
    expect([mirror.thread().length, outbox()]).toEqual([3, {}]);
  });
});
