import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { fromRoot } from '../lib/paths.ts';

const ports = 'plugin';
/** What each file holds and what the linter must say about it. A file no rule speaks about proves an exception. */
const cases: [file: string, text: string, category: string | undefined][] = [
  ['electron/core/now.ts', 'export const now = Date.now();', ports],
  ['electron/core/today.ts', 'export const today = new Date();', ports],
  ['electron/core/chance.ts', 'export const chance = Math.random();', ports],
  ['electron/core/given.ts', 'export const given = new Date(0);', undefined],
  ['electron/core/ports/clock.ts', 'export const now = () => Date.now();', undefined],
  ['electron/core/loud.ts', 'console.log(1);', 'lint/suspicious/noConsole'],
  ['electron/core/cli.ts', 'console.log(1);', undefined],
  ['shared/any.ts', 'export const a = (x: any) => x;', 'lint/suspicious/noExplicitAny'],
  ['shared/bang.ts', 'export const a = (x?: number) => x!;', 'lint/style/noNonNullAssertion'],
  ['shared/default.ts', 'export default 1;', 'lint/style/noDefaultExport'],
  [
    'shared/floating.ts',
    'async function work() {}\nexport const a = () => {\n  work();\n};',
    'lint/nursery/noFloatingPromises',
  ],
  ['shared/focused.test.ts', "it.only('a', () => {});", 'lint/suspicious/noFocusedTests'],
  ['shared/skipped.test.ts', "it.skip('a', () => {});", 'lint/suspicious/noSkippedTests'],
  ['shared/unused.ts', "import { z } from 'zod';", 'lint/correctness/noUnusedImports'],
];

const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});
const folder = mkdtempSync(path.join(tmpdir(), 'staffdesk-lint-'));
const found = new Map<string, string[]>();

beforeAll(() => {
  cpSync(fromRoot('biome.json'), path.join(folder, 'biome.json'));
  cpSync(fromRoot('build/lint'), path.join(folder, 'build/lint'), { recursive: true });
  for (const [file, text] of cases) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${text}\n`);
  }
  const biome = fromRoot('node_modules/@biomejs/biome/bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  // What it prints as errors may come in the middle of the report.
  const linted = spawnSync(process.execPath, [biome, ...args, '--config-path', folder, folder], {
    encoding: 'utf8',
  });
  for (const { category, location } of report.parse(JSON.parse(linted.stdout)).diagnostics) {
    const file = cases
      .map(([name]) => name)
      .find((name) => location.path.replaceAll('\\', '/').endsWith(name));
    if (file) found.set(file, [...(found.get(file) ?? []), category]);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(cases)('%s: %s → %s', (file, _text, category) => {
  expect(found.get(file) ?? []).toEqual(category ? [category] : []);
});
