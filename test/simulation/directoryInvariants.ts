import type { CustomerId, DepartmentId } from '../../shared/model/ids.ts';
import type { Client } from './client.ts';
import type { DirectoryChange, FileDeletion, Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** What was made, changed or deleted at a desk and is no ticket's: done once, or visible as not done. */
export function directoryProblems(world: World, ledger: Ledger): string[] {
  return [
    ...ledger.directory.flatMap((change) => changeProblems(world, change)),
    ...ledger.directory.flatMap((change) => doubleProblems(world, change)),
    ...ledger.files.flatMap((deletion) => fileProblems(world, deletion)),
    ...world.clients.flatMap((client) => listProblems(world, client)),
  ];
}

/** The server had it at some time after it was said here, or a person sees that it never did. */
function changeProblems({ network }: World, change: DirectoryChange): string[] {
  const { client, table, id, at, values, rowId, isUndone } = change;
  if (isUndone || client.store.outbox.byId(rowId)) return [];
  const remoteId = client.store.remoteTickets.remoteId(table, id);
  const missing = values.filter((value) => (network.held.get(`${table} ${remoteId} ${value}`) ?? 0) < at);
  return missing.map((value) => `${client.name}: ${value} of ${table} ${remoteId ?? id} is nowhere`);
}

/** Names are all there is to know a new department by: it is not made a second time. */
function doubleProblems({ server, network }: World, change: DirectoryChange): string[] {
  const [name] = change.values;
  if (!change.isNew || change.table !== 'departments' || !name) return [];
  const copies = [...server.state.departments.values()].filter((one) => `name ${one.name}` === name).length;
  const repeated = network.repeated.filter((body) => body.includes(name.slice('name '.length))).length;
  return copies > 1 + repeated ? [`${name} is on the server ${copies} times`] : [];
}

/** Gone there, or waiting in sight; a copy that the network made of its message has a file of its own. */
function fileProblems({ server, network }: World, deletion: FileDeletion): string[] {
  const { client, rowId, id, name, isUndone } = deletion;
  const { store } = client;
  if (isUndone || (rowId !== null && store.outbox.byId(rowId))) return [];
  if (network.repeated.some((body) => body.includes(name))) return [];
  const isThere = [...server.state.attachments.values()].some((file) => file.name === name);
  const isLive = store.attachments.byId(id)?.deletedAt === null;
  return [
    ...(isThere ? [`${client.name}: ${name} was deleted here and is on the server`] : []),
    ...(isLive ? [`${client.name}: ${name} was deleted and is back`] : []),
  ];
}

/** Customers and departments: every desk has those of the server, and no others, wherever nothing of its own waits. */
function listProblems({ server }: World, { store, name }: Client): string[] {
  const { users, departments } = server.state;
  const waits = (lane: string): boolean => store.outbox.byLane(lane).length > 0;
  const problems: string[] = [];
  for (const user of users.values()) {
    const id = store.remoteTickets.localId('customers', user.id) as CustomerId | undefined;
    const own = id === undefined ? undefined : store.customers.byId(id);
    if (id !== undefined && waits(`customer ${id}`)) continue;
    const isSame = own?.name === user.fullname && own.email === user.email && own.deletedAt === null;
    if (!isSame)
      problems.push(`customer ${user.id} is ${own?.name} ${own?.email} ${own?.deletedAt} (${user.email})`);
  }
  for (const department of departments.values()) {
    const id = store.remoteTickets.localId('departments', department.id) as DepartmentId | undefined;
    const own = id === undefined ? undefined : store.departments.byId(id);
    if (id !== undefined && waits(`department ${id}`)) continue;
    const isSame = own?.name === department.name && own.isPrivate === (department.private === '1');
    if (!isSame)
      problems.push(`department ${department.id} is called «${own?.name}», not «${department.name}»`);
  }
  const live = (table: 'customers' | 'departments'): number[] =>
    store.db.prepare<[], number>(`SELECT id FROM ${table} WHERE deleted_at IS NULL`).pluck().all();
  for (const id of live('customers')) {
    const remoteId = store.remoteTickets.remoteId('customers', id);
    const isNeeded = store.outbox.all().some(({ customerId }) => customerId === id);
    if (!isNeeded && (remoteId === null || !users.has(remoteId)))
      problems.push(`customer ${remoteId ?? id} is not on the server`);
  }
  for (const id of live('departments')) {
    const remoteId = store.remoteTickets.remoteId('departments', id);
    if (!waits(`department ${id}`) && (remoteId === null || !departments.has(remoteId)))
      problems.push(`department ${remoteId ?? id} is not on the server`);
  }
  return problems.map((problem) => `${name}: ${problem}`);
}
