import { Readable } from 'node:stream';
import { addUpload, getDraft, saveDraft } from '../../electron/core/services/drafts.ts';
import { addNote, createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { saveDraftInput } from '../../shared/contract/drafts.ts';
import { createTicketInput, replyInput, type TicketChange } from '../../shared/contract/tickets.ts';
import type { DepartmentId, StaffId, TicketId, UploadId } from '../../shared/model/ids.ts';
import type { TicketPriority, TicketStatus } from '../../shared/model/ticket.ts';
import { administers, oneOf } from './administering.ts';
import type { Client } from './client.ts';
import { decide } from './decisions.ts';
import { acting, type Ledger, rememberChange, rememberDeed } from './ledger.ts';
import { scriptWorks } from './localScripts.ts';
import { takesAlong } from './takingAlong.ts';
import type { World } from './world.ts';

/** One thing that happens at a desk, through the services that the window and scripts use, online or not. */
export async function work(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random } = world;
  const ticketId = someTicket(world, client);
  const what = random.int(0, 24);
  // Whoever works in a ticket has opened it.
  if (ticketId !== null && random.chance(0.3)) await client.opens(ticketId);
  if (ticketId === null || what === 0) open(world, client, ledger);
  else if (what <= 7) await reply(world, client, ledger, ticketId);
  else if (what <= 9) set(world, client, ledger, ticketId, { status: random.int(1, 5) as TicketStatus });
  else if (what === 10) set(world, client, ledger, ticketId, { departmentId: someDepartment(world, client) });
  else if (what === 11) keepHere(world, client, ledger, ticketId);
  else if (what === 12) note(world, client, ledger, ticketId);
  else if (what === 13) draft(world, client, ledger, ticketId);
  else if (what === 14) await undo(world, client, ledger);
  else if (what <= 17) await decide(world, client, ledger);
  else if (what <= 19) await scriptWorks(world, client, ledger, ticketId);
  else if (what <= 23) await administers(world, client, ledger);
  else await takesAlong(world, client);
}

const someTicket = (world: World, client: Client): TicketId | null =>
  oneOf<TicketId>(world, client, 'SELECT id FROM tickets WHERE deleted_at IS NULL') ?? null;

const someDepartment = (world: World, client: Client): DepartmentId =>
  oneOf<DepartmentId>(world, client, 'SELECT id FROM departments WHERE deleted_at IS NULL') ??
  (0 as DepartmentId);

function open(world: World, client: Client, ledger: Ledger): void {
  const { random } = world;
  const departmentId = someDepartment(world, client);
  if (departmentId === 0) return;
  const text = world.text(client.name);
  const email = random.pick(['ann@mail.example', 'bob@mail.example', `${client.name}-new@mail.example`]);
  const input = createTicketInput.parse({
    customer: { email, name: 'Somebody' },
    departmentId,
    status: random.pick([1, 1, 4]),
    subject: `Subject of ${text}`,
    bodyHtml: `<p>${text}</p>`,
    opener: random.pick(['staff', 'customer']),
  });
  const done = createTicketAsStaff(client.deps, client.actor, input);
  if (done.ok) rememberDeed(ledger, client, { ...done.value, at: world.time.now(), text });
}

