import { deleteAttachment } from '../../electron/core/services/attachmentRemoval.ts';
import { updateCustomer } from '../../electron/core/services/customerAdmin.ts';
import { deleteCustomer } from '../../electron/core/services/customerRemoval.ts';
import { createCustomer } from '../../electron/core/services/customers.ts';
import { removeDepartment } from '../../electron/core/services/departmentAdmin.ts';
import { createDepartment, updateDepartment } from '../../electron/core/services/departments.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import type { AttachmentId, CustomerId, TicketId } from '../../shared/model/ids.ts';
import type { Client } from './client.ts';
import { acting, type Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** What an administrator does at a desk: people, departments, the trash, and what is to be deleted for good. */
export async function administers(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random } = world;
  const act = random.pick([
    trash,
    trash,
    bringBack,
    erase,
    erase,
    dropFile,
    dropFile,
    people,
    people,
    sections,
  ]);
  await acting(world, ledger, client, () => act(world, client, ledger));
}

/** Any one of what a query finds; undefined where there is none. */
export function oneOf<T>({ random }: World, { store }: Client, sql: string): T | undefined {
  const [first, ...rest] = store.db.prepare<[], T>(`${sql} ORDER BY id`).pluck().all();
  return first === undefined ? undefined : random.pick([first, ...rest]);
}

const LIVE = 'deleted_at IS NULL';
const IN_TRASH = 'SELECT id FROM tickets WHERE deleted_at IS NOT NULL';

async function trash(world: World, client: Client, ledger: Ledger): Promise<void> {
  const id = oneOf<TicketId>(world, client, `SELECT id FROM tickets WHERE ${LIVE}`);
  if (id === undefined) return;
  const onServer = world.random.chance(0.5);
  const done = await trashTickets(client.deps, client.actor, [id], undefined, { onServer });
  if (done.ok) ledger.groups.push({ client, groupId: done.value.groupId });
}

async function bringBack(world: World, client: Client): Promise<void> {
  const id = oneOf<TicketId>(world, client, IN_TRASH);
  if (id !== undefined) await restoreTickets(client.deps, client.actor, [id]);
}

async function erase(world: World, client: Client, ledger: Ledger): Promise<void> {
  const ticketId = oneOf<TicketId>(world, client, IN_TRASH);
  if (ticketId === undefined) return;
  const onServer = world.random.chance(0.7);
  const done = await purgeTickets(client.deps, client.actor, [ticketId], undefined, { onServer });
  if (done.ok) ledger.erased.push({ client, ticketId, at: world.time.now() });
}

async function dropFile(world: World, client: Client, ledger: Ledger): Promise<void> {
  const id = oneOf<AttachmentId>(world, client, `SELECT id FROM attachments WHERE ${LIVE}`);
  const done = id === undefined ? undefined : deleteAttachment(client.deps, client.actor, id);
  if (id === undefined || !done?.ok) return;
  noteDropped(client, ledger, id);
  ledger.groups.push({ client, groupId: done.value.groupId });
}

/** A file that leaves its message before that has left needs no row of the outbox. */
export function noteDropped(client: Client, ledger: Ledger, id: AttachmentId): void {
  const { attachments, outbox } = client.store;
  const file = attachments.byId(id);
  if (!file || file.deletedAt === null) return;
  if (outbox.byTicket(file.ticketId).some(({ attachmentId }) => attachmentId === id)) return;
  ledger.files.push({ client, rowId: null, id, name: file.name, isUndone: false });
}

/** Addresses that several desks give are one person; others are nobody else's. */
function someAddress({ random, text }: World): string {
  const own = text('address').replace(/\D+/g, '');
  return random.chance(0.4) ? `shared${random.int(1, 2)}@mail.example` : `own${own}@mail.example`;
}

async function people(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random, text } = world;
  const { deps, actor } = client;
  const id = oneOf<CustomerId>(world, client, `SELECT id FROM customers WHERE ${LIVE}`);
  const customer = id === undefined ? undefined : deps.store.customers.byId(id);
  const what = random.int(0, 5);
  if (!customer || what <= 1) {
    createCustomer(deps, actor, { name: text('Called'), email: someAddress(world) });
  } else if (what <= 3) {
    const { id: customerId, name } = customer;
    updateCustomer(deps, actor, { customerId, name, emails: [someAddress(world)] });
  } else if (what === 4 && random.chance(0.5)) {
    const gone = await deleteCustomer(deps, actor, customer.id);
    if (gone.ok && gone.value.groupId !== null) ledger.groups.push({ client, groupId: gone.value.groupId });
  }
}

async function sections(world: World, { deps, actor }: Client): Promise<void> {
  const { random, text } = world;
  const [first, ...rest] = deps.store.departments.all();
  const what = random.int(0, 5);
  if (!first || what <= 1) {
    createDepartment(deps, actor, { name: text('Section'), isPrivate: random.chance(0.3) });
    return;
  }
  const { id, name, isPrivate } = random.pick([first, ...rest]);
  if (what <= 3) {
    const fields = random.pick([
      { name: text('Section'), isPrivate },
      { name, isPrivate: !isPrivate },
    ]);
    updateDepartment(deps, actor, id, fields);
  } else if (random.chance(0.5)) {
    const others = [first, ...rest].filter((other) => other.id !== id);
    const moveTo = random.chance(0.5) ? (others[0]?.id ?? null) : null;
    await removeDepartment({ deps, jobs: createJobs(deps) }, actor, id, moveTo);
  }
}
