import { expect, it } from 'vitest';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { eachMirror } from '../support/mirror.ts';

const { desk, mirror } = eachMirror();

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
