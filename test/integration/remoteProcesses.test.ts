import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { takeMarker } from '../../electron/core/domain/marker.ts';
import { createRandom } from '../../electron/core/services/demo/random.ts';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createStore, type Store } from '../../electron/core/store/store.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import type { StaffId, TicketId } from '../../shared/model/ids.ts';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { buildCli, runCli, serve } from '../support/cli.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { addOpened, fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';
import { storeDeps } from '../support/storeDeps.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

/** A hang is a failure, a busy machine is not. */
const PATIENCE_MS = 10 * 60_000;
vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS });
/** The desks' two minutes of grace pass in three seconds. */
const SPEED = 40;
const GRACE_MS = (2 * 60_000) / SPEED;
const TICKETS = 10;

const START = Date.now();
/** The server and the desks agree on the time. */
const fastNow = (): number => Math.round(START + (Date.now() - START) * SPEED);
const clock = {
  CLOCK_START: String(START),
  CLOCK_SPEED: String(SPEED),
  NODE_OPTIONS: `--import ${pathToFileURL(path.resolve(import.meta.dirname, '../support/fasterClock.mjs'))}`,
};

const temporaryFolder = temporaryFolders();
let server: FakeHelpdeskz;
let proxy: FaultProxy;
let closing: (() => Promise<unknown>)[] = [];
beforeAll(buildCli);
beforeEach(async () => {
  server = createFakeHelpdeskz({ now: fastNow, settings: { repliesPage: 4 } });
  fillHelpdeskz(server);
  // A colleague's words in a closed ticket show at the next full scan only (docs/sync.md).
  for (const ticket of server.state.tickets.values()) ticket.status = 1;
  for (let number = 4; number <= TICKETS; number++) addQuestion(number);
  const served = await serveHelpdeskz(server);
  proxy = await startFaultProxy(served.port, { seed: 20_260_105, lateMs: GRACE_MS / 3, now: fastNow });
  closing = [proxy.close, served.close];
});
afterEach(async () => {
  for (const close of closing) await close();
});

function addQuestion(number: number): void {
  const date = Math.floor(Date.now() / 1000) - 3600;
  const [subject, message] = [`Printer ${number}`, `It is on fire, no. ${number}`];
  addOpened(server.state, { subject, message, status: 1, date });
}

/** Connected and synced once, by the command line. */
async function mirrorFor(username: string): Promise<string> {
  const data = path.join(temporaryFolder(), username);
  const connect = ['remote', 'connect', '--data', data, '--url', proxy.url, '--staff', username];
  const connected = await runCli([...connect, '--token-stdin', '--password-stdin'], {
    stdin: `${REMOTE_TOKEN}\n${REMOTE_PASSWORD}\n`,
    env: clock,
  });
  expect(connected.stderr).toBe('');
  const synced = await runCli(['sync', '--data', data, '--once'], { env: clock });
  expect(JSON.parse(synced.stdout)).toMatchObject({ ended: null });
  return data;
}

function withStore<T>(data: string, work: (store: Store) => T): T {
  const store = createStore(openConnection(path.join(data, 'desk.db')));
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** What somebody wrote while there was no network: ticket by ticket, in this order. */
function writeReplies(data: string, staffId: number, name: string, count: number): string[] {
  return withStore(data, (store) => {
    const actor = { kind: 'staff', staffId: staffId as StaffId, name, role: 'admin', scope: 'all' } as const;
    return Array.from({ length: count }, (_, index) => {
      const text = `${name} writes no. ${index + 1}.`;
      const ticketId = ((index % TICKETS) + 1) as TicketId;
      const input = replyInput.parse({ ticketId, bodyHtml: `<p>${text}</p>` });
      expect(replyAsStaff(storeDeps(store, data), actor, input)).toMatchObject({ ok: true });
      return text;
    });
  });
}

const onServer = (text: string) =>
  [...server.state.messages.values()].flat().filter(({ message }) => message.includes(text));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(50);
}

/** Waits until nothing is left to send; looks on without ever writing. */
async function untilDrained(data: string): Promise<void> {
  const db = openConnection(path.join(data, 'desk.db'), { readonly: true });
  const left = db.prepare<[], number>('SELECT count(*) FROM outbox').pluck();
  await until(() => left.get() === 0).finally(() => db.close());
}

/** Killed with -9 again and again in the middle of its drain, and started again; then left alone until it is through. */
async function drainWithKills(data: string, texts: readonly string[], seed: number): Promise<void> {
  const random = createRandom(seed);
  const arrived = (): number => texts.filter((text) => onServer(text).length > 0).length;
  for (let kills = 0; kills < 4; kills++) {
    const app = await serve(data, [], clock);
    const enough = Math.min(texts.length, arrived() + random.int(1, 5));
    await until(() => arrived() >= enough);
    await pause(random.int(0, 60));
    await app.end('SIGKILL');
  }
  const app = await serve(data, [], clock);
  await untilDrained(data);
  await app.end();
}

function checkDelivered(data: string, texts: readonly string[]): void {
  for (const text of texts) {
    const copies = onServer(text);
    const most = 1 + proxy.repeated.filter((body) => body.includes(text)).length;
    expect(copies.length, `«${text}» on the server`).toBeGreaterThan(0);
    expect(copies.length, `«${text}» on the server`).toBeLessThanOrEqual(most);
    const mails = server.state.mails.filter(({ messageId }) => copies.some(({ id }) => id === messageId));
    expect(mails.length, `mails of «${text}»`).toBe(copies.length);
  }
  for (let ticketId = 1; ticketId <= TICKETS; ticketId++) {
    const own = texts.filter((_, index) => (index % TICKETS) + 1 === ticketId);
    const firsts = own.map((text) => onServer(text)[0]?.id ?? 0);
    expect(firsts, `order in ticket ${ticketId}`).toEqual(firsts.toSorted((a, b) => a - b));
  }
  withStore(data, (store) => {
    expect(store.outbox.all()).toEqual([]);
    for (const [ticketId, messages] of server.state.messages) {
      const shown = store.messages.newestBefore(
        ticketId as TicketId,
        { at: Number.MAX_SAFE_INTEGER, id: 0 },
        100,
      );
      const theirs = [...new Set(messages.map(({ message }) => takeMarker(message).bodyHtml))];
      expect(shown.map(({ bodyHtml }) => bodyHtml).toSorted()).toEqual(theirs.toSorted());
      expect(
        shown.every(({ id }) => store.remoteTickets.remoteId('messages', id) !== null),
        'all are shown as sent',
      ).toBe(true);
    }
  });
}

it('two desks are killed in the middle of their drain on a bad network: every reply arrives once and shows as sent', async () => {
  const ada = await mirrorFor('ada');
  const sam = await mirrorFor('sam');
  const adas = writeReplies(ada, 1, 'Ada', 30);
  const sams = writeReplies(sam, 2, 'Sam', 12);
  proxy.isFaulty = true;
  await Promise.all([drainWithKills(ada, adas, 1), drainWithKills(sam, sams, 2)]);
  proxy.isFaulty = false;
  for (const data of [ada, sam]) {
    const synced = await runCli(['sync', '--data', data, '--once'], { env: clock });
    expect(JSON.parse(synced.stdout)).toMatchObject({ outbox: {}, ended: null });
  }
  checkDelivered(ada, adas);
  checkDelivered(sam, sams);
});
