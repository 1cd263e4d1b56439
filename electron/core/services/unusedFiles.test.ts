import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../../../test/support/testDesk.ts';
import { addUpload } from './drafts.ts';
import { removeUnusedFiles } from './unusedFiles.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

async function stored(text: string, agedDays: number): Promise<string> {
  const { sha256 } = await desk.deps.files.put(Buffer.from(text));
  desk.deps.files.release([sha256]);
  const at = (desk.clock.now() - agedDays * DAY_MS) / 1000;
  utimesSync(join(desk.folder, 'attachments', sha256.slice(0, 2), sha256.slice(2)), at, at);
  return sha256;
}

it('removes files that a kill left without a row, and no others', async () => {
  const [left, fresh, used] = [await stored('left', 99), await stored('fresh', 60), await stored('used', 99)];
  const content = Readable.from([Buffer.from('used')]);
  await addUpload(desk.deps, desk.agent, { name: 'a.txt', mediaType: 'text/plain', content });
  await stored('used', 99);
  await removeUnusedFiles(desk.deps);
  const { has } = desk.deps.files;
  expect([await has(left), await has(fresh), await has(used)]).toEqual([false, true, true]);
});
