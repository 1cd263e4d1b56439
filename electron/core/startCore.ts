import { ok, type Result } from '../../shared/util/result.ts';
import { Desk } from './desk.ts';
import { startBackgroundJobs } from './host/backgroundJobs.ts';
import type { Owner } from './host/command.ts';
import { summaryOf } from './host/commands/summary.ts';
import { type HostConfig, isLoopback, readConfig } from './host/config.ts';
import { type DataFolder, dataFolder, prepareDataFolder } from './host/dataFolder.ts';
import { readTls, type TlsFiles } from './host/listeners.ts';
import { createOwner } from './host/owner.ts';
import { readPassphrase } from './host/passphrase.ts';
import { type Servers, startServers } from './host/servers.ts';
import { enterList } from './host/workspaces/enterList.ts';
import { createWorkspaces, type WorkspaceHost } from './host/workspaces/workspaces.ts';
import { type Clock, systemClock } from './ports/clock.ts';
import { createFileLogger } from './ports/fileLogger.ts';
import { type Ids, systemIds } from './ports/ids.ts';
import { type Logger, silentLogger } from './ports/logger.ts';
import { createNodeHttpFetch } from './ports/nodeHttpFetch.ts';
import { createPower, type Power } from './ports/power.ts';
import type { ProxyRules } from './ports/proxyRules.ts';
import type { SecretStore } from './ports/secretStore.ts';
import { keychainInChild } from './secrets/keychainInChild.ts';
import { takeLock, type WorkspaceLock } from './store/lock.ts';
import { type Migration, readMigrations } from './store/migrate.ts';

export interface CoreOptions {
  readonly dataDir: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Whether the TCP listener serves the window too (Node host) or only the HelpDeskZ API (Electron). */
  readonly serveApp: boolean;
  /** Folder of the built window; null = the control socket and Vite serve without one. */
  readonly rendererDir: string | null;
  /** `none`: a command that works on the desk and goes; nothing listens. */
  readonly listen?: 'all' | 'none';
  /** With a taken port the window still has to open: listen on any free one, and say so. */
  readonly fallBackToAnyPort?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly migrations?: readonly Migration[];
  /** How this host reaches the system's keychain; by default in a child process. */
  readonly keychain?: SecretStore;
  /** Of the desk's secrets; null = what STAFFDESK_PASSPHRASE_FILE names, if anything. */
  readonly passphrase?: string | null;
  /** What the system's settings say about proxies, where the environment names none; by default there is none. */
  readonly proxyRules?: ProxyRules;
  /** How the machine is powered, where the host can tell. */
  readonly power?: Power;
  /** The list of this user's workspaces, which the desk enters once it is set up; by default it enters none. */
  readonly workspaceList?: string;
  /** Opens other workspaces for a browser; the desktop app does that in its shell. */
  readonly workspaceHost?: Omit<WorkspaceHost, 'listFile'>;
}

/** A running core. The process that started it owns the workspace until `close` resolves. */
export interface Core {
  readonly desk: Desk;
  readonly owner: Owner;
  /** Null when nothing listens. */
  readonly servers: Servers | null;
  /** Resolves once somebody asked this core to stop. */
  readonly stopAsked: Promise<void>;
  /** Stops listening, finishes requests, stops jobs, closes the database, releases the lock; once. */
  close(): Promise<void>;
}

/**
 * The only door: takes the workspace, opens its desk in whatever state it is, and listens. Answers
 * `database_busy` when another process owns the workspace, `config_invalid`, `folder_not_writable`, `disk_full`;
 * a desk that can't be opened is no error here: its state says why, on screen too.
 */
export async function startCore(options: CoreOptions): Promise<Result<Core>> {
  const prepared = prepareDataFolder(dataFolder(options.dataDir));
  if (!prepared.ok) return prepared;
  const folder = prepared.value;
  const { host, port, env = process.env } = options;
  const config = readConfig({ flags: { host, port }, env, file: folder.configFile });
  if (!config.ok) return config;
  const tls = readTls(config.value);
  if (!tls.ok) return tls;
  const passphrase = readPassphrase(options.passphrase, env);
  if (!passphrase.ok) return passphrase;
  const lock = takeLock(folder.lock);
  if (!lock.ok) return lock;
  const keychain = config.value.useKeychain ? (options.keychain ?? keychainInChild()) : null;
  const given = { folder, config: config.value, tls: tls.value, keychain, passphrase: passphrase.value };
  return ok(await runCore(options, given, lock.value));
}

/** What a core is started with, read and in order. */
interface Given {
  readonly folder: DataFolder;
  readonly config: HostConfig;
  readonly tls: TlsFiles | undefined;
  readonly keychain: SecretStore | null;
  readonly passphrase: string | null;
}

async function runCore(options: CoreOptions, given: Given, lock: WorkspaceLock): Promise<Core> {
  const { folder, config, tls, keychain, passphrase } = given;
  const { clock = systemClock, ids = systemIds, fallBackToAnyPort = false } = options;
  const fileLog = options.log ? null : createFileLogger(folder.logs);
  const log = options.log ?? fileLog ?? silentLogger;
  const desk = new Desk({
    folder,
    clock,
    ids,
    log,
    httpFetch: createNodeHttpFetch(options.env ?? process.env, options.proxyRules),
    power: options.power ?? createPower(),
    migrations: options.migrations ?? readMigrations(),
    needsSetupCode: !isLoopback(config.host),
    keychain,
    passphrase,
  });
  const isListening = options.listen !== 'none';
  const stopAsked = Promise.withResolvers<void>();
  const { workspaceList: listFile, workspaceHost } = options;
  const own = { folder: folder.root, summary: async () => summaryOf(desk) };
  const workspaces = listFile && workspaceHost ? createWorkspaces(own, { listFile, ...workspaceHost }) : null;
  const onStop = stopAsked.resolve;
  const owner = createOwner({ desk, folder, config, keychain, isListening, workspaces, onStop });
  const stopWatching = logDeath(log);
  const closeDesk = async (): Promise<void> => {
    await desk.close();
    lock.release();
    stopWatching();
    log.info('core_closed');
    fileLog?.close();
  };
  try {
    desk.open();
    log.info('core_opened', { state: desk.status().state });
    const { serveApp, rendererDir } = options;
    const serversOptions = { config, tls, serveApp, rendererDir, fallBackToAnyPort, ids, log };
    const servers = isListening ? await startServers(owner, serversOptions) : null;
    const stopJobs = servers && startBackgroundJobs(desk, clock, log);
    if (listFile) enterList(desk, folder.root, listFile, log);
    const close = async (): Promise<void> => {
      await servers?.close();
      await stopJobs?.();
      await closeDesk();
    };
    return { desk, owner, servers, stopAsked: stopAsked.promise, close: once(close) };
  } catch (error) {
    await closeDesk();
    throw error;
  }
}

/** The process ends as it would have; the log tells why. Returns the function that stops watching. */
function logDeath(log: Logger): () => void {
  const lastWords = (error: unknown, origin: string): void => log.error('core_died', { origin, error });
  process.on('uncaughtExceptionMonitor', lastWords);
  return () => process.off('uncaughtExceptionMonitor', lastWords);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work();
    return running;
  };
}
