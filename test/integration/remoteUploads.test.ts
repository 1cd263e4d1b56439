import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HttpFetch, HttpUpload } from '../../electron/core/ports/httpFetch.ts';
import { connectDesk } from '../../electron/core/sync/account/connect.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { eachMirror } from '../support/mirror.ts';

const MB = 1024 * 1024;
/** What nobody can guess the end of, in the clothes of a picture. */
const picture = (sizeBytes: number): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(sizeBytes - 8)]);

const { desk, mirror } = eachMirror({ connects: false });
let proxy: FaultProxy;
beforeEach(async () => {
  Object.assign(desk.server.state.settings, { uploadMaxMb: 100, fileSizeMb: 100, postMaxMb: 100 });
  const port = Number(new URL(desk.url).port);
  proxy = await startFaultProxy(port, { seed: 1, lateMs: 60_000, now: Date.now });
  expect(await connectDesk(desk.deps, mirror.account({ url: proxy.url }))).toMatchObject({ ok: true });
  await mirror.sync();
});
afterEach(() => proxy.close());

const onServer = () => [...desk.server.state.attachments.values()];
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** What waits is sent as it is, whatever limit it is beyond. */
async function sendAsItIs(): Promise<void> {
  const [waiting] = listOutbox(desk.deps);
  expect(waiting).toMatchObject({ state: 'held', reason: expect.stringContaining('8 MB') });
  const decided = await decideOutbox(desk.deps, desk.ada, { id: waiting?.id ?? 0, decision: 'send' });
  expect(decided).toMatchObject({ ok: true });
}

it('50 MB leave as they are read: of the file there is never more in memory than what the wire takes', async () => {
  const content = picture(50 * MB);
  const [hash] = await mirror.replyWith({ name: 'large.png', content });
  await mirror.sync();
  await sendAsItIs();
  let [readBytes, mostAhead] = [0, 0];
  const { files, httpFetch } = desk.deps;
  Object.assign(desk.deps, {
    files: {
      ...files,
      read: ((...what) =>
        files.read(...what).on('data', (chunk) => {
          readBytes += chunk.length;
        })) satisfies typeof files.read,
    },
    httpFetch: ((request, options) =>
      httpFetch(request, {
        ...options,
        onSent: (sentBytes) => {
          options.onSent?.(sentBytes);
          mostAhead = Math.max(mostAhead, readBytes - sentBytes);
        },
      })) satisfies typeof httpFetch,
  });
  await mirror.sync();
  expect(readBytes).toBe(content.length);
  expect(mostAhead).toBeLessThan(MB);
  expect(onServer().map((file) => sha256(file.content))).toEqual([hash]);
  expect(mirror.thread()).toHaveLength(2);
});

it('an upload that is cut in its middle was not received: it waits, and goes once more from its beginning', async () => {
  // More than the system takes for the wire by itself.
  const content = picture(50 * MB);
  await mirror.replyWith({ name: 'plan.png', content });
  await mirror.sync();
  await sendAsItIs();
  proxy.uploadFate = 'cut_sending';
  await mirror.sync();
  expect(mirror.thread()).toHaveLength(1);
  expect(listOutbox(desk.deps)).toMatchObject([{ state: 'queued' }]);
  proxy.uploadFate = null;
  expect(await mirror.runner.runNow()).toMatchObject({ ok: true, value: { ended: null } });
  expect(listOutbox(desk.deps)).toEqual([]);
  expect(mirror.thread()).toHaveLength(2);
  expect(onServer().map((file) => sha256(file.content))).toEqual([sha256(content)]);
});

it('an upload whose answer is lost is looked for, not sent again', async () => {
  await mirror.replyWith({ name: 'plan.png', content: picture(4 * MB) });
  proxy.uploadFate = 'cut_after';
  await mirror.sync();
  await mirror.sync();
  expect(listOutbox(desk.deps)).toEqual([]);
  expect(mirror.thread()).toHaveLength(2);
  expect(onServer()).toHaveLength(1);
});

