import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hashPassword } from '../../electron/core/access/passwords.ts';
import type { DeskPort } from '../../electron/core/api/deskPort.ts';
import { buildServer, type ServerOptions } from '../../electron/core/api/server.ts';
import type { WorkspacesPort } from '../../electron/core/api/workspacesPort.ts';
import { createCloser } from '../../electron/core/host/listeners.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import type { Services } from '../../electron/core/services/services.ts';
import { createReader } from '../../electron/core/store/reader/readerPort.ts';
import { createWalKeeper } from '../../electron/core/store/walKeeper.ts';
import { createAboardRunner } from '../../electron/core/sync/aboard/aboardRunner.ts';
import { createSyncRunner } from '../../electron/core/sync/runner.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err } from '../../shared/util/result.ts';
import type { TestDesk } from './testDesk.ts';

export interface AppServer {
  readonly url: string;
  readonly services: Services;
  /** For a second server over the same desk, asked without a socket. */
  readonly options: ServerOptions;
  /** Calls a tRPC procedure as the window does; answers its data or the error's code. */
  call(
    path: string,
    input?: unknown,
    how?: { method?: 'GET' | 'POST'; headers?: Record<string, string> },
  ): Promise<unknown>;
  signIn(username?: string, password?: string): Promise<unknown>;
  readonly cookie: () => string;
  close(): Promise<void>;
}

/** The app's server over a test desk, on a real port: cookies, streams and ranges are as in life. */
export async function startAppServer(
  desk: TestDesk,
  {
    workspaces = null,
    ...options
  }: Partial<Pick<ServerOptions, 'patience' | 'rendererDir' | 'trustedProxies' | 'allowedHosts'>> & {
    workspaces?: WorkspacesPort | null;
  } = {},
): Promise<AppServer> {
  const { deps } = desk;
  const reader = createReader(deps.store.db.name);
  const jobs = createJobs(deps);
  const sync = createSyncRunner(deps);
  const services: Services = {
    ...{ deps, reader, jobs, sync },
    keeper: desk.keeper,
    wal: createWalKeeper(deps.store.db, reader, deps.clock),
    spoolDir: desk.folder,
    aboard: createAboardRunner(deps, jobs, sync),
  };
  const serverOptions: ServerOptions = {
    desk: portOf(services, workspaces),
    log: silentLogger,
    surface: 'tcp',
    serveApp: true,
    rendererDir: null,
    ...options,
  };
  const server = buildServer(serverOptions);
  const close = createCloser(server);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  let cookie = '';
  const call: AppServer['call'] = async (path, input, how = {}) => {
    const method = how.method ?? 'POST';
    const query =
      method === 'GET' && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
    const response = await fetch(`${url}/trpc/${path}${query}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, cookie, ...how.headers },
      ...(method === 'POST' ? { body: JSON.stringify(input ?? {}) } : {}),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const answer = (await response.json()) as { result?: { data: unknown }; error?: unknown };
    if (answer.result) return answer.result.data;
    const error = answer.error as { data?: { appError?: { code: string } }; code?: string };
    return error.data?.appError?.code ?? error.code;
  };
  return {
    url,
    services,
    options: serverOptions,
    call,
    cookie: () => cookie,
    async signIn(username = 'ada', password = 'correct horse') {
      const account = deps.store.staff.byUsername(username);
      const hash = await hashPassword('correct horse');
      if (account)
        deps.store.db.prepare('UPDATE staff SET password_hash = ? WHERE id = ?').run(hash, account.id);
      return call('session.signIn', { username, password });
    },
    async close() {
      await close();
      await services.jobs.close();
      await reader.close();
    },
  };
}

function portOf(services: Services, workspaces: WorkspacesPort | null): DeskPort {
  const refuse = async () => err(appErrorOf('already_installed'));
  return {
    events: services.deps.events,
    services: () => services,
    status: () => ({
      state: 'ready',
      appVersion: '0.0.0',
      siteName: 'Test',
      workspaceId: 'test',
      upgrade: null,
      upgradeProgress: null,
      error: null,
      isRemote: false,
      needsSetupCode: false,
    }),
    checks: async () => [],
    install: refuse,
    connect: refuse,
    installDemo: refuse,
    upgrade: () => err(appErrorOf('not_ready')),
    workspaces,
    apiAddress: () => ({ baseUrl: null, problem: null }),
  };
}

/** A request with headers that fetch would not let one set (Host, Sec-Fetch-Site). */
export function rawRequest(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; body: string; headers: Record<string, string | string[] | undefined> }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}
