import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFolder } from './dataFolder.ts';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SUN_PATH_BYTES = 103;

/**
 * Where the control socket listens: in the workspace's 0700 folder `run`; where that path is too long (or
 * `isElsewhere` says that the file system there knows no sockets) in a fresh 0700 folder of the user's
 * runtime folder; on Windows a named pipe. `unique` keeps a new owner off the pipe of a dying one.
 */
export function controlSocketPath(
  folder: DataFolder,
  unique: string,
  options: { isElsewhere?: boolean; platform?: NodeJS.Platform; env?: NodeJS.ProcessEnv } = {},
): string {
  const { platform = process.platform, env = process.env } = options;
  if (platform === 'win32') {
    const desk = createHash('sha256').update(folder.root.toLowerCase()).digest('hex').slice(0, 16);
    return `\\\\.\\pipe\\staffdesk-${desk}-${unique}`;
  }
  const inside = join(folder.run, 'control.sock');
  if (!options.isElsewhere && Buffer.byteLength(inside) <= SUN_PATH_BYTES) return inside;
  const runtime = env.XDG_RUNTIME_DIR;
  const base = runtime && Buffer.byteLength(runtime) < 60 ? runtime : tmpdir();
  // mkdtemp makes a folder of mode 0700 that nobody prepared before us.
  return join(mkdtempSync(join(base, 'staffdesk-control-')), 'control.sock');
}
