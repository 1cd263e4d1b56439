import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { HttpFetch, HttpResult } from '../../electron/core/ports/httpFetch.ts';
import { askForAttachment, openAttachment } from '../../electron/core/services/attachments.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { updateSettings } from '../../electron/core/services/settings.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { estimateViews, lackingTickets, takeStatus } from '../../electron/core/sync/aboard/aboardReport.ts';
import { createAboardRunner } from '../../electron/core/sync/aboard/aboardRunner.ts';
import type { Queue } from '../../shared/contract/queues.ts';
import type { AttachmentId, TicketId } from '../../shared/model/ids.ts';
import { eachMirror, mirrorOf } from '../support/mirror.ts';
import { addOpened } from '../support/remoteDesk.ts';

const OPEN: Queue[] = [{ kind: 'open' }];
const MB = 1024 * 1024;
const DOWNLOAD = 'Get file content from an attachment.';

const { desk, mirror } = eachMirror({ connects: false });

const fileId = (id: number): AttachmentId => id as AttachmentId;

/** A file of the only message of a ticket of `fillHelpdeskz`. */
function addFile(id: number, content: string, ticketId = 1): void {
  const message = desk.server.state.messages.get(ticketId)?.[0];
  if (!message) throw new Error('no message');
  desk.server.state.attachments.set(id, {
    ...{ id, ticketId, messageId: message.id },
    ...{ name: `file-${id}.txt`, filetype: 'text/plain' },
    content: Buffer.from(content),
    isFileGone: false,
  });
}

/** Tickets with one message each, there and not yet here. */
function addTickets(count: number): void {
  for (let at = 0; at < count; at++)
    addOpened(desk.server.state, { subject: `Extra ${at}`, message: 'Hello', status: 1 });
}

const sent = (url: string): boolean => /attachments\/show\/[1-9]/.test(url);
const CUT: HttpResult = { ok: false, error: { kind: 'cut', phase: 'body', detail: 'cut' } };
const AWAY: HttpResult = { ok: false, error: { kind: 'no_connection', phase: 'connect', detail: 'refused' } };

/** The desk's own runner, over a network of the test's. */
function aboardOf(over: Partial<ServiceDeps> = {}) {
  const deps = { ...desk.deps, ...over };
  const jobs = createJobs(deps);
  const aboard = createAboardRunner(deps, jobs, mirror.runner);
  return {
    jobs,
    aboard,
    take: async (budgetBytes = 100 * MB, views = OPEN) => {
      const taken = await aboard.take(desk.ada.staffId, { views, budgetBytes });
      if (!taken.ok) throw new Error(taken.error.code);
      return { finished: taken.value };
    },
    status: () => {
      const status = takeStatus(deps, aboard.isRunning());
      if (!status) throw new Error('nothing is taken');
      return status;
    },
  };
}

describe('what would be aboard', () => {
  it('counts tickets, messages and files of the views together, and what is here already', async () => {
    addFile(1, 'twelve bytes');
    addFile(2, 'twelve more!', 3);
    await mirror.connect();
    const estimate = (views: Queue[]) => estimateViews(desk.deps, desk.ada, views);
    const one = { count: 1, bytes: 12 };
    expect(await estimate(OPEN)).toMatchObject({
      size: {
        tickets: 1,
        threadsMissing: 0,
        messages: 1,
        messagesHere: 1,
        files: one,
        filesHere: { count: 0 },
      },
      isPartial: false,
    });
    // Overlapping views count a ticket once.
    const views: Queue[] = [...OPEN, { kind: 'department', departmentId: 1 as never }, { kind: 'waiting' }];
    expect((await estimate(views)).size).toMatchObject({ tickets: 2, files: { count: 2, bytes: 24 } });
    await openAttachment(desk.deps, desk.ada, fileId(1));
    expect((await estimate(views)).size.filesHere).toEqual(one);
    expect((await estimate([{ kind: 'mine' }])).size.tickets).toBe(0);
    expect((await estimate(OPEN)).freeBytes).toBeGreaterThan(0);
  });

  it('says which threads are not here, and counts their messages by the server’s own count', async () => {
    await mirror.connect();
    addTickets(2);
    // The first sync again, and the line breaks after the tickets.
    const tickets: HttpFetch = async (request, options) =>
      request.url.includes('messages/show') ? AWAY : desk.deps.httpFetch(request, options);
    const cut = mirrorOf({ ...desk, deps: { ...desk.deps, httpFetch: tickets } });
    expect((await cut.sync()).ended).toMatchObject({ code: 'remote_unreachable' });
    const { size } = await estimateViews(desk.deps, desk.ada, OPEN);
    expect(size).toMatchObject({ tickets: 3, threadsMissing: 2, messages: 3, messagesHere: 1 });
    const { take, status } = aboardOf();
    expect((await (await take()).finished).state).toBe('done');
    expect(status().size).toMatchObject({ tickets: 3, threadsMissing: 0, messagesHere: 3 });
  });
});

