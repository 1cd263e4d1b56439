import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setKeyFileAside } from './keyFile.ts';

it('keeps every key that was put aside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffdesk-key-'));
  const file = join(folder, 'secret.key');
  for (const key of ['first', 'second', 'third']) {
    writeFileSync(file, key);
    setKeyFileAside(file);
  }
  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  expect(kept.sort()).toEqual(['first', 'second', 'third']);
});
