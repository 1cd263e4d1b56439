import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok } from '../../../shared/util/result.ts';
import { openTestDesk, type TestDesk } from '../../../test/support/testDesk.ts';
import { systemClock } from '../ports/clock.ts';
import { silentLogger } from '../ports/logger.ts';
import { createJobs } from '../services/jobs.ts';
import { createReader } from '../store/reader/readerPort.ts';
import { createWalKeeper } from '../store/walKeeper.ts';
import { createAboardRunner } from '../sync/aboard/aboardRunner.ts';
import { createSyncRunner } from '../sync/runner.ts';
import { startBackgroundJobs } from './backgroundJobs.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

it('waits after a job that failed, also after one that runs once: a log that never ends fills the disk', async () => {
  const { deps } = desk;
  const jobs = createJobs(deps);
  const sync = createSyncRunner(deps);
  const reader = createReader(deps.store.db.name);
  const services = {
    ...{ deps, jobs, sync },
    reader,
    wal: createWalKeeper(deps.store.db, reader, deps.clock),
    keeper: desk.keeper,
    spoolDir: join(desk.folder, 'gone'),
    aboard: createAboardRunner(deps, jobs, sync),
  };
  const failed: unknown[] = [];
  const log = { ...silentLogger, error: (_event: string, facts?: object) => failed.push(facts) };
  const stop = startBackgroundJobs({ ready: () => ok(services) }, systemClock, log);
  await vi.waitUntil(() => failed.length > 0);
  await setTimeout(100);
  await stop();
  expect(failed).toHaveLength(1);
});
