import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { systemIds } from '../../electron/core/ports/ids.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../electron/core/ports/nodeHttpFetch.ts';
import { createRandom } from '../../electron/core/services/demo/random.ts';
import { createEventHub } from '../../electron/core/services/eventHub.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createFileStore } from '../../electron/core/store/files.ts';
import { createReader } from '../../electron/core/store/reader/readerPort.ts';
import { createStore } from '../../electron/core/store/store.ts';
import { type Queue, type QueuePageInput, queuePageInput } from '../../shared/contract/queues.ts';
import type { DepartmentId, StaffId, TicketId } from '../../shared/model/ids.ts';
import { memorySecrets } from '../support/secrets.ts';
import type { DeskFacts } from './desks.ts';
import { measure, measureAsync, type Timing, timingOf } from './stats.ts';
import { searchTexts, suggestTexts, viewersOf } from './workload.ts';

const SAMPLES = 1000;
const OVERDUE_MS = 48 * 3_600_000;
const [folder = ''] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(path.join(folder, 'facts.json'), 'utf8')) as DeskFacts;
const file = path.join(folder, 'desk.db');
const db = openConnection(file);
const store = createStore(db);
const viewers = viewersOf(db);
const overdueBefore = facts.now - OVERDUE_MS;
const random = createRandom(3);

const queues: { name: string; queue: Queue }[] = [
  ...(['mine', 'unassigned', 'open', 'waiting', 'overdue', 'closed', 'trash'] as const).map((kind) => ({
    name: kind,
    queue: { kind },
  })),
  { name: 'department', queue: { kind: 'department', departmentId: 0 as DepartmentId } },
];

type DeskPage = ReturnType<typeof store.queues.page>;

/** Random places between the first and the last full page, so that every page compared holds as many rows. */
function deepPlaces(page: (input: Partial<QueuePageInput>) => DeskPage): () => QueuePageInput['cursor'] {
  const first = page({}).rows[0];
  const last = page({ direction: 'before' }).rows[0];
  if (!first || !last) return () => null;
  const [newest, oldest] = [first.lastMessageAt, last.lastMessageAt];
  return () => ({ at: random.int(oldest, newest) + 1, id: random.int(1, facts.tickets) });
}

function queuePages(): Timing[] {
  const busiest = viewers[1]?.scope[0] as DepartmentId;
  return viewers.flatMap(({ name: who, scope, staffId }) =>
    queues.flatMap(({ name, queue }) => {
      const departmentId = scope === 'all' ? busiest : (scope[0] ?? busiest);
      const wanted: Queue = queue.kind === 'department' ? { kind: 'department', departmentId } : queue;
      const page = (input: Partial<QueuePageInput>) =>
        store.queues.page(
          scope,
          staffId,
          { ...queuePageInput.parse({ queue: wanted }), ...input },
          { overdueBefore },
        );
      const place = deepPlaces(page);
      return [
        measure(`${name}, ${who}, first`, SAMPLES, () => page({})),
        measure(`${name}, ${who}, deep`, SAMPLES, () => page({ cursor: place() })),
      ];
    }),
  );
}

function counts(): Timing[] {
  return viewers.map(({ name, scope, staffId }) =>
    measure(`counts, ${name}`, SAMPLES, () => store.counts.counts(scope, staffId, overdueBefore)),
  );
}

/** What opening a ticket reads: thread, attachments, notes, customer with counts. */
function opens(): Timing {
  const clock = { now: () => facts.now };
  const files = createFileStore(path.join(folder, 'attachments'));
  const events = createEventHub(clock);
  const httpFetch = createNodeHttpFetch({});
  const deps = {
    store,
    files,
    clock,
    ids: systemIds,
    log: silentLogger,
    events,
    secrets: memorySecrets(),
    httpFetch,
  };
  const actor = { kind: 'staff', staffId: 1 as StaffId, name: 'Bench', role: 'admin', scope: 'all' } as const;
  return measure('open a ticket of 20 messages', SAMPLES, () => {
    const id = (facts.longFromId + random.int(0, 499)) as TicketId;
    const opened = ticketDetail(deps, actor, id, null);
    if (!opened.ok || opened.value.messages.length !== 20) throw new Error(`ticket ${id} has no 20 messages`);
  });
}

function apiPages(): Timing[] {
  const perPage = 15;
  const last = Math.ceil((facts.tickets + 500) / perPage);
  return [
    measure('API page 1', SAMPLES, () => store.apiPages.tickets({ page: 1, perPage })),
    measure('API random page', SAMPLES, () => store.apiPages.tickets({ page: random.int(1, last), perPage })),
    measure('API random page, closed', SAMPLES, () =>
      store.apiPages.tickets({ page: random.int(1, Math.floor(last * 0.9)), perPage, status: 5 }),
    ),
    measure('API random page of a 0.01 % department', SAMPLES, () =>
      store.apiPages.tickets({
        page: random.int(1, 7),
        perPage,
        departmentId: viewers[2]?.scope[0] as DepartmentId,
      }),
    ),
  ];
}

async function searches(): Promise<Timing[]> {
  const reader = createReader(file);
  const rows: Timing[] = [];
  for (const { name, scope } of viewers) {
    for (const words of [1, 2, 3]) {
      const texts = searchTexts(db, scope, words, SAMPLES);
      rows.push(
        await measureAsync(`search, ${words} word${words > 1 ? 's' : ''}, ${name}`, SAMPLES, (round) =>
          reader.search(scope, { text: texts[round] ?? '', limit: 20, beforeId: null }),
        ),
      );
    }
    const prefixes = suggestTexts(db, SAMPLES);
    rows.push(
      await measureAsync(`as you type, ${name}`, SAMPLES, (round) =>
        reader.suggest(scope, { text: prefixes[round] ?? '', limit: 8 }),
      ),
    );
  }
  rows.push(await pagesWhileSearching(reader));
  await reader.close();
  return rows;
}

/** Queue pages on this thread while the reader never rests. */
async function pagesWhileSearching(reader: ReturnType<typeof createReader>): Promise<Timing> {
  const texts = searchTexts(db, 'all', 2, SAMPLES);
  let isOver = false;
  const busy = (async () => {
    for (let round = 0; !isOver; round++) {
      await reader.search('all', { text: texts[round % SAMPLES] ?? '', limit: 100, beforeId: null });
    }
  })();
  const times: number[] = [];
  const input = queuePageInput.parse({ queue: { kind: 'open' } });
  for (let round = 0; round < SAMPLES; round++) {
    const start = performance.now();
    store.queues.page('all', 1, input, { overdueBefore });
    times.push(performance.now() - start);
    await new Promise((resolve) => setImmediate(resolve));
  }
  isOver = true;
  await busy;
  return timingOf('queue page while a search runs', times);
}

/** Open, first page, counts: a new process each time, as a start is. */
function starts(): Timing {
  const script = path.join(import.meta.dirname, 'openDesk.ts');
  const times = Array.from({ length: 15 }, () => {
    const ran = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
    return Number(ran.stdout);
  });
  return timingOf('open, first page and counts, new process', times);
}

const timings = [starts(), ...queuePages(), ...counts(), opens(), ...apiPages(), ...(await searches())];
db.close();
console.log(JSON.stringify({ timings, rssBytes: process.memoryUsage.rss() }));
