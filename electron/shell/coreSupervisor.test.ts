import { expect, it } from 'vitest';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import type { CoreHost } from '../core/host/coreHost.ts';
import type { CoreAddress } from '../core/host/coreProtocol.ts';
import { type CoreState, superviseCore } from './coreSupervisor.ts';

const address = (path: string): CoreAddress => ({
  controlSocket: { path, secret: 's' },
  apiBaseUrl: 'http://127.0.0.1:8484',
});

type Run = { answer: (result: Result<CoreAddress>) => void; die: () => void; closes: number };

/** A desk of cores whose fate the test decides, under a clock that only the test moves. */
function setUp() {
  const runs: Run[] = [];
  const states: CoreState['name'][] = [];
  const waits: { ms: number; pass: () => void }[] = [];
  let now = 0;
  const createHost = (): CoreHost => {
    const listeners: (() => void)[] = [];
    const end = () => {
      for (const listener of listeners) listener();
    };
    let answer: Run['answer'] = () => {};
    const started = new Promise<Result<CoreAddress>>((resolve) => {
      answer = resolve;
    });
    const run: Run = {
      answer: (result) => answer(result),
      die: end,
      closes: 0,
    };
    runs.push(run);
    return {
      start: () => started,
      onEnd: (listener) => void listeners.push(listener),
      onStopAsked: () => {},
      close: () => {
        run.closes += 1;
        run.die();
        return Promise.resolve();
      },
    };
  };
  const core = superviseCore({
    createHost,
    now: () => now,
    wait: (ms) => new Promise((pass) => waits.push({ ms, pass })),
    onChange: ({ name }) => states.push(name),
    onStopAsked: () => {},
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    core,
    runs,
    states,
    waits,
    settle,
    pass: (ms: number) => {
      now += ms;
    },
    last: () => {
      const run = runs.at(-1);
      if (!run) throw new Error('no core was started');
      return run;
    },
  };
}

it('tells everybody who waited where the core is', async () => {
  const { core, last } = setUp();
  const waiting = [core.whenReady(), core.whenReady()];
  last().answer(ok(address('/one')));
  expect(await Promise.all(waiting)).toEqual([ok(address('/one')), ok(address('/one'))]);
  expect(await core.whenReady()).toEqual(ok(address('/one')));
});

it('starts a core that died again, and those who ask meanwhile get the new one', async () => {
  const { core, runs, waits, settle, last } = setUp();
  last().answer(ok(address('/one')));
  await settle();
  last().die();
  const answer = core.whenReady();
  expect(waits.map(({ ms }) => ms)).toEqual([500]);
  expect(runs).toHaveLength(1);
  waits[0]?.pass();
  await settle();
  last().answer(ok(address('/two')));
  expect(await answer).toEqual(ok(address('/two')));
});

it('waits longer each time and gives up after the third death in a row', async () => {
  const { core, runs, waits, settle, last } = setUp();
  for (const round of [0, 1, 2]) {
    last().answer(ok(address(`/${round}`)));
    await settle();
    last().die();
    waits.at(-1)?.pass();
    await settle();
  }
  expect(waits.map(({ ms }) => ms)).toEqual([500, 2000]);
  expect(runs).toHaveLength(3);
  expect(core.state()).toEqual({
    name: 'failed',
    error: appErrorOf('internal', { details: { crashes: 3 } }),
  });
  expect((await core.whenReady()).ok).toBe(false);
});

it('counts deaths before the first answer as well', async () => {
  const { core, waits, settle, last } = setUp();
  const answer = core.whenReady();
  for (const _round of [0, 1, 2]) {
    last().die();
    waits.at(-1)?.pass();
    await settle();
  }
  expect((await answer).ok).toBe(false);
});

it('forgets deaths after a minute of good service', async () => {
  const { core, waits, settle, last, pass } = setUp();
  for (const _round of [0, 1, 2, 3]) {
    last().answer(ok(address('/x')));
    await settle();
    pass(60_000);
    last().die();
    waits.at(-1)?.pass();
    await settle();
  }
  expect(waits.map(({ ms }) => ms)).toEqual([500, 500, 500, 500]);
  expect(core.state().name).toBe('starting');
});

it('does not try again what the core itself refused, until asked', async () => {
  const { core, runs, states, settle, last } = setUp();
  const error = appErrorOf('database_busy');
  last().answer(err(error));
  expect(await core.whenReady()).toEqual(err(error));
  await settle();
  expect([runs.length, last().closes]).toEqual([1, 1]);

  core.retry();
  core.retry();
  expect(runs).toHaveLength(2);
  last().answer(ok(address('/two')));
  await settle();
  expect(states).toEqual(['failed', 'starting', 'ready']);
});

it('closes for good: no restart, no answer for those who still ask', async () => {
  const { core, runs, waits, settle, last } = setUp();
  last().answer(ok(address('/one')));
  await settle();
  await core.close();
  await core.close();
  expect([runs.length, waits.length, core.state().name]).toEqual([1, 0, 'closed']);
  expect(await core.whenReady()).toEqual(err(appErrorOf('not_ready')));
});

it('closes while a restart is waiting', async () => {
  const { core, runs, waits, settle, last } = setUp();
  last().die();
  const answer = core.whenReady();
  await core.close();
  waits[0]?.pass();
  await settle();
  expect([runs.length, core.state().name]).toEqual([1, 'closed']);
  expect((await answer).ok).toBe(false);
});

it('closes while the core is still starting', async () => {
  const { core, runs, settle, last } = setUp();
  await core.close();
  last().answer(ok(address('/late')));
  await settle();
  expect([runs.length, last().closes, core.state().name]).toEqual([1, 1, 'closed']);
});
