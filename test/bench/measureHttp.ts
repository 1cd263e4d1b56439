import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { createRandom } from '../../electron/core/services/demo/random.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { type Served, serve } from '../support/cli.ts';
import { PASSWORD, setUpDesk, USERNAME } from './account.ts';
import type { DeskFacts } from './desks.ts';
import { measureAsync, type Timing, timingOf } from './stats.ts';
import { searchTexts, suggestTexts } from './workload.ts';

const SAMPLES = 1000;
const STARTS = 9;
const LOAD_SECONDS = 8;
const PER_PAGE = 15;

export interface HttpMeasured {
  readonly timings: readonly Timing[];
  readonly requestsPerSecond: readonly { name: string; perSecond: number; p50: number; p99: number }[];
  readonly rssBytes: number | null;
}

const [folder = ''] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(path.join(folder, 'facts.json'), 'utf8')) as DeskFacts;

/** Calls as the window does: one keep-alive connection, the session's cookie, tRPC over HTTP. */
function windowOf(url: string, cookie = '') {
  let session = cookie;
  const ask = async (procedure: string, input?: unknown): Promise<unknown> => {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const response = await fetch(`${url}/trpc/${procedure}${query}`, { headers: { cookie: session } });
    const answer = (await response.json()) as { result?: { data: unknown } };
    if (!answer.result) throw new Error(`${procedure}: ${JSON.stringify(answer)}`);
    return answer.result.data;
  };
  const signIn = async (): Promise<string> => {
    const response = await fetch(`${url}/trpc/session.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ username: USERNAME, password: PASSWORD }),
    });
    session = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    if (!response.ok) throw new Error(await response.text());
    return session;
  };
  return { ask, signIn };
}

const OPEN_QUEUE = { queue: { kind: 'open' } };

/** From the birth of the process to the first queue page in the window's hands. */
async function starts(name: string, dir: string): Promise<Timing> {
  let cookie = '';
  const times: number[] = [];
  for (let round = 0; round <= STARTS; round++) {
    const start = performance.now();
    const served = await serve(dir);
    const browser = windowOf(served.url, cookie);
    if (round === 0) cookie = await browser.signIn();
    else {
      await browser.ask('queues.page', OPEN_QUEUE);
      times.push(performance.now() - start);
    }
    await served.end();
  }
  return timingOf(name, times);
}

async function emptyStarts(): Promise<Timing> {
  const dir = mkdtempSync(path.join(tmpdir(), 'bench-empty-'));
  await setUpDesk(dir);
  const timing = await starts('start to queue, empty desk', dir);
  rmSync(dir, { recursive: true });
  return timing;
}

async function windowCalls(browser: ReturnType<typeof windowOf>): Promise<Timing[]> {
  const random = createRandom(5);
  const db = openConnection(path.join(folder, 'desk.db'), { readonly: true });
  const words = searchTexts(db, 'all', 2, SAMPLES);
  const prefixes = suggestTexts(db, SAMPLES);
  db.close();
  const deep = () => ({
    ...OPEN_QUEUE,
    cursor: { at: facts.now - random.int(0, 3 * 365 * 86_400_000), id: random.int(1, facts.tickets) },
  });
  const search = (round: number) => browser.ask('search.query', { text: words[round % SAMPLES] ?? '' });
  const calls: [string, (round: number) => Promise<unknown>][] = [
    ['HTTP: queue page, first', () => browser.ask('queues.page', OPEN_QUEUE)],
    ['HTTP: queue page, deep', () => browser.ask('queues.page', deep())],
    ['HTTP: counts', () => browser.ask('queues.counts')],
    [
      'HTTP: open a ticket of 20 messages',
      () => browser.ask('tickets.get', { ticketId: facts.longFromId + random.int(0, 499) }),
    ],
    ['HTTP: search, 2 words', search],
    [
      'HTTP: as you type',
      (round) => browser.ask('search.suggest', { text: prefixes[round % SAMPLES] ?? '' }),
    ],
  ];
  const timings: Timing[] = [];
  for (const [name, call] of calls) timings.push(await measureAsync(name, SAMPLES, call));

  let isOver = false;
  const busy = (async () => {
    for (let round = 0; !isOver; round++) await search(round);
  })();
  timings.push(
    await measureAsync('HTTP: queue page while a search runs', SAMPLES, () =>
      browser.ask('queues.page', deep()),
    ),
  );
  isOver = true;
  await busy;
  return timings;
}

async function apiLoad(served: Served, token: string, name: string, paths: readonly string[]) {
  const result = await autocannon({
    url: served.url,
    connections: 4,
    duration: LOAD_SECONDS,
    headers: { token },
    requests: paths.map((one) => ({ method: 'GET' as const, path: one })),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx} bad answers`);
  return {
    name,
    perSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

function rssOf(pid: number): number | null {
  const ran = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return ran.status === 0 ? Number(ran.stdout) * 1024 : null;
}

async function main(): Promise<HttpMeasured> {
  const started = [await emptyStarts(), await starts('start to queue, this desk', folder)];
  const served = await serve(folder);
  const browser = windowOf(served.url);
  await browser.signIn();
  const called = await windowCalls(browser);
  const random = createRandom(9);
  const last = Math.ceil(facts.tickets / PER_PAGE);
  const randomPages = Array.from({ length: 2000 }, () => `/api/tickets?page=${random.int(1, last)}`);
  const requestsPerSecond = [
    await apiLoad(served, facts.apiToken, 'GET /api/tickets, page 1, 4 connections', ['/api/tickets']),
    await apiLoad(served, facts.apiToken, 'GET /api/tickets, random page, 4 connections', randomPages),
  ];
  const rssBytes = rssOf(served.pid);
  await served.end();
  return { timings: [...started, ...called], requestsPerSecond, rssBytes };
}

console.log(JSON.stringify(await main()));
