import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CoreLaunch } from '../core/host/coreProtocol.ts';
import { defaultDataDir } from '../core/host/dataDir.ts';

/** What was asked for on the command line: `--data DIR`, `--host H`, `--port N`. Chromium's own flags pass by. */
export function launchOptions(args: string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform): CoreLaunch {
  const { values } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: { data: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } },
  });
  const text = (value: string | boolean | undefined) =>
    typeof value === 'string' && value ? value : undefined;
  const host = text(values.host);
  const port = text(values.port);
  const isPort = port !== undefined && /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
  return {
    dataDir: path.resolve(text(values.data) ?? defaultDataDir(env, platform)),
    ...(host ? { host } : {}),
    ...(isPort ? { port: Number(port) } : {}),
  };
}

/**
 * Where Chromium keeps what belongs to the window: apart from the desk's own folder, which people copy and back
 * up, and one per desk, so that two desks are two apps and the same desk opened twice is one.
 */
export function windowFolder(appData: string, dataDir: string): string {
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return path.join(appData, 'Staffdesk Window', id);
}
