import { addNote, createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { DepartmentId, TicketId } from '../../shared/model/ids.ts';
import type { TicketPriority, TicketStatus } from '../../shared/model/ticket.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

/** What a person did at a desk and must find again, somewhere, exactly once. */
export interface Deed {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly text: string;
  /** Taken back before it left. */
  isUndone: boolean;
}

/** A field that a person set at a desk. */
export interface Change {
  readonly client: Client;
  readonly ticketId: TicketId;
  readonly at: number;
  readonly kind: 'set_status' | 'set_department';
  readonly value: number;
  /** Its row of the outbox. */
  readonly rowId: number;
}

export interface Ledger {
  readonly changes: Change[];
  readonly deeds: Deed[];
  /** Fields that only this desk holds: client → ticket → priority. */
  readonly priorities: Map<Client, Map<TicketId, TicketPriority>>;
  readonly notes: { client: Client; ticketId: TicketId; text: string }[];
}

export const newLedger = (): Ledger => ({ changes: [], deeds: [], priorities: new Map(), notes: [] });

/** One thing a staff member does, through the services that the window uses, online or not. */
export async function work(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random } = world;
  const ticketId = someTicket(world, client);
  const what = random.int(0, 11);
  if (ticketId === null || what === 0) open(world, client, ledger);
  else if (what <= 5) await reply(world, client, ledger, ticketId);
  else if (what <= 7) {
    const status = random.int(1, 5) as TicketStatus;
    if (change(client, ticketId, { status })) remember(world, client, ledger, ticketId);
  } else if (what === 8) {
    const departmentId = random.int(1, 2) as DepartmentId;
    if (change(client, ticketId, { departmentId })) remember(world, client, ledger, ticketId);
  } else if (what === 9) {
    const priority = random.int(1, 6) as TicketPriority;
    const own = ledger.priorities.get(client) ?? new Map<TicketId, TicketPriority>();
    if (change(client, ticketId, { priority })) ledger.priorities.set(client, own.set(ticketId, priority));
  } else note(world, client, ledger, ticketId);
}

function someTicket({ random }: World, { store }: Client): TicketId | null {
  const ids = store.db
    .prepare<[], TicketId>('SELECT id FROM tickets WHERE deleted_at IS NULL ORDER BY id')
    .pluck()
    .all();
  const [first, ...rest] = ids;
  return first === undefined ? null : random.pick([first, ...rest]);
}

function open(world: World, client: Client, ledger: Ledger): void {
  const { random } = world;
  if (!client.store.departments.byId(1 as DepartmentId)) return;
  const text = world.text(client.name);
  const email = random.pick(['ann@mail.example', 'bob@mail.example', `${client.name}-new@mail.example`]);
  const input = createTicketInput.parse({
    customer: { email, name: 'Somebody' },
    departmentId: random.int(1, 2),
    status: random.pick([1, 1, 4]),
    subject: `Subject of ${text}`,
    bodyHtml: `<p>${text}</p>`,
    opener: random.pick(['staff', 'customer']),
  });
  const done = createTicketAsStaff(client.deps, client.actor, input);
  if (done.ok) ledger.deeds.push({ client, ticketId: done.value.ticketId, text, isUndone: false });
}

async function reply(world: World, client: Client, ledger: Ledger, ticketId: TicketId): Promise<void> {
  const { random } = world;
  const text = sameAgain(world, client, ledger, ticketId) ?? world.text(client.name);
  const input = replyInput.parse({ ticketId, bodyHtml: `<p>${text}</p>`, close: random.chance(0.2) });
  const done = replyAsStaff(client.deps, client.actor, input);
  if (!done.ok) return;
  const deed: Deed = { client, ticketId, text, isUndone: false };
  ledger.deeds.push(deed);
  if (!random.chance(0.1)) return;
  const undone = await undoGroup(client.deps, client.actor, done.value.groupId);
  deed.isUndone = undone.ok;
}

/** People write «thanks» twice; only the marker tells two alike apart, and a server that strips it can't. */
function sameAgain(
  { random, server }: World,
  client: Client,
  { deeds }: Ledger,
  ticketId: TicketId,
): string | null {
  if (!server.state.settings.keepsClass || !random.chance(0.15)) return null;
  const before = deeds.filter((deed) => deed.client === client && deed.ticketId === ticketId).at(-1);
  return before?.text ?? null;
}

function change(client: Client, ticketId: TicketId, to: Parameters<typeof updateTicketNow>[3]): boolean {
  return updateTicketNow(client.deps, client.actor, ticketId, to).ok;
}

/** What was just queued for a field of a ticket. */
function remember({ time }: World, client: Client, { changes }: Ledger, ticketId: TicketId): void {
  const row = client.store.outbox.byTicket(ticketId).at(-1);
  const isNew = row && !changes.some(({ client: by, rowId }) => by === client && rowId === row.id);
  if (!isNew || (row.kind !== 'set_status' && row.kind !== 'set_department')) return;
  const value = row.payload.value as number;
  changes.push({ client, ticketId, at: time.now(), kind: row.kind, value, rowId: row.id });
}

function note(world: World, client: Client, ledger: Ledger, ticketId: TicketId): void {
  const text = world.text(`${client.name} notes`);
  const done = addNote(client.deps, client.actor, { ticketId, bodyHtml: `<p>${text}</p>`, draftId: null });
  if (done.ok) ledger.notes.push({ client, ticketId, text });
}