describe('taking along', () => {
  it('fetches every file of the views, and afterwards they open without the server', async () => {
    addFile(1, 'the bill');
    addFile(2, 'of another queue', 2);
    await mirror.connect();
    const { take, status } = aboardOf();
    expect(await (await take()).finished).toMatchObject({ kind: 'aboard', state: 'done', done: 1, total: 1 });
    expect(status()).toMatchObject({ state: 'done', problem: null, lacks: [], isRunning: false });
    expect(lackingTickets(desk.deps)).toEqual({ tickets: [], total: 0 });
    await desk.goOffline();
    const opened = await openAttachment(desk.deps, desk.ada, fileId(1));
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await text(opened.value.read())).toBe('the bill');
    expect(await openAttachment(desk.deps, desk.ada, fileId(2))).toMatchObject({ ok: false });
  });

  it('stays within the budget, and names what is beyond it', async () => {
    addFile(1, 'x'.repeat(600));
    addFile(2, 'y'.repeat(600));
    addFile(3, 'z'.repeat(100));
    await mirror.connect();
    const { take, status } = aboardOf();
    await (await take(1000)).finished;
    expect(status()).toMatchObject({ state: 'done', lacks: [{ lack: 'over', count: 1, bytes: 600 }] });
    const { tickets } = lackingTickets(desk.deps);
    expect(tickets).toMatchObject([{ subject: 'Printer 1', files: [{ name: 'file-1.txt', lack: 'over' }] }]);
    await (await take(2000)).finished;
    expect(status()).toMatchObject({ lacks: [], size: { filesHere: { count: 3, bytes: 1300 } } });
  });

  it('leaves the last of the disk alone', async () => {
    addFile(1, 'x'.repeat(600));
    await mirror.connect();
    const files = { ...desk.deps.files, freeBytes: async () => 512 * MB + 100 };
    const { take, status } = aboardOf({ files });
    await (await take()).finished;
    expect(status()).toMatchObject({
      state: 'done',
      problem: { code: 'disk_nearly_full' },
      lacks: [{ lack: 'over', count: 1 }],
    });
  });

  it('stops on a full disk, with nothing going on behind it, and is resumed when there is room', async () => {
    for (let id = 1; id <= 12; id++) addFile(id, `file number ${id}`);
    await mirror.connect();
    let isFull = true;
    let asked = 0;
    const files: ServiceDeps['files'] = {
      ...desk.deps.files,
      put: async (content) => {
        asked += 1;
        if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return desk.deps.files.put(content);
      },
    };
    const { aboard, take, status } = aboardOf({ files });
    expect(await (await take()).finished).toMatchObject({ state: 'failed', error: { code: 'disk_full' } });
    expect(asked).toBeLessThanOrEqual(4);
    expect(status()).toMatchObject({ state: 'paused', problem: { code: 'disk_full' } });
    isFull = false;
    await aboard.resume();
    await expect.poll(() => status().state).toBe('done');
    expect(status().lacks).toEqual([]);
  });

  it('says what the server refuses, lost, or can’t hand out, and brings the rest', async () => {
    for (const id of [1, 2, 3, 4]) addFile(id, 'a file');
    await mirror.connect();
    const { state } = desk.server;
    const [lost, deleted] = [state.attachments.get(1), state.attachments.get(2)];
    if (!lost || !deleted) throw new Error('no file');
    lost.isFileGone = true;
    desk.deps.store.db.prepare('UPDATE attachments SET size_bytes = 60000000 WHERE id = 3').run();
    // PHP ran out of memory over this one.
    const httpFetch: HttpFetch = async (request, options) =>
      request.url.endsWith('attachments/show/2')
        ? { ok: true, value: { status: 500, headers: {}, body: new Uint8Array() } }
        : desk.deps.httpFetch(request, options);
    const { take, status } = aboardOf({ httpFetch });
    expect((await (await take()).finished).state).toBe('done');
    expect(status().size.filesHere.count).toBe(1);
    const lacks = Object.fromEntries(status().lacks.map(({ lack, count }) => [lack, count]));
    expect(lacks).toEqual({ gone: 1, no_answer: 1, too_large: 1 });
    const detail = ticketDetail(desk.deps, desk.ada, 1 as TicketId, null);
    if (!detail.ok) throw new Error(detail.error.code);
    const places = detail.value.messages[0]?.attachments.map(({ id, place }) => [id, place]);
    expect(places).toEqual([
      [1, 'gone'],
      [2, 'server'],
      [3, 'server'],
      [4, 'here'],
    ]);
  });

  it('says that the token may not fetch files', async () => {
    addFile(1, 'a file');
    await mirror.connect();
    for (const token of desk.server.state.tokens) {
      token.permissions = ['Get messages from a ticket.', 'Get list/details of attachments.'];
    }
    const { take, status } = aboardOf();
    await (await take()).finished;
    const denied = {
      state: 'done',
      problem: { code: 'remote_permission_missing' },
      lacks: [{ lack: 'permission' }],
    };
    expect(status()).toMatchObject(denied);
    for (const token of desk.server.state.tokens) token.permissions = [...token.permissions, DOWNLOAD];
    const { aboard } = aboardOf();
    expect(await aboard.resume()).toMatchObject({ ok: true });
    await expect.poll(() => status().state).toBe('done');
    expect(status()).toMatchObject({ problem: null, lacks: [] });
  });

  it('goes on by itself after the server died midway, each file fetched once', async () => {
    for (let id = 1; id <= 12; id++) addFile(id, `file number ${id}`);
    await mirror.connect();
    const asked: string[] = [];
    let isAway = false;
    let hasDied = false;
    const httpFetch: HttpFetch = async (request, options) => {
      if (isAway) return AWAY;
      if (!sent(request.url)) return desk.deps.httpFetch(request, options);
      if (asked.length === 5 && !hasDied) {
        hasDied = isAway = true;
        return CUT;
      }
      asked.push(request.url);
      return desk.deps.httpFetch(request, options);
    };
    const { aboard, take, status } = aboardOf({ httpFetch });
    expect(await (await take()).finished).toMatchObject({
      state: 'failed',
      error: { code: 'remote_unreachable' },
    });
    expect(status()).toMatchObject({ state: 'fetching', isRunning: false });
    expect(status()).toMatchObject({
      problem: { code: 'remote_unreachable' },
      size: { filesHere: { count: 5 } },
    });
    expect(status().lacks).toMatchObject([{ lack: 'waiting', count: 7 }]);
    // Nothing begins before the server has answered again.
    aboard.tend();
    expect(aboard.isRunning()).toBe(false);
    isAway = false;
    await mirror.sync();
    aboard.tend();
    await expect.poll(() => status().state).toBe('done');
    expect(status()).toMatchObject({ lacks: [], size: { filesHere: { count: 12 } } });
    expect(new Set(asked).size).toBe(12);
    expect(asked).toHaveLength(12);
  });

  it('is paused, resumed and cancelled; what came stays', async () => {
    for (let id = 1; id <= 12; id++) addFile(id, `file number ${id}`);
    await mirror.connect();
    let open = 6;
    let release = (): void => {};
    const httpFetch: HttpFetch = async (request, options) => {
      if (sent(request.url) && open-- <= 0) {
        // Hangs until it is called off.
        await new Promise<void>((resolve) => {
          release = resolve;
          options.signal?.addEventListener('abort', () => resolve());
        });
      }
      return desk.deps.httpFetch(request, options);
    };
    const { aboard, take, status, jobs } = aboardOf({ httpFetch });
    await take();
    await expect.poll(() => status().size.filesHere.count).toBe(6);
    await aboard.stop('paused');
    expect(status()).toMatchObject({
      state: 'paused',
      isRunning: false,
      lacks: [{ lack: 'waiting', count: 6 }],
    });
    aboard.tend();
    expect(aboard.isRunning()).toBe(false);
    open = 3;
    await aboard.resume();
    await expect.poll(() => status().size.filesHere.count).toBe(9);
    // From the status bar.
    for (const { id, state } of jobs.list()) if (state === 'running') jobs.cancel(id);
    await expect.poll(() => status().state).toBe('cancelled');
    expect(status().size.filesHere.count).toBe(9);
    release();
  });

  it.each(['the end of the program', 'a kill'])('goes on where %s cut it off', async (how) => {
    for (let id = 1; id <= 8; id++) addFile(id, `file number ${id}`);
    await mirror.connect();
    let open = 4;
    const httpFetch: HttpFetch = async (request, options) => {
      if (sent(request.url) && open-- <= 0) {
        await new Promise<void>((resolve) => options.signal?.addEventListener('abort', () => resolve()));
      }
      return desk.deps.httpFetch(request, options);
    };
    const first = aboardOf({ httpFetch });
    await first.take();
    await expect.poll(() => first.status().size.filesHere.count).toBe(4);
    // Killed, it gets no word in: what it was at hangs for ever.
    if (how !== 'a kill') await first.jobs.close();
    expect(first.status()).toMatchObject({ state: 'fetching' });
    const next = aboardOf();
    next.aboard.tend();
    await expect.poll(() => next.status().state).toBe('done');
    expect(next.status()).toMatchObject({ lacks: [], size: { filesHere: { count: 8 } } });
  });
});

