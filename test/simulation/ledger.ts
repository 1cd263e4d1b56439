import { isDeletion } from '../../electron/core/services/outboxDirectory.ts';
import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { Store } from '../../electron/core/store/store.ts';
import type { AttachmentId, MessageId, TicketId } from '../../shared/model/ids.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

/** What a person or a script wrote at a desk and must find again, somewhere, exactly once. */
export interface Deed {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly at: number;
  readonly text: string;
  readonly groupId: string | null;
  readonly messageId: MessageId;
  /** Its row of the outbox; null where none was made. */
  rowId: number | null;
  /** A file that goes with it. */
  readonly fileName: string | null;
  /** Taken back before it left. */
  isUndone: boolean;
  /** Thrown away by a person who was told that it may have arrived. */
  mayBeMissing: boolean;
  /** How often a person had it sent once more, knowing that it may have arrived. */
  sentAgain: number;
}

/** A field that somebody set at a desk. */
export interface Change {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly at: number;
  readonly kind: 'set_status' | 'set_department';
  readonly value: number;
  /** Its row of the outbox. */
  readonly rowId: number;
  isUndone: boolean;
}

/** A customer or a department that was made or changed at a desk. */
export interface DirectoryChange {
  readonly client: Client;
  readonly at: number;
  readonly rowId: number;
  readonly isNew: boolean;
  readonly table: 'customers' | 'departments';
  /** This desk's. */
  readonly id: number;
  /** «email a@b.c», «name Sales», «private 1»: what the server is to have. */
  readonly values: readonly string[];
  isUndone: boolean;
}

/** A file that was deleted at a desk; its row of the outbox, null where the server had not heard of it. */
export interface FileDeletion {
  readonly client: Client;
  readonly rowId: number | null;
  readonly id: AttachmentId;
  readonly name: string;
  isUndone: boolean;
}

/** A ticket that was put into the trash at a desk, with the messages the server had then. */
interface Trashed {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly there: ReadonlySet<number>;
}

export interface Ledger {
  readonly changes: Change[];
  readonly directory: DirectoryChange[];
  readonly files: FileDeletion[];
  /** Newest last. */
  readonly trashed: Trashed[];
  /** Tickets of which a desk was told to forget everything. */
  readonly erased: { client: Client; ticketId: TicketId; at: number }[];
  readonly deeds: Deed[];
  /** What is only on a desk: «field of ticket» → what its screen must show. */
  readonly local: Map<Client, Map<string, { ticketId: TicketId; shows: (client: Client) => boolean }>>;
  readonly notes: { client: Client; ticketId: TicketId; text: string }[];
  readonly drafts: { client: Client; ticketId: TicketId; text: string }[];
  /** What can be taken back: newest last. */
  readonly groups: { client: Client; groupId: string }[];
  /** Tickets whose subject was changed on one desk. */
  readonly renamed: Map<Client, Set<TicketId>>;
}

export const newLedger = (): Ledger => ({
  changes: [],
  directory: [],
  files: [],
  trashed: [],
  erased: [],
  deeds: [],
  local: new Map(),
  notes: [],
  drafts: [],
  groups: [],
  renamed: new Map(),
});

export function rememberDeed(
  ledger: Ledger,
  client: Client,
  deed: {
    ticketId: TicketId;
    messageId: MessageId;
    at: number;
    text: string;
    groupId?: string;
    fileName?: string | null;
  },
): void {
  const { ticketId, messageId, at, text, groupId = null, fileName = null } = deed;
  const rowId = client.store.outbox.byMessage(messageId)?.id ?? null;
  ledger.deeds.push({
    ...{ client, ticketId, messageId, at, text, groupId, rowId, fileName },
    ...{ isUndone: false, mayBeMissing: false, sentAgain: 0 },
  });
  if (groupId !== null) ledger.groups.push({ client, groupId });
}

/** What was just queued for a field of a ticket. */
export function rememberChange(ledger: Ledger, client: Client, ticketId: TicketId, at: number): void {
  const row = client.store.outbox.byTicket(ticketId).at(-1);
  const isNew = row && !ledger.changes.some(({ client: by, rowId }) => by === client && rowId === row.id);
  if (!isNew || (row.kind !== 'set_status' && row.kind !== 'set_department')) return;
  const value = row.payload.value as number;
  ledger.changes.push({ client, ticketId, at, kind: row.kind, value, rowId: row.id, isUndone: false });
}

/**
 * A person or a script does something at a desk: what it took out of the outbox is no longer to be found on the server,
 * what it put in must be, and what it threw away may lie in the trash.
 */
