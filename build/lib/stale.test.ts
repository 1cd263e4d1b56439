import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromRoot, root } from './paths.ts';
import { buildIfStale } from './stale.ts';

const folder = fromRoot('.cache', `stale-test-${process.pid}`);
const source = path.relative(root, folder);
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
let builds = 0;

const buildOnce = () =>
  buildIfStale(path.join(folder, '..', `${path.basename(folder)}.stamp`), [source], async () => {
    builds += 1;
  });

beforeEach(() => {
  builds = 0;
  mkdirSync(folder, { recursive: true });
  write('a.ts', 'one');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  rmSync(`${folder}.stamp`, { force: true });
});

it('builds once for the same sources, again for every change', async () => {
  expect([await buildOnce(), await buildOnce(), builds]).toEqual([true, false, 1]);
  write('a.ts', 'longer');
  expect(await buildOnce()).toBe(true);
  write('b.ts', 'new');
  expect(await buildOnce()).toBe(true);
  rmSync(path.join(folder, 'b.ts'));
  expect(await buildOnce()).toBe(true);
});

it('does not build for a test', async () => {
  await buildOnce();
  write('a.test.ts', 'test');
  expect(await buildOnce()).toBe(false);
});

it('builds again after a build that failed', async () => {
  const stamp = `${folder}.stamp`;
  const failing = buildIfStale(stamp, [source], () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(await buildOnce()).toBe(true);
});
