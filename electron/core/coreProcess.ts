import process from 'node:process';
import { z } from 'zod';
import { createInProcessHost } from './host/coreHostInProcess.ts';
import { type CoreLaunch, type CoreMessage, coreLaunch } from './host/coreProtocol.ts';
import { createOwnerLine } from './host/ownerLine.ts';
import { workspaceListFile } from './host/workspaces/places.ts';
import { keychainInProcess } from './secrets/keytar.ts';

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
  const json = z.string().transform((text) => JSON.parse(text) as unknown);
  return json.pipe(coreLaunch).parse(process.argv.at(-1));
}

// Everything a desk writes is for its owner alone.
process.umask(0o077);
// A terminal sends Ctrl+C to the whole group: the owner hears it too and closes us in order.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});

const port = ownerPort();
// A utility process can't start Node programs: the keychain is asked from here.
const keychain = keychainInProcess();
const workspaceList = workspaceListFile(process.env, process.platform);
const line = createOwnerLine(
  (message) => port.postMessage(message),
  () => void host.close(),
);
const { proxyRules, power } = line;
const ofSystem = { keychain, workspaceList, proxyRules, power };
const launch = { ...readLaunch(), ...ofSystem, serveApp: false, rendererDir: null };
const host = createInProcessHost(launch);
host.onEnd(() => {
  // Node waits for a keychain call that hangs. The desk is closed; nothing is lost.
  if (keychain.isStuck()) process.kill(process.pid, 'SIGKILL');
  process.exit(0);
});
host.onStopAsked(() => port.postMessage({ type: 'stop_asked' }));
port.on('message', ({ data }) => line.hear(data));
const started = await host.start();
port.postMessage(
  started.ok ? { type: 'ready', address: started.value } : { type: 'failed', error: started.error },
);
