import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { AppError } from '../../../shared/contract/errors.ts';
import { dataFolder } from '../host/dataFolder.ts';
import { openWindow } from '../host/openWindow.ts';
import { waitForOwner } from '../host/runFile.ts';
import { newWorkspacesFolder, workspaceListFile } from '../host/workspaces/places.ts';
import { createDeskStarter } from '../host/workspaces/startDesk.ts';
import { type Core, startCore } from '../startCore.ts';
import { dataOption } from './dataOption.ts';
import { printError } from './output.ts';
import { textFromStdin } from './stdin.ts';

const SLOW_END_MS = 1_000;
const SLOW_END = 'Waiting a few seconds for what is on its way. Ctrl+C ends at once.';

interface ServeOptions {
  readonly data: string;
  readonly host?: string;
  readonly port?: number;
  readonly open: boolean;
  readonly anyPort: boolean;
  readonly endWithStdin: boolean;
  readonly passphraseStdin?: boolean;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('run a desk on this machine; the window opens in a browser')
    .addOption(dataOption())
    .option('--port <number>', 'where to listen (default: 8484)', portNumber)
    .option('--host <address>', 'where to listen (default: 127.0.0.1, this machine only)')
    .option('--passphrase-stdin', 'read the passphrase of the desk’s secrets from standard input')
    .option('--any-port', 'where the port is taken, listen on any free one', false)
    .addOption(
      new Option('--end-with-stdin', 'end when standard input ends: for programs that start a desk')
        .default(false)
        .conflicts('passphraseStdin'),
    )
    .option('--open', 'open the window in a browser of the Chromium family', false)
    .option('--no-open', 'only print the address')
    .action(serve);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
}

async function serve(options: ServeOptions): Promise<void> {
  // Bundled or from source: the program that runs now runs the other desks too.
  const starter = createDeskStarter(process.argv[1] ?? '', process.env);
  const started = await startCore({
    dataDir: options.data,
    host: options.host,
    port: options.port,
    serveApp: true,
    rendererDir: builtRenderer(),
    fallBackToAnyPort: options.open || options.anyPort,
    passphrase: options.passphraseStdin ? await textFromStdin() : null,
    workspaceList: workspaceListFile(process.env, process.platform),
    workspaceHost: {
      newFolders: newWorkspacesFolder(process.env, process.platform),
      open: starter.open,
    },
  });
  if (!started.ok)
    return started.error.code === 'database_busy'
      ? showOwner(options, started.error)
      : printError(started.error);
  const core = started.value;
  const stopped = stopSignal(core, options.endWithStdin);
  const windowUrl = core.servers?.windowUrl ?? null;
  if (core.servers?.listenError) printError(core.servers.listenError);
  if (windowUrl === null) return core.close();
  process.exitCode = 0;
  printHints(core);
  void printSecretsHint(core);
  console.log(`Staffdesk is listening on ${windowUrl}`);
  if (options.open) await open(core.desk.status().workspaceId, windowUrl);
  await stopped;
  const slow = setTimeout(() => console.error(SLOW_END), SLOW_END_MS).unref();
  await starter.close();
  await core.close();
  clearTimeout(slow);
}

/** Somebody else has this desk open: that is where to go. */
async function showOwner(options: ServeOptions, busy: AppError): Promise<void> {
  const owner = await waitForOwner(dataFolder(options.data).runFile);
  if (!owner) return printError(busy);
  if (owner.windowUrl === null)
    return console.error('This desk is open in the Staffdesk app on this machine.');
  console.log(`Staffdesk is already listening on ${owner.windowUrl}`);
  if (options.open) await open(owner.workspaceId, owner.windowUrl);
}

async function open(workspaceId: string, url: string): Promise<void> {
  if (!(await openWindow(url, workspaceId))) {
    console.error(`No browser of the Chromium family was found here. Open ${url} in any browser.`);
  }
}

function printHints({ desk, servers }: Core): void {
  const { state, error } = desk.status();
  if (state === 'needs_setup' && servers?.setupCode) console.error(`Setup code: ${servers.setupCode}`);
  if (state === 'needs_upgrade')
    console.error('This desk needs an upgrade: open the address, or run «upgrade».');
  if (state === 'failed' && error) console.error(`${error.code}: ${error.message}`);
}

/** Whoever looks at the terminal learns why second factors do not work, and may be the one to unlock them. */
async function printSecretsHint({ desk }: Core): Promise<void> {
  const services = desk.ready();
  if (!services.ok || services.value.deps.store.secretKeys.read() === null) return;
  const { state, message } = await services.value.keeper.status();
  if (state !== 'ready' && state !== 'unused') console.error(`Secrets: ${message}`);
}

/** Ctrl+C, a polite kill, the closing of the terminal, or `staffdesk stop`. A second Ctrl+C does not wait. */
async function stopSignal(core: Core, endsWithStdin: boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  const onSignal = (): void => {
    if (isAsked) process.exit(130);
    isAsked = true;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  if (endsWithStdin) process.stdin.once('close', resolve).resume();
  await Promise.race([promise, core.stopAsked]);
}

/** Beside the bundle, or where the build puts it when the source itself runs; null while Vite serves it. */
function builtRenderer(): string | null {
  for (const place of ['../renderer/', '../../../dist/renderer/']) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(`${folder}index.html`)) return folder;
  }
  return null;
}