describe('a file that was opened without a connection', () => {
  it('is fetched by the next sync once somebody asked for it', async () => {
    addFile(1, 'the bill');
    await mirror.connect();
    await desk.goOffline();
    const place = (): string | undefined => {
      const detail = ticketDetail(desk.deps, desk.ada, 1 as TicketId, null);
      return detail.ok ? detail.value.messages[0]?.attachments[0]?.place : undefined;
    };
    expect(await openAttachment(desk.deps, desk.ada, fileId(1))).toMatchObject({
      error: { code: 'attachment_on_server_only' },
    });
    expect(place()).toBe('server');
    expect(askForAttachment(desk.deps, desk.ada, fileId(1))).toMatchObject({ ok: true });
    expect(place()).toBe('asked');
    await desk.goOnline();
    await mirror.sync();
    expect(place()).toBe('here');
    const before = desk.deps.store.db.prepare('SELECT total_changes()').pluck().get();
    expect(await mirror.sync()).toMatchObject({ requests: 6 });
    expect(desk.deps.store.db.prepare('SELECT total_changes()').pluck().get()).toBe(before);
  });

  it('is not asked for again when the server has lost it, and says so', async () => {
    addFile(1, 'the bill');
    await mirror.connect();
    desk.server.state.attachments.delete(1);
    expect(await openAttachment(desk.deps, desk.ada, fileId(1))).toMatchObject({
      error: { code: 'attachment_gone_on_server' },
    });
    askForAttachment(desk.deps, desk.ada, fileId(1));
    await mirror.sync();
    expect(desk.deps.store.aboard.fileMark(fileId(1))).toEqual({ askedAt: null, problem: 'gone' });
    expect(await mirror.sync()).toMatchObject({ requests: 6, ended: null });
  });
});

