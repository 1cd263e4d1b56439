import { networkInterfaces } from 'node:os';
import type { FastifyInstance } from 'fastify';
import type { AppError } from '../../../shared/contract/errors.ts';
import { buildServer } from '../api/server.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { Owner } from './command.ts';
import { type HostConfig, isLoopback } from './config.ts';
import { addControlRoutes } from './controlRoutes.ts';
import type { CoreAddress } from './coreProtocol.ts';
import { createDeskPort } from './deskPort.ts';
import {
  baseUrlOf,
  createCloser,
  listenControl,
  listenTcp,
  removeSocketFolder,
  type TlsFiles,
} from './listeners.ts';
import { readRunFile, removeRunFile, writeRunFile } from './runFile.ts';

export interface ServersOptions {
  readonly config: HostConfig;
  readonly tls: TlsFiles | undefined;
  readonly serveApp: boolean;
  readonly rendererDir: string | null;
  readonly fallBackToAnyPort: boolean;
  readonly ids: Ids;
  readonly log: Logger;
}

/** What listens for a desk: the API (and window) on TCP, and the control socket. */
export interface Servers {
  readonly address: CoreAddress;
  /** Where a browser finds the window; null when the port was taken or the window is not served. */
  readonly windowUrl: string | null;
  /** Why the API does not listen where it should. */
  readonly listenError: AppError | null;
  readonly setupCode: string | null;
  /** Stops listening and finishes requests. */
  close(): Promise<void>;
}

interface TcpListener {
  close(): Promise<void>;
  readonly port: number | null;
  readonly error: AppError | null;
}

/**
 * Opens both listeners and leaves run.json. A taken port is no failure: the app opens through the control
 * socket, and where it has nothing but TCP, on any free port.
 */
export async function startServers(owner: Owner, options: ServersOptions): Promise<Servers> {
  const { config, tls, ids, log } = options;
  // Whoever else reaches the desk must not be the one who sets it up.
  const setupCode = isLoopback(config.host) ? null : setupCodeOf(ids);
  const tcp = await openTcp(owner, options, setupCode);
  const baseUrl = tcp.port === null ? null : baseUrlOf(config.host, tcp.port, tls !== undefined);
  const apiBaseUrl = tcp.error === null ? baseUrl : null;
  owner.setApiAddress({ baseUrl: apiBaseUrl, problem: tcp.error?.message ?? null });
  const control = await openControl(owner, options);
  const address: CoreAddress = { controlSocket: control.socket, apiBaseUrl };
  const { workspaceId } = owner.desk.status();
  const windowUrl = options.serveApp ? baseUrl : null;
  writeRunFile(owner.folder.runFile, { ...address, windowUrl, workspaceId, pid: process.pid });
  log.info('listening', { apiBaseUrl, windowUrl, problem: tcp.error?.message });
  return {
    address,
    windowUrl,
    listenError: tcp.error,
    setupCode,
    close: async () => {
      removeRunFile(owner.folder.runFile);
      await Promise.all([tcp.close(), control.close()]);
      removeSocketFolder(control.socket.path);
    },
  };
}

async function openTcp(
  owner: Owner,
  options: ServersOptions,
  setupCode: string | null,
): Promise<TcpListener> {
  const { config, tls, serveApp, rendererDir, log } = options;
  const build = (): FastifyInstance =>
    buildServer({
      desk: createDeskPort(owner, setupCode),
      log,
      surface: 'tcp',
      serveApp,
      rendererDir,
      allowedHosts: ownNames(config),
      ...(config.trustedProxies.length > 0 ? { trustedProxies: config.trustedProxies } : {}),
      ...(tls ? { tls } : {}),
    });
  const app = build();
  const close = createCloser(app);
  const listening = await listenTcp(app, config.host, config.port);
  if (listening.ok) return { close, port: listening.value, error: null };
  await close();
  const { error } = listening;
  log.warn('port_not_opened', { error });
  if (!options.fallBackToAnyPort || error.code !== 'port_taken') return { close, port: null, error };
  const other = build();
  const closeOther = createCloser(other);
  const anywhere = await listenTcp(other, config.host, 0);
  return { close: closeOther, port: anywhere.ok ? anywhere.value : null, error };
}

async function openControl(owner: Owner, { ids, log, rendererDir }: ServersOptions) {
  const secret = ids.secret(43);
  const app = buildServer({
    desk: createDeskPort(owner, null),
    log,
    surface: 'control',
    serveApp: true,
    rendererDir,
    controlSecret: secret,
  });
  const close = createCloser(app);
  addControlRoutes(app, { owner, log });
  const killed = readRunFile(owner.folder.runFile);
  if (killed) removeSocketFolder(killed.controlSocket.path);
  const path = await listenControl(app, owner.folder, ids.secret(8));
  return { close, socket: { path, secret } };
}

/** The names this desk answers to besides loopback: configured ones and, listening everywhere, its addresses. */
function ownNames({ allowedHosts, host, siteUrl }: HostConfig): string[] {
  const names = [...allowedHosts];
  if (siteUrl !== undefined) names.push(new URL(siteUrl).host);
  if (host !== '0.0.0.0' && host !== '::') return [...names, host.includes(':') ? `[${host}]` : host];
  // A page elsewhere can rebind a name, never an address.
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [
    ...names,
    ...addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  ];
}

/** Easy to read off one screen and type on another: no I, O, 0 or 1. */
function setupCodeOf(ids: Ids): string {
  const letters = ids
    .secret(64)
    .toUpperCase()
    .replaceAll(/[IO01]/g, '');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8, 12)}`;
}
