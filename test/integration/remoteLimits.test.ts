import { expect, it } from 'vitest';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { fileLimitsOf } from '../../electron/core/sync/push/fileLimits.ts';
import { eachMirror } from '../support/mirror.ts';

const { desk, mirror } = eachMirror();

/** Messages with files that are sent from now on. */
function countPosts(): { posts: number } {
  const { httpFetch } = desk.deps;
  const counted = { posts: 0 };
  Object.assign(desk.deps, {
    httpFetch: ((request, options) => {
      if (request.upload) counted.posts += 1;
      return httpFetch(request, options);
    }) satisfies typeof httpFetch,
  });
  return counted;
}

const large = (sizeBytes: number) => ({
  name: 'large.png',
  content: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(sizeBytes - 8)]),
});

const pictures = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    name: `${number}.png`,
    content: Buffer.from(`89504e470d0a1a0a0${number}`, 'hex'),
  }));

it('files that the server would drop without a word hold their reply', async () => {
  await mirror.replyWith(...pictures(4));
  await mirror.sync();
  expect(listOutbox(desk.deps)).toMatchObject([
    { state: 'held', reason: expect.stringContaining('three files') },
  ]);
  expect(mirror.thread()).toHaveLength(1);
});

it('a reply whose file is gone from this desk does not leave without it', async () => {
  const [gone = ''] = await mirror.replyWith(...pictures(2));
  await desk.deps.files.remove(gone);
  await mirror.sync();
  expect(listOutbox(desk.deps)).toMatchObject([
    { state: 'rejected', reason: expect.stringContaining('no longer on this desk') },
  ]);
  expect(mirror.thread()).toHaveLength(1);
});

const exe = { name: 'setup.exe', content: Buffer.from('MZ\0') };
const limits = () => fileLimitsOf(desk.deps);
const waiting = () => listOutbox(desk.deps);

async function decide(decision: 'send' | 'retry' | 'discard'): Promise<void> {
  const id = waiting()[0]?.id ?? 0;
  expect(await decideOutbox(desk.deps, desk.ada, { id, decision })).toMatchObject({ ok: true });
  await mirror.sync();
}

/** The reference writes files after their message, so they are asked for twice; the second look has been had. */
async function lookForFiles(): Promise<void> {
  await mirror.sync();
  const { store } = desk.deps;
  for (const { messageId } of store.remoteFiles.due(Number.MAX_SAFE_INTEGER))
    store.remoteFiles.check(messageId, 0, 1);
  await mirror.sync();
}

it('what the server refused is known before the next of its kind is sent, and a person may try it all the same', async () => {
  await mirror.replyWith(exe);
  await mirror.sync();
  expect(waiting()).toMatchObject([
    { state: 'rejected', reason: expect.stringContaining('does not take a file') },
  ]);
  expect(limits()).toMatchObject([{ what: '.exe', kept: null, refused: 3 }]);
  // Whoever tries it again knows: it is asked anew.
  const asked = countPosts();
  await decide('retry');
  expect(waiting()).toMatchObject([{ state: 'rejected', attempts: 2 }]);
  expect(asked.posts).toBe(1);
  await decide('discard');

  await mirror.replyWith(exe);
  await mirror.sync();
  expect(waiting()).toMatchObject([
    { state: 'held', reason: expect.stringMatching(/did not take a \.exe file of 3 B on/) },
  ]);
  expect(asked.posts).toBe(1);

  // Its administrator allowed what is in it meanwhile: sent as it is, that is found out.
  Object.assign(desk.server.state.settings, { fileTypes: ['exe', 'bin'] });
  await decide('send');
  expect(asked.posts).toBe(2);
});

it('a size that the server names is kept to', async () => {
  desk.server.state.settings.fileSizeMb = 0.5;
  await mirror.replyWith(large(600_000));
  await mirror.sync();
  expect(waiting()).toMatchObject([
    { state: 'rejected', reason: 'File is too big. Maximum size is 0.5 MB.' },
  ]);
  await decide('discard');
  await mirror.replyWith(large(550_000));
  await mirror.sync();
  expect(waiting()).toMatchObject([{ state: 'held', reason: expect.stringContaining('at most 512 KB') }]);
  desk.server.state.settings.fileSizeMb = 2.5;
  await decide('send');
  await lookForFiles();
  expect(waiting()).toEqual([]);
  expect(limits()).toContainEqual({ what: 'file', kept: 550_000, refused: null, refusedAt: null });
});

it('a message that the server lost as a whole was too large', async () => {
  desk.server.state.settings.postMaxMb = 0.5;
  await mirror.replyWith(large(600_000));
  await mirror.sync();
  expect(waiting()).toMatchObject([
    { state: 'rejected', reason: expect.stringContaining('nothing of the message arrived') },
  ]);
  expect(limits()).toMatchObject([{ what: 'message', kept: null, refused: 600_000 }]);
});

it('files that the server dropped without a word are missed, and how many it keeps is known from then on', async () => {
  desk.server.state.settings.attachmentNumber = 1;
  await mirror.replyWith(...pictures(2));
  await lookForFiles();
  expect(limits()).toContainEqual({ what: 'files', kept: 1, refused: 2, refusedAt: expect.any(Number) });
  await mirror.replyWith(...pictures(2));
  await mirror.sync();
  expect(waiting()).toMatchObject([{ state: 'held', reason: expect.stringContaining('kept only 1') }]);
  desk.server.state.settings.attachmentNumber = 5;
  await decide('send');
  await lookForFiles();
  expect(limits()).toContainEqual({ what: 'files', kept: 2, refused: null, refusedAt: null });
  await mirror.replyWith(...pictures(2));
  await mirror.sync();
  expect(waiting()).toEqual([]);
});

it('a web server that takes no such request is believed, and the rest of the run goes on', async () => {
  const { httpFetch } = desk.deps;
  Object.assign(desk.deps, {
    httpFetch: (async (request, options) =>
      request.upload
        ? {
            ok: true,
            value: { status: 413, headers: { 'content-type': 'text/html' }, body: Buffer.alloc(0) },
          }
        : httpFetch(request, options)) satisfies typeof httpFetch,
  });
  await mirror.replyWith(...pictures(1));
  expect(await mirror.sync()).toMatchObject({ ended: null });
  expect(waiting()).toMatchObject([{ state: 'rejected' }]);
  expect(limits()).toMatchObject([{ what: 'message', refused: 9 }]);
});
