import process from 'node:process';
import { z } from 'zod';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { type CoreLaunch, type CoreMessage, coreLaunch, ownerMessage } from './host/coreProtocol.ts';
import { type Core, startCore } from './startCore.ts';

/**
 * What Electron gives a utility process to talk to its owner with, as far as the core uses it: the core knows
 * no Electron, only this shape.
 */
interface OwnerPort {
  postMessage(message: CoreMessage): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

function ownerPort(): OwnerPort {
  if ('parentPort' in process && process.parentPort) return process.parentPort as OwnerPort;
  throw new Error('coreProcess is started by the desktop app, not by hand; use the command line instead');
}

/** The launch options stand last: Electron puts its own arguments before ours. */
function readLaunch(): CoreLaunch {
  return z
    .string()
    .transform((text) => JSON.parse(text) as unknown)
    .pipe(coreLaunch)
    .parse(process.argv.at(-1));
}

async function close(core: Core | null): Promise<void> {
  await core?.close();
  process.exit(0);
}

async function run(port: OwnerPort): Promise<void> {
  const starting = startCore({ ...readLaunch(), serveApp: false, rendererDir: null });
  port.on('message', ({ data }) => {
    // Also while it opens: then it is closed as soon as it is open.
    if (ownerMessage.safeParse(data).success)
      void starting.then((core) => close(core.ok ? core.value : null));
  });
  const core = await starting;
  if (!core.ok || !core.value.servers) {
    port.postMessage({ type: 'failed', error: core.ok ? appErrorOf('internal') : core.error });
    return;
  }
  void core.value.stopAsked.then(() => port.postMessage({ type: 'stop_asked' }));
  port.postMessage({ type: 'ready', address: core.value.servers.address });
}

// A terminal sends Ctrl+C to the whole group: the owner hears it too and closes us in order.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
await run(ownerPort());