export async function acting<T>(
  world: World,
  ledger: Ledger,
  client: Client,
  act: () => T | Promise<T>,
): Promise<T> {
  const { outbox } = client.store;
  const before = outbox.all();
  const live = new Set(liveTickets(client));
  const result = await client.watch.byPerson(act);
  for (const row of before) if (!outbox.byId(row.id)) forget(ledger, client, row);
  const known = new Set(before.map(({ id }) => id));
  for (const row of outbox.all()) {
    if (!known.has(row.id)) rememberRow(world, ledger, client, row);
    // Made otherwise than it was first said: it had not left.
    const made = ledger.directory.find((one) => one.client === client && one.rowId === row.id);
    if (made && valuesOf(row).join() !== made.values.join())
      Object.assign(made, { values: valuesOf(row), at: world.time.now() });
  }
  for (const file of ledger.files)
    if (file.client === client && client.store.attachments.byId(file.id)?.deletedAt === null)
      file.isUndone = true;
  for (const id of liveTickets(client)) live.delete(id);
  for (const ticketId of live) {
    const remoteId = client.store.remoteTickets.remoteId('tickets', ticketId) ?? 0;
    const there = new Set((world.server.state.messages.get(remoteId) ?? []).map(({ id }) => id));
    ledger.trashed.push({ client, ticketId, there });
  }
  return result;
}

const liveTickets = ({ store }: Client): TicketId[] =>
  store.db.prepare<[], TicketId>('SELECT id FROM tickets WHERE deleted_at IS NULL').pluck().all();

/** Of what a script deletes, nobody is asked. */
export function confirmNew(client: Client, before: readonly OutboxRow[]): void {
  const known = new Set(before.map(({ id }) => id));
  for (const { id, kind } of client.store.outbox.all())
    if (!known.has(id) && isDeletion(kind)) client.wire.isConfirmed(id);
}

function rememberRow({ time }: World, ledger: Ledger, client: Client, row: OutboxRow): void {
  const { deeds, directory, files } = ledger;
  // What was never made and came back from the trash is made after all.
  for (const deed of deeds) {
    if (deed.client !== client || deed.messageId !== row.messageId) continue;
    Object.assign(deed, { rowId: row.id, isUndone: false });
    const draft = ledger.drafts.findIndex((one) => one.client === client && one.text === deed.text);
    if (draft >= 0) ledger.drafts.splice(draft, 1);
  }
  const { id: rowId, kind, payload, customerId, departmentId, attachmentId } = row;
  const values = valuesOf(row);
  const made = { client, rowId, at: time.now(), isNew: kind.startsWith('create_'), values, isUndone: false };
  if (values.length > 0 && customerId !== null)
    directory.push({ ...made, table: 'customers', id: customerId });
  if (values.length > 0 && departmentId !== null)
    directory.push({ ...made, table: 'departments', id: departmentId });
  if (kind === 'delete_attachment' && attachmentId !== null) {
    const name = String(payload.name);
    files.push({ client, rowId, id: attachmentId, name, isUndone: false });
  }
}

/** What a change sets, or set out from, in the server's numbers: a department may be known by another one here. */
export function valueThere(
  { remoteTickets }: Store,
  { kind, payload, before }: Pick<OutboxRow, 'kind' | 'payload' | 'before'>,
  which: 'payload' | 'before' = 'payload',
): unknown {
  const { value } = which === 'payload' ? payload : before;
  return kind === 'set_department' ? remoteTickets.remoteId('departments', Number(value)) : value;
}

/** What the server is to have once a row about a customer or a department has left: only what was changed. */
export function valuesOf({ kind, payload, before }: OutboxRow): string[] {
  if (kind === 'create_customer') return [`email ${payload.email}`];
  if (kind === 'update_customer') return [`email ${payload.value}`];
  if (kind !== 'create_department' && kind !== 'update_department') return [];
  return [
    ...(payload.name === before.name ? [] : [`name ${payload.name}`]),
    ...(payload.isPrivate === before.isPrivate ? [] : [`private ${payload.isPrivate ? 1 : 0}`]),
  ];
}

function forget({ deeds, changes, drafts, directory, files }: Ledger, client: Client, row: OutboxRow): void {
  const isIt = (one: { client: Client; rowId: number | null }) =>
    one.client === client && one.rowId === row.id;
  // Said to be there: only the search for it has ended.
  if (row.state === 'sent') return;
  for (const deed of deeds.filter(isIt)) {
    if (row.state === 'uncertain') deed.mayBeMissing = true;
    else deed.isUndone = true;
    // The words go back to whoever wrote them.
    if (row.kind === 'reply') drafts.push({ client, ticketId: deed.ticketId, text: deed.text });
  }
  for (const change of [...changes, ...directory, ...files].filter(isIt)) change.isUndone = true;
}
