import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..', '..');
const withoutElectron = pathToFileURL(path.join(import.meta.dirname, 'withoutElectron.mjs')).href;

const runWithoutElectron = (...args: string[]) =>
  run(process.execPath, ['--import', withoutElectron, ...args], { cwd: root, timeout: 30_000 });

describe('core without Electron', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'staffdesk-without-electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['import("electron")', 'import("electron/main")', 'require("electron")'])(
    'has a resolver that refuses %s',
    async (statement) => {
      const file = path.join(folder, 'probe.cjs');
      writeFileSync(file, `Promise.resolve().then(() => ${statement}).then(() => process.exit(0));`);
      await expect(runWithoutElectron(file)).rejects.toThrow(/reached for Electron/);
    },
  );

  it('starts the bundled core in plain Node', async () => {
    const { stdout } = await runWithoutElectron('dist/core/cli.mjs', '--version');
    expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
