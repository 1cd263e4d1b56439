import { takeMarker } from '../../electron/core/domain/marker.ts';
import { listDrafts } from '../../electron/core/services/drafts.ts';
import type { OutboxRow } from '../../electron/core/store/repositories/outbox.ts';
import type { TicketId } from '../../shared/model/ids.ts';
import type { Message } from '../fakes/helpdeskz/state.ts';
import type { Client } from './client.ts';
import { directoryProblems } from './directoryInvariants.ts';
import { type Change, type Deed, type Ledger, valueThere } from './ledger.ts';
import { mirrorProblems } from './mirrorInvariants.ts';
import { aboardProblems } from './takingAlong.ts';
import type { World } from './world.ts';

/** What must hold once everything has come to rest; each broken one in words. */
export function brokenInvariants(world: World, ledger: Ledger): string[] {
  return [
    ...[...Map.groupBy(ledger.deeds, ({ text }) => text).values()].flatMap((alike) =>
      deedProblems(world, alike, ledger),
    ),
    ...ledger.changes.flatMap((change) => changeProblems(world, change)),
    ...world.clients.flatMap((client) => restProblems(world, client)),
    ...world.clients.flatMap((client) => mirrorProblems(world, client, ledger)),
    ...world.clients.flatMap((client) => orderProblems(world, client, ledger)),
    ...directoryProblems(world, ledger),
    ...world.clients.flatMap((client) => aboardProblems(world, client)),
    ...localProblems(ledger),
  ];
}

const inTicket = (html: string, text: string): boolean => html.includes(text);

/** Applied exactly once, or visible to a person as not applied; and no mail went out twice. */
function deedProblems(world: World, deeds: readonly Deed[], ledger: Ledger): string[] {
  const { server, network } = world;
  const [first] = deeds;
  if (!first) return [];
  const { client, text } = first;
  const { state } = server;
  const copies = [...state.messages.values()].flat().filter(({ message }) => inTicket(message, text));
  const mails = state.mails.filter(
    (mail) => mail.template === 'staff_reply' && copies.some(({ id }) => id === mail.messageId),
  );
  const waiting = client.store.outbox
    .all()
    .filter(
      (row) =>
        row.messageId !== null && inTicket(client.store.messages.byId(row.messageId)?.bodyHtml ?? '', text),
    );
  const meant = deeds.filter(({ isUndone }) => !isUndone).length;
  const least = meant - deeds.filter(({ isUndone, mayBeMissing }) => !isUndone && mayBeMissing).length;
  const sent = meant + deeds.reduce((sum, { sentAgain }) => sum + sentAgain, 0);
  const most = sent + network.repeated.filter((body) => inTicket(body, text)).length;
  const problems: string[] = [];
  if (copies.length > most) problems.push(`«${text}» is on the server ${copies.length} times, not ${meant}`);
  if (mails.length > most) problems.push(`«${text}» was mailed ${mails.length} times, not ${meant}`);
  problems.push(...fileProblems(world, deeds, copies, ledger));
  const markers = new Set(copies.map(({ message, id }) => takeMarker(message).marker ?? id));
  if (state.settings.keepsClass && markers.size > deeds.length)
    problems.push(`«${text}» went out under two markers`);
  if (copies.length + waiting.length < least && !isTicketGone(world, ledger, first))
    problems.push(`«${text}» of ${client.name} is nowhere`);
  // One that the network carried out minutes late may be the copy that is there.
  if (copies.length >= most && waiting.some(({ state: at }) => at === 'queued' || at === 'rejected'))
    problems.push(`«${text}» is on the server and counts as not sent`);
  return problems;
}

/** Its file is there with each copy of the message, but where the server died before it had written it. */
function fileProblems(
  { server, network }: World,
  deeds: readonly Deed[],
  copies: readonly Message[],
  ledger: Ledger,
): string[] {
  const files = [...server.state.attachments.values()];
  return deeds.flatMap(({ client, text, fileName, rowId, isUndone, mayBeMissing }) => {
    const isWaiting = rowId !== null && client.store.outbox.byId(rowId) !== undefined;
    if (fileName === null || isUndone || mayBeMissing || isWaiting) return [];
    if (ledger.files.some(({ name }) => name === fileName)) return [];
    if (network.crashed.some((body) => inTicket(body, text))) return [];
    const counts = copies.map(
      ({ id }) => files.filter((file) => file.messageId === id && file.name === fileName).length,
    );
    const isOnce = copies.length === 0 || (Math.max(...counts) === 1 && counts.includes(1));
    return isOnce ? [] : [`the file of «${text}» is there ${counts.join(', ')} times`];
  });
}

/** The server had it at some time after it was set here, or a person sees that it never did. */
function changeProblems({ network }: World, change: Change): string[] {
  const { client, ticketId, at, kind, value, rowId } = change;
  if (change.isUndone) return [];
  const { store, name } = client;
  const remoteId = store.remoteTickets.remoteId('tickets', ticketId);
  const there = valueThere(store, { kind, payload: { value }, before: {} });
  const isDone = (network.held.get(`${remoteId} ${kind} ${there}`) ?? 0) >= at;
  const isSeen = store.outbox.byId(rowId) !== undefined || store.tickets.byId(ticketId)?.deletedAt !== null;
  return isDone || isSeen ? [] : [`${name}: ${kind} ${value} of ticket ${remoteId} is nowhere`];
}

