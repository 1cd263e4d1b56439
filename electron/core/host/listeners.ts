import { chmodSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { basename, dirname, isAbsolute } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { HostConfig } from './config.ts';
import { controlSocketPath } from './controlSocketPath.ts';
import type { DataFolder } from './dataFolder.ts';

const CLOSE_PATIENCE_MS = 5000;
const CUT_EVERY_MS = 20;

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Reads the files that staffdesk.json names; undefined = plain HTTP. */
export function readTls(config: HostConfig): Result<TlsFiles | undefined> {
  const { tls } = config;
  if (!tls) return ok(undefined);
  try {
    return ok({ cert: readFileSync(tls.certFile, 'utf8'), key: readFileSync(tls.keyFile, 'utf8') });
  } catch (error) {
    const file = error instanceof Error && 'path' in error ? String(error.path) : tls.certFile;
    const message = `staffdesk.json: The setting «tls» names a file that can’t be read (${file}).`;
    return err(appErrorOf('config_invalid', { field: 'tls', message }));
  }
}

/** Listens on the configured port; `port_taken` names it when the system says no. */
export async function listenTcp(app: FastifyInstance, host: string, port: number): Promise<Result<number>> {
  try {
    await app.listen({ host, port, exclusive: true });
    return ok((app.server.address() as AddressInfo).port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return err(listenError(host, port, code));
  }
}

function listenError(host: string, port: number, code: string) {
  const details = { host, port, cause: code };
  const advice = 'Choose another with --port or in staffdesk.json.';
  if (code === 'EADDRINUSE') {
    const message = `Another program uses port ${port}. Stop that program, or choose another port with --port or in staffdesk.json.`;
    return appErrorOf('port_taken', { message, details });
  }
  if (code === 'EACCES') {
    return appErrorOf('port_taken', { message: `This account may not use port ${port}. ${advice}`, details });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const message = `This machine has no address ${host}. Choose another with --host or in staffdesk.json.`;
    return appErrorOf('config_invalid', { message, field: 'host', details });
  }
  return appErrorOf('port_taken', {
    message: `Port ${port} on ${host} can’t be used (${code}). ${advice}`,
    details,
  });
}

/** Listens where only this user gets, and answers where that is. */
export async function listenControl(
  app: FastifyInstance,
  folder: DataFolder,
  unique: string,
): Promise<string> {
  const first = controlSocketPath(folder, unique);
  try {
    return await listenAt(app, first);
  } catch (error) {
    // Some file systems (shared folders of virtual machines, network drives) know no sockets.
    const elsewhere = controlSocketPath(folder, unique, { isElsewhere: true });
    if (elsewhere === first) throw error;
    return await listenAt(app, elsewhere);
  }
}

/** Removes the folder that was made for a socket outside the workspace, its own or a killed owner's. */
export function removeSocketFolder(path: string): void {
  const own = dirname(path);
  if (isAbsolute(path) && /^staffdesk-control-\w+$/.test(basename(own)))
    rmSync(own, { recursive: true, force: true });
}

async function listenAt(app: FastifyInstance, path: string): Promise<string> {
  if (process.platform === 'win32') {
    await app.listen({ path });
    return path;
  }
  // Left behind by an owner that was killed: we hold the lock, so nobody listens there.
  rmSync(path, { force: true });
  await app.listen({ path });
  chmodSync(path, 0o600);
  return path;
}

/**
 * Counts what a server is asked, and answers how to close it: requests finish, connections on which nobody asks
 * anything (browsers open some ahead) are cut at once, and what is still open after five seconds as well.
 */
export function createCloser(app: FastifyInstance): () => Promise<void> {
  let unanswered = 0;
  app.server.on('request', (_request, response) => {
    unanswered += 1;
    response.once('close', () => {
      unanswered -= 1;
    });
  });
  return async () => {
    let waitedMs = 0;
    const cut = setInterval(() => {
      waitedMs += CUT_EVERY_MS;
      if (unanswered === 0 || waitedMs >= CLOSE_PATIENCE_MS) app.server.closeAllConnections();
    }, CUT_EVERY_MS);
    try {
      await app.close();
    } finally {
      clearInterval(cut);
    }
  };
}

/** `http://host:port` as a person or a script on this machine would write it. */
export function baseUrlOf(host: string, port: number, isTls: boolean): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${isTls ? 'https' : 'http'}://${name}:${port}`;
}
