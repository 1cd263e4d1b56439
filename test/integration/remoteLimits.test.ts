import { expect, it } from 'vitest';
import { replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { replyInput } from '../../shared/contract/tickets.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';

const { desk, mirror } = eachMirror();

/** A reply with so many pictures; answers their names on disk. */
async function replyWith(count: number): Promise<string[]> {
  const { files, store } = desk.deps;
  const stored = [];
  for (let number = 0; number < count; number++) {
    const put = await files.put(Buffer.from(`89504e470d0a1a0a0${number}`, 'hex'));
    stored.push({ ...put, name: `${number}.png` });
  }
  const uploadIds = stored.map((file) =>
    store.uploads.insert({ ...file, staffId: desk.ada.staffId, mediaType: 'image/png', now: Date.now() }),
  );
  const input = replyInput.parse({ ticketId: FIRST, bodyHtml: '<p>See these</p>', uploadIds });
  expect(replyAsStaff(desk.deps, desk.ada, input)).toMatchObject({ ok: true });
  return stored.map(({ sha256 }) => sha256);
}

it('files that the server would drop without a word hold their reply', async () => {
  await replyWith(4);
  await mirror.sync();
  expect(listOutbox(desk.deps)).toMatchObject([
    { state: 'held', reason: expect.stringContaining('three files') },
  ]);
  expect(mirror.thread()).toHaveLength(1);
});

it('a reply whose file is gone from this desk does not leave without it', async () => {
  const [gone = ''] = await replyWith(2);
  await desk.deps.files.remove(gone);
  await mirror.sync();
  expect(listOutbox(desk.deps)).toMatchObject([
    { state: 'rejected', reason: expect.stringContaining('no longer on this desk') },
  ]);
  expect(mirror.thread()).toHaveLength(1);
});
