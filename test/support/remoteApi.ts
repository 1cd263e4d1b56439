import Fastify from 'fastify';
import { hashToken } from '../../electron/core/access/tokenHash.ts';
import { registerHelpdeskz } from '../../electron/core/api/helpdeskz/plugin.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { PERMISSIONS, type Permission } from '../../shared/contract/desk.ts';

type Fields = Readonly<Record<string, string | number>>;
/** An answer as a script reads it. */
export interface Told {
  readonly success?: 1;
  readonly error?: 1;
  readonly message?: string;
  readonly user_id?: number;
  readonly ticket_id?: number;
  readonly department_id?: number;
  readonly ticket?: Readonly<Record<string, string>>;
  readonly tickets?: readonly Readonly<Record<string, string>>[];
  readonly user_data?: Readonly<Record<string, string>>;
  readonly users?: readonly Readonly<Record<string, string>>[];
  readonly department?: Readonly<Record<string, string>>;
  readonly departments?: readonly Readonly<Record<string, string>>[];
  readonly messages?: readonly Readonly<Record<string, string>>[];
  readonly files?: readonly Readonly<Record<string, string>>[];
  readonly changes?: readonly Readonly<Record<string, string>>[];
  readonly next?: number;
}

/** The desk's own HelpDeskZ API, and a script that was written for HelpDeskZ. */
export async function openRemoteApi(deps: ServiceDeps, permissions: readonly Permission[] = PERMISSIONS) {
  const app = Fastify();
  const desk = { services: () => ({ deps }), status: () => ({ state: 'ready' as const, error: null }) };
  await registerHelpdeskz(app, { desk, log: silentLogger, surface: 'tcp' });
  const token = deps.ids.secret(60);
  const facts = { name: 'script', ipList: [], isActive: true, now: deps.clock.now() };
  deps.store.tokens.insert({ ...facts, tokenHash: hashToken(token), permissions });
  const headersOf = (answer: { headers: object }) =>
    answer.headers as Readonly<Record<string, string | undefined>>;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ url: `/api/${path}`, headers: { token, ...headers } });
    return { status: answer.statusCode, headers: headersOf(answer), body: answer.body };
  };
  return {
    get,
    read: async (path: string): Promise<Told> => JSON.parse((await get(path)).body) as Told,
    /** Multipart with one file part, empty unless a file is given, as the reference wants it (behaviour.md fact 2). */
    post: async (path: string, fields: Fields, file?: { name: string; content: string }): Promise<Told> => {
      const boundary = 'script-boundary';
      const part = (head: string, content: string | number) =>
        `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
      const filePart = `name="attachment[]"; filename="${file?.name ?? ''}"\r\nContent-Type: image/gif`;
      const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value));
      const answer = await app.inject({
        method: 'POST',
        url: `/api/${path}`,
        headers: { token, 'content-type': `multipart/form-data; boundary=${boundary}` },
        payload: Buffer.from(
          `${parts.join('')}${part(filePart, file?.content ?? '')}--${boundary}--\r\n`,
          'latin1',
        ),
      });
      return JSON.parse(answer.body) as Told;
    },
    close: () => app.close(),
  };
}
export type RemoteApi = Awaited<ReturnType<typeof openRemoteApi>>;