it('a file that breaks off while it is sent takes the message back: nothing arrived, and nothing is tried again by itself', async () => {
  const [hash = ''] = await mirror.replyWith({ name: 'plan.png', content: picture(4 * MB) });
  const path = join(desk.folder, 'attachments', hash.slice(0, 2), hash.slice(2));
  const { files } = desk.deps;
  Object.assign(desk.deps, {
    files: {
      ...files,
      read: ((...what) =>
        files.read(...what).once('data', () => truncateSync(path, MB))) satisfies typeof files.read,
    },
  });
  await mirror.sync();
  await mirror.runner.runNow();
  expect(listOutbox(desk.deps)).toMatchObject([
    { state: 'rejected', attempts: 1, reason: expect.stringContaining('could not be read') },
  ]);
  expect(mirror.thread()).toHaveLength(1);
  expect(onServer()).toEqual([]);
});

/** Uploads stop when so much of them was read, until they are let go. */
function holdUploads(atShare: number) {
  const { httpFetch } = desk.deps;
  const reached = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  async function* held({ sizeBytes, read }: HttpUpload) {
    let readBytes = 0;
    for await (const chunk of read()) {
      yield chunk;
      readBytes += chunk.length;
      if (readBytes < sizeBytes * atShare) continue;
      reached.resolve();
      await letGo.promise;
    }
  }
  const holding: HttpFetch = ({ upload, ...request }, options) =>
    httpFetch(upload ? { ...request, upload: { ...upload, read: () => held(upload) } } : request, options);
  Object.assign(desk.deps, { httpFetch: holding });
  return { reached: reached.promise, letGo: letGo.resolve };
}

const uploads = () => mirror.runner.status()?.uploads;

it('says how far a message is as long as its files are on their way', async () => {
  await mirror.replyWith(
    { name: 'plan.png', content: picture(2 * MB) },
    { name: 'map.png', content: picture(MB) },
  );
  const held = holdUploads(0.5);
  const run = mirror.sync();
  await held.reached;
  const [upload] = uploads() ?? [];
  expect(upload).toMatchObject({ name: 'plan.png', files: 2, sizeBytes: 3 * MB, ticketId: 1 });
  expect(upload?.sentBytes).toBeGreaterThan(MB);
  expect(upload?.sentBytes).toBeLessThan(2 * MB);
  expect(listOutbox(desk.deps)).toMatchObject([{ id: upload?.id, state: 'sending' }]);
  held.letGo();
  await run;
  expect(uploads()).toEqual([]);
  expect(onServer()).toHaveLength(2);
});

it('a message that is stopped on its way waits for its writer, and nothing of it is on the server', async () => {
  await mirror.replyWith({ name: 'plan.png', content: picture(4 * MB) });
  mirror.customerWrites('And another thing');
  const held = holdUploads(0.5);
  const run = mirror.sync();
  await held.reached;
  const id = uploads()?.[0]?.id ?? 0;
  expect(mirror.runner.stopUpload(id)).toMatchObject({ ok: true });
  held.letGo();
  // The rest of the run goes on.
  expect(await run).toMatchObject({ ended: null, pulled: expect.toSatisfy((rows) => rows > 0) });
  expect(uploads()).toEqual([]);
  expect(listOutbox(desk.deps)).toMatchObject([
    { id, state: 'held', edit: 'text', reason: expect.stringContaining('stopped') },
  ]);
  expect(mirror.thread()).toHaveLength(2);
  expect(await decideOutbox(desk.deps, desk.ada, { id, decision: 'send' })).toMatchObject({ ok: true });
  await mirror.sync();
  expect(listOutbox(desk.deps)).toEqual([]);
  expect(mirror.thread()).toHaveLength(3);
  expect(onServer()).toHaveLength(1);
});

it('what has left whole can no longer be stopped', async () => {
  await mirror.replyWith({ name: 'plan.png', content: picture(4 * MB) });
  const held = holdUploads(1);
  const run = mirror.sync();
  await held.reached;
  const late = { ok: false, error: { code: 'decision_late' } };
  expect(mirror.runner.stopUpload(uploads()?.[0]?.id ?? 0)).toMatchObject(late);
  held.letGo();
  await run;
  expect(listOutbox(desk.deps)).toEqual([]);
  expect(mirror.runner.stopUpload(1)).toMatchObject(late);
});