async function reply(world: World, client: Client, ledger: Ledger, ticketId: TicketId): Promise<void> {
  const { random } = world;
  const text = sameAgain(world, client, ledger, ticketId) ?? world.text(client.name);
  const file = random.chance(0.15) ? await upload(world, client) : null;
  const input = replyInput.parse({
    ticketId,
    bodyHtml: `<p>${text}</p>`,
    close: random.chance(0.2),
    uploadIds: file ? [file.id] : [],
  });
  const done = replyAsStaff(client.deps, client.actor, input);
  if (!done.ok) return;
  const deed = { ...done.value, at: world.time.now(), text };
  rememberDeed(ledger, client, { ...deed, fileName: file?.name ?? null });
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** A picture that nobody else sends. */
async function upload(world: World, client: Client): Promise<{ id: UploadId; name: string } | null> {
  const name = `${world.text('picture').replace(/\W+/g, '-')}${client.name}.png`;
  const content = Readable.from([Buffer.concat([PNG, Buffer.from(name)])]);
  const added = await addUpload(client.deps, client.actor, { name, mediaType: 'image/png', content });
  return added.ok ? { id: added.value.id, name } : null;
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

function set(world: World, client: Client, ledger: Ledger, ticketId: TicketId, to: TicketChange): void {
  const done = updateTicketNow(client.deps, client.actor, ticketId, to);
  if (!done.ok) return;
  rememberChange(ledger, client, ticketId, world.time.now());
  ledger.groups.push({ client, groupId: done.value.groupId });
}

/** What the server cannot hold: priority, assignee, tags, subject. */
function keepHere({ random, text }: World, client: Client, ledger: Ledger, ticketId: TicketId): void {
  const keep = (field: string, to: TicketChange, shows: (by: Client) => boolean): void => {
    if (!updateTicketNow(client.deps, client.actor, ticketId, to).ok) return;
    const own = ledger.local.get(client) ?? new Map();
    ledger.local.set(client, own.set(`${field} of ticket ${ticketId}`, { ticketId, shows }));
  };
  const ticket = (by: Client) => by.store.tickets.byId(ticketId);
  const what = random.int(0, 3);
  if (what === 0) {
    const priority = random.int(1, 6) as TicketPriority;
    keep('priority', { priority }, (by) => ticket(by)?.priority === priority);
  } else if (what === 1) {
    const assigneeId = client.actor.staffId as StaffId;
    keep('assignee', { assigneeId }, (by) => ticket(by)?.assigneeId === assigneeId);
  } else if (what === 2) {
    const tag = `tag ${random.int(1, 3)}`;
    keep(tag, { addTags: [tag] }, (by) => by.store.tags.ofTicket(ticketId).includes(tag));
  } else {
    const subject = text('Renamed');
    keep('subject', { subject }, (by) => ticket(by)?.subject === subject);
    ledger.renamed.set(client, (ledger.renamed.get(client) ?? new Set()).add(ticketId));
  }
}

function note(world: World, client: Client, ledger: Ledger, ticketId: TicketId): void {
  const text = world.text(`${client.name} notes`);
  const done = addNote(client.deps, client.actor, { ticketId, bodyHtml: `<p>${text}</p>`, draftId: null });
  if (done.ok) ledger.notes.push({ client, ticketId, text });
}

/** What somebody types and does not send; it goes below what stands there already. */
function draft(world: World, client: Client, ledger: Ledger, ticketId: TicketId): void {
  const text = world.text(`${client.name} types`);
  const before = getDraft(client.deps, client.actor, ticketId, 'reply');
  const input = saveDraftInput.parse({
    draftId: before?.id ?? null,
    ticketId,
    kind: 'reply',
    bodyHtml: `${before?.bodyHtml ?? ''}<p>${text}</p>`,
    uploadIds: before?.uploads.map(({ id }) => id) ?? [],
  });
  if (saveDraft(client.deps, client.actor, input).ok) ledger.drafts.push({ client, ticketId, text });
}

/** Takes something back that was done lately: before it left, on its way, or long after. */
async function undo(world: World, client: Client, ledger: Ledger): Promise<void> {
  const { random, time } = world;
  const own = ledger.groups.filter((group) => group.client === client).slice(-4);
  const [first, ...rest] = own;
  if (!first) return;
  const { groupId } = random.pick([first, ...rest]);
  const undone = await acting(world, ledger, client, () => undoGroup(client.deps, client.actor, groupId));
  if (!undone.ok) return;
  for (const deed of ledger.deeds)
    if (deed.client === client && deed.groupId === groupId) deed.isUndone = true;
  // A change that was discarded waits again.
  for (const change of ledger.changes)
    if (change.client === client && client.store.outbox.byId(change.rowId)) change.isUndone = false;
  // What had arrived is taken back by its inverse.
  for (const { ticketId } of client.store.outbox.all()) {
    if (ticketId !== null) rememberChange(ledger, client, ticketId, time.now());
  }
}
