import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { StaffActor } from '../../../electron/core/domain/actor.ts';
import { systemClock } from '../../../electron/core/ports/clock.ts';
import type { HttpFetch, HttpRequest } from '../../../electron/core/ports/httpFetch.ts';
import { systemIds } from '../../../electron/core/ports/ids.ts';
import { silentLogger } from '../../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../../electron/core/ports/nodeHttpFetch.ts';
import type { ServiceDeps } from '../../../electron/core/services/context.ts';
import { createEventHub, publishAfterCommit } from '../../../electron/core/services/eventHub.ts';
import { replyAsStaff } from '../../../electron/core/services/staffActions.ts';
import { openConnection } from '../../../electron/core/store/connection.ts';
import { createFileStore } from '../../../electron/core/store/files.ts';
import { migrate, readMigrations } from '../../../electron/core/store/migrate.ts';
import { createReader } from '../../../electron/core/store/reader/readerPort.ts';
import { createStore } from '../../../electron/core/store/store.ts';
import { createWalKeeper } from '../../../electron/core/store/walKeeper.ts';
import { connectDesk } from '../../../electron/core/sync/account/connect.ts';
import { PUSH_PARALLEL } from '../../../electron/core/sync/push/push.ts';
import { createSyncRunner } from '../../../electron/core/sync/runner.ts';
import { replyInput } from '../../../shared/contract/tickets.ts';
import type { StaffId } from '../../../shared/model/ids.ts';
import { memorySecrets } from '../../support/secrets.ts';
import { BARE_PARALLEL, type RunMeasured, type ServerOrder, type SyncMeasured } from './shape.ts';

// One desk and its server, which another process plays: first sync, the bare loop, an idle cycle, a drain.

const [latency = '0', folder = ''] = process.argv.slice(2);
const latencyMs = Number(latency);
const PAGE = 15;
/** So that each hot status is on one page, as the idle cycle's budget has it. */
const WIDE_PAGE = 500;
const TOKEN = 'bench'.padEnd(60, 'x');
const DRAINED = 200;
const RESOLUTION_MS = 1;

interface Seen {
  readonly path: string;
  /** What was posted; null = it only read. */
  readonly write: HttpRequest | null;
  readonly endedAt: number;
}

function openDesk() {
  const db = openConnection(join(folder, 'desk.db'));
  migrate(db, readMigrations());
  const store = createStore(db);
  const fetch = createNodeHttpFetch({});
  const seen: Seen[] = [];
  const httpFetch: HttpFetch = async (request, options) => {
    const result = await fetch(request, options);
    const { pathname, search } = new URL(request.url);
    const write = request.method === 'POST' ? request : null;
    seen.push({ path: pathname + search, write, endedAt: performance.now() });
    return result;
  };
  const deps: ServiceDeps = {
    store,
    files: createFileStore(join(folder, 'attachments')),
    clock: systemClock,
    ids: systemIds,
    log: silentLogger,
    events: publishAfterCommit(createEventHub(systemClock), store.afterCommit),
    secrets: memorySecrets(),
    httpFetch,
  };
  const reader = createReader(join(folder, 'desk.db'));
  const wal = createWalKeeper(db, reader, systemClock);
  const tending = setInterval(() => void wal.tend(), 500);
  const close = async (): Promise<void> => {
    clearInterval(tending);
    await reader.close();
    store.close();
  };
  return { deps, seen, runner: createSyncRunner(deps), close };
}

async function measureRun({ deps, seen, runner }: ReturnType<typeof openDesk>): Promise<RunMeasured> {
  const changes = () => deps.store.db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
  const before = changes();
  seen.length = 0;
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const report = await runner.run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const since = (found: Seen | undefined) => (found ? found.endedAt - start : 0);
  return {
    ms,
    cpuMs: (user + system) / 1000,
    requests: seen.length,
    listsMs: since(seen.findLast(({ path }) => path.startsWith('/api/tickets?'))),
    writesMs: writesMs(start, seen),
    longestBlockMs: delay.max / 1e6 - RESOLUTION_MS,
    ended: report.ok ? (report.value.ended?.code ?? null) : report.error.code,
    changes: changes() - before,
  };
}

/** From the answer before the first write to the last write's. */
function writesMs(start: number, seen: readonly Seen[]): number {
  const first = seen.findIndex(({ write }) => write !== null);
  const last = seen.findLast(({ write }) => write !== null);
  return last ? last.endedAt - (seen[first - 1]?.endedAt ?? start) : 0;
}

/** What the engine asked for, asked for again by as many at once as it may have, over the same kind of connections. */
async function bareLoop(requests: readonly HttpRequest[], parallel: number): Promise<number> {
  const fetch = createNodeHttpFetch({});
  const start = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      await fetch(request, { timeoutMs: 30_000 });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return performance.now() - start;
}

const reading = (url: string, { path }: Seen): HttpRequest => ({
  ...{ method: 'GET', url: url + path, headers: { Token: TOKEN }, reuse: true },
  maxBytes: 64 * 1024 * 1024,
});

/** So many answers, each on a ticket of its own. */
function answer(deps: ServiceDeps): void {
  const ada: StaffActor = { kind: 'staff', staffId: 1 as StaffId, name: 'Ada', role: 'admin', scope: 'all' };
  const ids = deps.store.db
    .prepare<[number], number>('SELECT id FROM tickets WHERE id < 1000000000 ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(DRAINED);
  for (const ticketId of ids) {
    const input = replyInput.parse({ ticketId, bodyHtml: `<p>Answered: ${ticketId}</p>` });
    const written = replyAsStaff(deps, ada, input);
    if (!written.ok) throw new Error(written.error.code);
  }
}

async function main(): Promise<SyncMeasured> {
  const server = fork(join(import.meta.dirname, 'server.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = (await once(server, 'message')) as [string];
  const order = async (ticketsPage: number): Promise<void> => {
    server.send({ latencyMs, ticketsPage } satisfies ServerOrder);
    await once(server, 'message');
  };
  await order(PAGE);
  const desk = openDesk();
  const account = { url, token: TOKEN, username: 'ada', password: 'bench-password' };
  const connected = await connectDesk(desk.deps, account);
  if (!connected.ok) throw new Error(connected.error.code);
  const first = await measureRun(desk);
  const readings = desk.seen.filter(({ write }) => write === null).map((seen) => reading(url, seen));
  const bareMs = await bareLoop(readings, BARE_PARALLEL);
  await order(WIDE_PAGE);
  const idle = await measureRun(desk);
  answer(desk.deps);
  const drain = await measureRun(desk);
  const writes = desk.seen.flatMap(({ write }) => write ?? []);
  const bareDrainMs = await bareLoop(writes, PUSH_PARALLEL);
  await desk.close();
  server.disconnect();
  return { latencyMs, first, bareMs, idle, drain, bareDrainMs };
}

console.log(JSON.stringify(await main()));
