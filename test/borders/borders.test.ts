import { existsSync, globSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cruiseBorders } from '../../build/checks/borders.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const require = createRequire(import.meta.url);
const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
const rules = forbidden.map(({ name }) => name);

function cruiseFixture(name: string) {
  const baseDir = path.join(fixtures, name);
  const folders = ['electron', 'renderer', 'shared'].filter((it) => existsSync(path.join(baseDir, it)));
  return cruiseBorders(baseDir, folders);
}

describe('borders', () => {
  it('has one failing fixture for every rule, and none for a rule that is gone', () => {
    expect(readdirSync(fixtures).sort()).toEqual(['clean', ...rules].sort());
  });

  it.each(rules)('%s fires on its fixture, and nothing else does', async (rule) => {
    const { crossings } = await cruiseFixture(rule);
    expect([...new Set(crossings.map((crossing) => crossing.rule))]).toEqual([rule]);
  });

  it('lets pass what keeps to the borders, and reads every file of it', async () => {
    const { crossings, modules } = await cruiseFixture('clean');
    expect(crossings).toEqual([]);
    const files = globSync('{electron,renderer,shared}/**/*.ts', { cwd: path.join(fixtures, 'clean') });
    expect(modules).toEqual(expect.arrayContaining(files.map((file) => file.replaceAll('\\', '/'))));
  });

  it('refuses folders in which nothing can be read', async () => {
    await expect(cruiseBorders(fixtures, ['nowhere'])).rejects.toThrow();
  });
});
