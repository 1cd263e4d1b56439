import { rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { controlSocketPath } from './controlSocketPath.ts';
import { dataFolder } from './dataFolder.ts';

const longDir = join(tmpdir(), 'a-long-name-'.repeat(9));

describe('controlSocketPath', () => {
  it('lies in the workspace where the path is short enough', () => {
    const folder = dataFolder('/srv/desk');
    expect(controlSocketPath(folder, 'x', { platform: 'linux' })).toBe(join(folder.run, 'control.sock'));
  });

  it('lies in a private folder of its own where it is too long', () => {
    const path = controlSocketPath(dataFolder(longDir), 'x', { platform: 'linux', env: {} });
    try {
      expect(Buffer.byteLength(path)).toBeLessThanOrEqual(103);
      expect(path.startsWith(longDir)).toBe(false);
      expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    } finally {
      rmSync(dirname(path), { recursive: true });
    }
  });

  it('is a named pipe on Windows: the same desk, another run, another name', () => {
    const [a, b] = ['a', 'b'].map((unique) =>
      controlSocketPath(dataFolder('/Desk'), unique, { platform: 'win32' }),
    );
    expect(a).toMatch(/^\\\\\.\\pipe\\staffdesk-[0-9a-f]{16}-a$/);
    expect(b?.slice(0, -1)).toBe(a?.slice(0, -1));
  });
});
