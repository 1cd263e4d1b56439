import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../electron/core/ports/nodeHttpFetch.ts';
import type { SecretKeeper } from '../../electron/core/ports/secretStore.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { createEventHub, publishAfterCommit } from '../../electron/core/services/eventHub.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createFileStore } from '../../electron/core/store/files.ts';
import { migrate, readMigrations } from '../../electron/core/store/migrate.ts';
import { createStore } from '../../electron/core/store/store.ts';
import type { CustomerId, DepartmentId, StaffId } from '../../shared/model/ids.ts';
import { fakeClock, fakeIds } from '../fakes/ports.ts';
import { deskSecrets } from './secrets.ts';

export interface TestDesk {
  readonly folder: string;
  readonly deps: ServiceDeps;
  readonly keeper: SecretKeeper;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly departments: readonly [DepartmentId, DepartmentId, DepartmentId];
  /** An administrator and an agent of the first department only. */
  readonly admin: StaffActor;
  readonly agent: StaffActor;
  readonly customer: CustomerId;
  /** Types of the events published so far. */
  readonly events: string[];
  close(): void;
}

/** A real desk on a real temporary folder: three departments, an admin, an agent, a customer. */
export function openTestDesk(): TestDesk {
  const folder = mkdtempSync(join(tmpdir(), 'staffdesk-test-'));
  const db = openConnection(join(folder, 'desk.db'));
  migrate(db, readMigrations());
  const store = createStore(db);
  const clock = fakeClock();
  const secrets = deskSecrets(store, folder);
  const deps: ServiceDeps = {
    store,
    files: createFileStore(join(folder, 'attachments')),
    clock,
    ids: fakeIds(),
    log: silentLogger,
    events: publishAfterCommit(createEventHub(clock), store.afterCommit),
    secrets: secrets.box,
    httpFetch: createNodeHttpFetch({}),
  };
  const events: string[] = [];
  deps.events.subscribe(({ event }) => events.push(event.type));
  const now = clock.now();
  const departments = ['General', 'Advertising', 'Sales'].map((name) =>
    store.departments.insert({ name, isPrivate: false, now }),
  );
  const [general, advertising, sales] = departments;
  if (!general || !advertising || !sales) throw new Error('three departments');
  return {
    folder,
    deps,
    keeper: secrets.keeper,
    clock,
    departments: [general, advertising, sales],
    admin: {
      kind: 'staff',
      staffId: addStaff(deps, 'ada', 'admin'),
      name: 'Ada',
      role: 'admin',
      scope: 'all',
    },
    agent: {
      kind: 'staff',
      staffId: addStaff(deps, 'sam', 'agent', [general]),
      name: 'Sam',
      role: 'agent',
      scope: [general],
    },
    customer: store.customers.insert({ name: 'Ann Lee', email: 'ann@acme.example', now }),
    events,
    close: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function addStaff(
  deps: ServiceDeps,
  username: string,
  role: 'admin' | 'agent',
  departments: DepartmentId[] = [],
): StaffId {
  const id = deps.store.staff.insert({
    username,
    name: username,
    email: `${username}@desk.example`,
    passwordHash: '',
    role,
    isActive: true,
    totpSecret: null,
    now: deps.clock.now(),
  });
  deps.store.staff.setDepartments(id, departments);
  return id;
}
