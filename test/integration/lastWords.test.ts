import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('a core that dies of a mistake leaves its last words in the log', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'staffdesk-died-'));
  try {
    const startCore = JSON.stringify(resolve(import.meta.dirname, '../../electron/core/startCore.ts'));
    const options = JSON.stringify({ dataDir, serveApp: false, rendererDir: null, listen: 'none' });
    const script = `const { startCore } = await import(${startCore});
      await startCore(${options});
      setImmediate(() => { throw new Error('a mistake of ours'); });`;
    const died = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(died.status).not.toBe(0);
    const logs = readdirSync(join(dataDir, 'logs')).map((file) =>
      readFileSync(join(dataDir, 'logs', file), 'utf8'),
    );
    expect(logs.join('')).toMatch(/core_died.*a mistake of ours/);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