describe('a standing budget for attachments of open tickets', () => {
  const here = (): number[] =>
    desk.deps.store.db
      .prepare<[], number>("SELECT id FROM attachments WHERE sha256 <> '' ORDER BY id")
      .pluck()
      .all();
  const setBudget = (attachmentsAheadBytes: number): void => {
    expect(updateSettings(desk.deps, { attachmentsAheadBytes })).toMatchObject({ ok: true });
  };
  const settled = async (runner: ReturnType<typeof aboardOf>): Promise<void> => {
    const before = runner.jobs.list().length;
    runner.aboard.tend();
    await expect
      .poll(() => runner.jobs.list().map(({ state }) => state))
      .toEqual(Array.from({ length: before + 1 }, () => 'done'));
  };

  it('fetches the newest, lets the oldest go for them, and files of closed tickets first', async () => {
    for (const id of [1, 2, 3]) addFile(id, 'x'.repeat(10));
    await mirror.connect();
    const runner = aboardOf();
    runner.aboard.tend();
    expect(runner.jobs.list()).toEqual([]);
    setBudget(20);
    await settled(runner);
    expect(here()).toEqual([2, 3]);
    // Nothing more to do: no job, no write.
    await mirror.sync();
    runner.aboard.tend();
    expect(runner.jobs.list()).toHaveLength(1);
    addFile(4, 'y'.repeat(10));
    desk.deps.store.remoteFiles.check(1 as never, 0, 1);
    await mirror.sync();
    await settled(runner);
    expect(here()).toEqual([3, 4]);
    expect(desk.deps.store.aboard.aheadFiles().map(({ id }) => id)).toEqual([3, 4]);
  });

  it('never lets go what was written or opened here, is taken along, or the server has no more', async () => {
    for (const id of [1, 2, 3, 4]) addFile(id, `${id}`.repeat(10));
    await mirror.connect();
    const runner = aboardOf();
    await openAttachment(desk.deps, desk.ada, fileId(1));
    setBudget(30);
    await settled(runner);
    expect(here()).toEqual([1, 2, 3, 4]);
    desk.server.state.attachments.delete(2);
    setBudget(1);
    await settled(runner);
    // 1 was opened by somebody; 2 is not on the server any more.
    expect(here()).toEqual([1, 2]);
    for (const id of [3, 4]) {
      expect(await openAttachment(desk.deps, desk.ada, fileId(id))).toMatchObject({ ok: true });
    }
    expect(here()).toEqual([1, 2, 3, 4]);
  });

  it('leaves alone what somebody takes along', async () => {
    addFile(1, 'x'.repeat(10));
    await mirror.connect();
    const runner = aboardOf();
    await (await runner.take()).finished;
    setBudget(1);
    runner.aboard.tend();
    expect(runner.jobs.list()).toHaveLength(1);
    await (await runner.take(100 * MB, [{ kind: 'mine' }])).finished;
    await mirror.sync();
    await settled(runner);
    expect(here()).toEqual([]);
  });
});
