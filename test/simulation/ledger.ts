import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { MessageId, TicketId } from '../../shared/model/ids.ts';
import type { Client } from './client.ts';

/** What a person or a script wrote at a desk and must find again, somewhere, exactly once. */
export interface Deed {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly text: string;
  readonly groupId: string | null;
  /** Its row of the outbox; null where none was made. */
  readonly rowId: number | null;
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

export interface Ledger {
  readonly changes: Change[];
  readonly deeds: Deed[];
  /** What is only on a desk: «field of ticket» → what its screen must show. */
  readonly local: Map<Client, Map<string, { ticketId: TicketId; shows: (client: Client) => boolean }>>;
  readonly notes: { client: Client; ticketId: TicketId; text: string }[];
  readonly drafts: { client: Client; text: string }[];
  /** What can be taken back: newest last. */
  readonly groups: { client: Client; groupId: string }[];
  /** Tickets whose subject was changed on one desk. */
  readonly renamed: Map<Client, Set<TicketId>>;
}

export const newLedger = (): Ledger => ({
  changes: [],
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
    text: string;
    groupId?: string;
    fileName?: string | null;
  },
): void {
  const { ticketId, text, groupId = null, fileName = null } = deed;
  const rowId = client.store.outbox.byMessage(deed.messageId)?.id ?? null;
  ledger.deeds.push({
    ...{ client, ticketId, text, groupId, rowId, fileName },
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

/** What a person's decision took out of the outbox is no longer to be found on the server. */
export async function takingBack<T>(ledger: Ledger, client: Client, act: () => Promise<T>): Promise<T> {
  const before = client.store.outbox.all();
  const result = await client.watch.byPerson(act);
  for (const row of before) if (!client.store.outbox.byId(row.id)) forget(ledger, client, row);
  return result;
}

function forget({ deeds, changes, drafts }: Ledger, client: Client, row: OutboxRow): void {
  const isIt = (one: { client: Client; rowId: number | null }) =>
    one.client === client && one.rowId === row.id;
  // Said to be there: only the search for it has ended.
  if (row.state === 'sent') return;
  for (const deed of deeds.filter(isIt)) {
    if (row.state === 'uncertain') deed.mayBeMissing = true;
    else deed.isUndone = true;
    // The words go back to whoever wrote them.
    if (row.kind === 'reply') drafts.push({ client, text: deed.text });
  }
  for (const change of changes.filter(isIt)) change.isUndone = true;
}
