import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { type Clock, systemClock } from '../../electron/core/ports/clock.ts';
import { systemIds } from '../../electron/core/ports/ids.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../electron/core/ports/nodeHttpFetch.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { createEventHub, publishAfterCommit } from '../../electron/core/services/eventHub.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createFileStore } from '../../electron/core/store/files.ts';
import { migrate, readMigrations } from '../../electron/core/store/migrate.ts';
import { createStore } from '../../electron/core/store/store.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { addDepartment, addMessageRow, addStaff, addTicketRow, addUser } from '../fakes/helpdeskz/state.ts';
import { memorySecrets } from './secrets.ts';

export const REMOTE_TOKEN = 'remote-token'.padEnd(60, 'x');
export const REMOTE_PASSWORD = 'Ada-password-1';

/** An empty desk on a real folder, and a HelpDeskZ on a real socket that it may be connected to. */
export interface RemoteDesk {
  readonly deps: ServiceDeps;
  readonly folder: string;
  readonly server: FakeHelpdeskz;
  readonly url: string;
  readonly ada: StaffActor;
  /** The server ends, and comes back at the same address with all it knew. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

/** `clock` is this desk's; the server has the machine's. */
export async function openRemoteDesk(clock: Clock = systemClock): Promise<RemoteDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'staffdesk-remote-'));
  const db = openConnection(join(folder, 'desk.db'));
  migrate(db, readMigrations());
  const store = createStore(db);
  const server = createFakeHelpdeskz({ now: Date.now });
  fillHelpdeskz(server);
  let served = await serveHelpdeskz(server);
  const deps: ServiceDeps = {
    store,
    files: createFileStore(join(folder, 'attachments')),
    clock,
    ids: systemIds,
    log: silentLogger,
    events: publishAfterCommit(createEventHub(clock), store.afterCommit),
    secrets: memorySecrets(),
    httpFetch: createNodeHttpFetch({}),
  };
  return {
    ...{ deps, folder, server },
    url: served.url,
    ada: { kind: 'staff', staffId: 1 as StaffId, name: 'Ada', role: 'admin', scope: 'all' },
    goOffline: () => served.close(),
    goOnline: async () => {
      served = await serveHelpdeskz(server, served.port);
    },
    close: async () => {
      await served.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two departments more, Ada and Sam, a customer with three tickets. */
export function fillHelpdeskz({ state }: FakeHelpdeskz): void {
  for (const name of ['General', 'Sales']) addDepartment(state, name, false);
  for (const [username, fullname] of [
    ['ada', 'Ada'],
    ['sam', 'Sam'],
  ] as const) {
    addStaff(state, {
      ...{ username, fullname },
      email: `${username}@desk.example`,
      password: REMOTE_PASSWORD,
    });
  }
  state.tokens.push({ token: REMOTE_TOKEN, permissions: 'all', ipAddress: '', isActive: true });
  addUser(state, 'Ann O&#039;Lee', 'ann@mail.example');
  const date = Math.floor(Date.now() / 1000) - 3600;
  for (const [number, status] of [1, 5, 2].entries()) {
    addOpened(state, {
      ...{ status, date },
      subject: `Printer ${number + 1}`,
      message: `It is on fire, no. ${number + 1}`,
    });
  }
}

/** A ticket of the first customer in the first department, with its first message; answers its id. */
export function addOpened(
  state: FakeHelpdeskz['state'],
  ticket: { subject: string; message: string; status: number; date?: number },
): number {
  const { subject, message, status, date = Math.floor(Date.now() / 1000) } = ticket;
  const row = { userId: 1, departmentId: 1, replies: 0, lastUpdate: date };
  const { id } = addTicketRow(state, { ...row, subject, date, status });
  addMessageRow(state, { ticketId: id, date, customer: true, staffId: 0, message });
  return id;
}