/** What waits at rest waits for a person, or stands behind what does. */
function restProblems({ server }: World, { store, name, lastPulled }: Client): string[] {
  const rows = store.outbox.all();
  const isMoving = (row: OutboxRow): boolean => row.state === 'queued' || row.state === 'sending';
  // Nobody opens a ticket there that lies in the trash here.
  const isInTrash = ({ kind, ticketId }: OutboxRow): boolean =>
    kind === 'create_ticket' && ticketId !== null && store.tickets.byId(ticketId)?.deletedAt !== null;
  const isAside = (row: OutboxRow): boolean => !isMoving(row) || isInTrash(row);
  // Whoever is deleted with their tickets goes after what is still to be said.
  const isBehind = (row: OutboxRow): boolean =>
    rows.some(
      (other) =>
        isAside(other) &&
        other.id <= row.id &&
        (other.lane === row.lane ||
          row.ticketId === null ||
          other.ticketId === null ||
          // A file goes after its message.
          (row.kind === 'delete_attachment' && other.ticketId === row.ticketId)),
    );
  const isStuck = (row: OutboxRow): boolean =>
    row.state === 'sending' ||
    // Without its marker, nobody can tell which of two alike it became.
    ((row.state === 'sent' || row.state === 'uncertain') && server.state.settings.keepsClass) ||
    (row.state === 'queued' && !isBehind(row));
  const stuck = rows.filter(isStuck).map((row) => `${name}: ${row.kind} ${row.id} is ${row.state} at rest`);
  return lastPulled > 0 ? [...stuck, `${name} still found ${lastPulled} things to change at rest`] : stuck;
}

/** The server has its ticket no more, and here it lies in the trash; or it was to be erased after this was written. */
function isTicketGone({ server }: World, { erased }: Ledger, { client, ticketId, at }: Deed): boolean {
  const { store } = client;
  const remoteId = store.remoteTickets.remoteId('tickets', ticketId);
  if (remoteId !== null && server.state.tickets.has(remoteId)) return false;
  const ticket = store.tickets.byId(ticketId);
  if (ticket) return ticket.deletedAt !== null;
  return erased.some((one) => one.client === client && one.ticketId === ticketId && one.at >= at);
}

/** Thrown away with its ticket, it lies in the trash with it. */
function isInTrash({ store }: Client, ticketId: TicketId, text: string): boolean {
  if (store.tickets.byId(ticketId)?.deletedAt === null) return false;
  return store.messages.page(ticketId, 'asc', 1000, 0).some(({ bodyHtml }) => inTicket(bodyHtml, text));
}

/** Per ticket, what one desk wrote arrives in the order it was written. */
function orderProblems({ server }: World, client: Client, { deeds }: Ledger): string[] {
  const problems: string[] = [];
  for (const messages of server.state.messages.values()) {
    const firsts = deeds
      .filter(
        (deed, index) =>
          deed.client === client &&
          // What a person threw away, or sent once more, may come later than what was written after it.
          !deed.isUndone &&
          !deed.mayBeMissing &&
          deed.sentAgain === 0 &&
          deeds.findIndex(({ text }) => text === deed.text) === index,
      )
      .map(({ text }) => messages.find(({ message }) => inTicket(message, text))?.id)
      .filter((id) => id !== undefined);
    const isOrdered = firsts.every((id, index) => index === 0 || (firsts[index - 1] ?? 0) < id);
    if (!isOrdered) problems.push(`${client.name}: order ${firsts.join(', ')}`);
  }
  return problems;
}

function localProblems({ local, notes, drafts, erased }: Ledger): string[] {
  const problems: string[] = [];
  const isErased = (client: Client, ticketId: TicketId): boolean =>
    !client.store.tickets.byId(ticketId) &&
    erased.some((one) => one.client === client && one.ticketId === ticketId);
  for (const [client, fields] of local) {
    for (const [field, { ticketId, shows }] of fields)
      if (!shows(client) && !isErased(client, ticketId)) problems.push(`${client.name}: ${field} is lost`);
  }
  for (const { client, ticketId, text } of notes) {
    const found = client.store.notes.byTicket(ticketId).some(({ bodyHtml }) => inTicket(bodyHtml, text));
    if (!found && !isErased(client, ticketId)) problems.push(`${client.name}: note «${text}» is lost`);
  }
  for (const { client, ticketId, text } of drafts) {
    const { staffId } = client.actor;
    const own = client.store.drafts.byTicket(ticketId, staffId, 'reply')?.bodyHtml ?? '';
    const found = [own, ...listDrafts(client.deps, client.actor).map(({ bodyHtml }) => bodyHtml)];
    const isFound = found.some((html) => inTicket(html, text)) || isInTrash(client, ticketId, text);
    if (!isFound && !isErased(client, ticketId)) problems.push(`${client.name}: draft «${text}» is lost`);
  }
  return problems;
}
