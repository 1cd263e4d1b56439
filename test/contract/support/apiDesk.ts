import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { hashPassword } from '../../../electron/core/access/passwords.ts';
import { hashToken } from '../../../electron/core/access/tokenHash.ts';
import { registerHelpdeskz, sendPageNotFound } from '../../../electron/core/api/helpdeskz/plugin.ts';
import type { Actor } from '../../../electron/core/domain/actor.ts';
import type { Clock } from '../../../electron/core/ports/clock.ts';
import { systemIds } from '../../../electron/core/ports/ids.ts';
import type { LogFacts, Logger } from '../../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../../electron/core/ports/nodeHttpFetch.ts';
import type { ServiceDeps } from '../../../electron/core/services/context.ts';
import { createEventHub, publishAfterCommit } from '../../../electron/core/services/eventHub.ts';
import { sealSecondFactor } from '../../../electron/core/services/secondFactor.ts';
import { openConnection } from '../../../electron/core/store/connection.ts';
import { createFileStore } from '../../../electron/core/store/files.ts';
import { migrate, readMigrations } from '../../../electron/core/store/migrate.ts';
import { createStore } from '../../../electron/core/store/store.ts';
import { type DeskSettings, PERMISSIONS, type Permission } from '../../../shared/contract/desk.ts';
import type { DepartmentId } from '../../../shared/model/ids.ts';
import { memorySecrets } from '../../support/secrets.ts';

/** A desk on real files behind a real socket, with the API and nothing else. */
export interface ApiDesk {
  readonly deps: ServiceDeps;
  readonly folder: string;
  readonly port: number;
  /** Calls without a socket. */
  readonly inject: FastifyInstance['inject'];
  readonly clock: Clock & { advance(ms: number): void };
  /** What the API logged as a fault of its own: must stay empty. */
  readonly faults: readonly LogFacts[];
  token(options?: {
    permissions?: readonly Permission[];
    ipList?: readonly string[];
    isActive?: boolean;
  }): string;
  close(): Promise<void>;
}

/** Who makes the tokens of these tests. */
export const SYSTEM: Actor = { kind: 'system', name: 'Test' };

interface ApiDeskHost {
  readonly bodyStallMs?: number;
  readonly keepAliveMs?: number;
  /** One that is there already is opened again. */
  readonly folder?: string;
}

export async function openApiDesk(
  settings: Partial<DeskSettings> = {},
  { folder = mkdtempSync(join(tmpdir(), 'staffdesk-api-')), ...host }: ApiDeskHost = {},
): Promise<ApiDesk> {
  const db = openConnection(join(folder, 'desk.db'));
  migrate(db, readMigrations());
  const clock = shiftedClock();
  const faults: LogFacts[] = [];
  const log: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (_event, facts) => void faults.push(facts ?? {}),
  };
  const files = createFileStore(join(folder, 'attachments'));
  const store = createStore(db);
  const events = publishAfterCommit(createEventHub(clock), store.afterCommit);
  const httpFetch = createNodeHttpFetch({});
  const deps = { store, files, clock, ids: systemIds, log, events, secrets: memorySecrets(), httpFetch };
  deps.store.settings.set(settings);
  const app = Fastify({ frameworkErrors: (_error, _request, reply) => sendPageNotFound(reply) });
  const desk = { services: () => ({ deps }), status: () => ({ state: 'ready' as const, error: null }) };
  await registerHelpdeskz(app, { desk, log, surface: 'tcp', ...host });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    deps,
    folder,
    port: (app.server.address() as AddressInfo).port,
    inject: app.inject.bind(app),
    clock,
    faults,
    token: (options) => addToken(deps, options),
    close: async () => {
      await app.close();
      deps.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function shiftedClock(): ApiDesk['clock'] {
  let shift = 0;
  return {
    now: () => Date.now() + shift,
    advance: (ms) => {
      shift += ms;
    },
  };
}

function addToken(
  { store, clock, ids }: ServiceDeps,
  { permissions = PERMISSIONS, ipList = [], isActive = true }: Parameters<ApiDesk['token']>[0] = {},
): string {
  const token = ids.secret(60);
  const tokenHash = hashToken(token);
  store.tokens.insert({ name: 'test', tokenHash, permissions, ipList, isActive, now: clock.now() });
  return token;
}

export interface StaffSetup {
  readonly username: string;
  readonly fullname: string;
  readonly email: string;
  readonly password: string;
  readonly admin: number;
  readonly active: number;
  readonly departments?: readonly number[];
  readonly totp_secret_base32?: string;
}

const hashes = new Map<string, Promise<string>>();
/** Hashing takes a while on purpose: once for each password of a test. */
function hashOnce(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

export async function addStaff(deps: ServiceDeps, member: StaffSetup): Promise<void> {
  const { store, clock } = deps;
  const id = store.staff.insert({
    username: member.username,
    name: member.fullname,
    email: member.email,
    passwordHash: await hashOnce(member.password),
    role: member.admin === 1 ? 'admin' : 'agent',
    isActive: member.active === 1,
    totpSecret: null,
    now: clock.now(),
  });
  if (member.totp_secret_base32) {
    const sealed = await sealSecondFactor(deps, id, member.totp_secret_base32);
    if (!sealed.ok) throw new Error(sealed.error.code);
    store.staff.setTotp(id, sealed.value, null);
  }
  store.staff.setDepartments(id, (member.departments ?? []) as DepartmentId[]);
}

/** Every file below the desk's attachments, temporary ones included. */
export function storedFiles({ folder }: ApiDesk): string[] {
  const attachments = join(folder, 'attachments');
  if (!existsSync(attachments)) return [];
  return readdirSync(attachments, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
