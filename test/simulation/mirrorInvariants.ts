import { takeMarker } from '../../electron/core/domain/marker.ts';
import type { AttachmentId, CustomerId, MessageId, TicketId } from '../../shared/model/ids.ts';
import type { Ticket } from '../fakes/helpdeskz/state.ts';
import type { Client } from './client.ts';
import type { Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** Every desk shows what the remote has, wherever nothing of its own waits. */
export function mirrorProblems({ server }: World, client: Client, ledger: Ledger): string[] {
  const { state } = server;
  const { store, name } = client;
  const problems: string[] = [];
  for (const ticket of state.tickets.values()) {
    const id = store.remoteTickets.localId('tickets', ticket.id) as TicketId | undefined;
    const own = id === undefined ? undefined : store.tickets.byId(id);
    if (!own) {
      problems.push(`${name} lacks ticket ${ticket.id}`);
      continue;
    }
    if (own.deletedAt !== null) problems.push(...trashProblems(server, client, ticket, own.id, ledger));
    const waits = store.outbox.byTicket(own.id);
    if (waits.length === 0) {
      if (own.status !== ticket.status)
        problems.push(`${name}: ticket ${ticket.id} has status ${own.status}, not ${ticket.status}`);
      if (store.remoteTickets.remoteId('departments', own.departmentId) !== ticket.departmentId)
        problems.push(`${name}: ticket ${ticket.id} is in department ${own.departmentId}`);
    }
    problems.push(...rowProblems(server, client, ticket, own, ledger));
    problems.push(...threadProblems(server, client, ticket.id, own.id));
  }
  const live = store.db
    .prepare<[], TicketId>('SELECT id FROM tickets WHERE deleted_at IS NULL')
    .pluck()
    .all();
  for (const id of live) {
    const remoteId = store.remoteTickets.remoteId('tickets', id);
    const isRestored =
      store.operations.byTicket(id).find(({ kind }) => kind === 'trash' || kind === 'restore')?.kind ===
      'restore';
    // A person took what the server had deleted out of the trash.
    if (isRestored) continue;
    if (remoteId !== null && !state.tickets.has(remoteId) && store.outbox.byTicket(id).length === 0)
      problems.push(`${name} shows ticket ${remoteId}, which is gone`);
  }
  return [...problems, ...fileProblems(server, client)];
}

/** A person put it there, and nobody else has written since: what comes in is never hidden. */
function trashProblems(
  { state }: World['server'],
  client: Client,
  { id: remoteId, replies }: Ticket,
  id: TicketId,
  { trashed, deeds }: Ledger,
): string[] {
  const { store, name } = client;
  // What is to be deleted there stands in the outbox with what came.
  if (store.remoteContents.isToBeDeleted(id)) return [];
  const put = trashed.findLast((one) => one.client === client && one.ticketId === id);
  if (!put) return [`${name} lacks ticket ${remoteId}`];
  const thread = state.messages.get(remoteId) ?? [];
  const isUntold = thread.length !== replies + 1;
  const isOwn = (message: string): boolean =>
    deeds.some((deed) => deed.client === client && message.includes(deed.text));
  const hidden = thread.filter((message) => !put.there.has(message.id) && !isOwn(message.message));
  return isUntold ? [] : hidden.map((message) => `${name} hides «${message.message}» in the trash`);
}

/** What nobody changes through the API. */
function rowProblems(
  { state }: World['server'],
  { store, name }: Client,
  ticket: Ticket,
  own: { readonly id: TicketId; readonly subject: string; readonly customerId: CustomerId },
  { renamed }: Ledger,
): string[] {
  const isOurs = [...renamed].some(([client, ids]) => client.store === store && ids.has(own.id));
  const user = state.users.get(ticket.userId);
  const customer = store.customers.byId(own.customerId);
  return [
    ...(isOurs || own.subject === ticket.subject
      ? []
      : [`${name}: ticket ${ticket.id} is called «${own.subject}»`]),
    ...(store.remoteTickets.remoteId('customers', own.customerId) === ticket.userId
      ? []
      : [`${name}: ticket ${ticket.id} belongs to customer ${own.customerId}`]),
    ...(customer?.name === user?.fullname || customer?.deletedAt !== null
      ? []
      : [`${name}: ${user?.fullname} is called «${customer?.name}»`]),
  ];
}

/** Every file of a message that is here is known here, with its message and name. */
function fileProblems({ state }: World['server'], { store, name }: Client): string[] {
  const missing = [...state.attachments.values()].filter((file) => {
    const messageId = store.remoteTickets.localId('messages', file.messageId) as MessageId | undefined;
    const id = store.remoteTickets.localId('attachments', file.id) as AttachmentId | undefined;
    return (
      messageId !== undefined && (id === undefined || store.attachments.byId(id)?.messageId !== messageId)
    );
  });
  return missing.map(({ name: file }) => `${name} lacks the file ${file}`);
}

function threadProblems(
  { state }: World['server'],
  { store, name }: Client,
  remoteId: number,
  id: TicketId,
): string[] {
  const thread = state.messages.get(remoteId) ?? [];
  const theirs = thread.map(({ message }) => words(message));
  const shown = store.messages.newestBefore(id, { at: Number.MAX_SAFE_INTEGER, id: 0 }, 1000);
  const waiting = new Set(store.outbox.byTicket(id).map(({ messageId }) => messageId));
  const ours = shown.filter((message) => !waiting.has(message.id)).map(({ bodyHtml }) => words(bodyHtml));
  // A server that died between a message and its counters: nothing tells of it until the next message comes.
  const isUntold = thread.length !== (state.tickets.get(remoteId)?.replies ?? 0) + 1;
  const missing = [...new Set(theirs)].filter((text) => !shown.some((own) => words(own.bodyHtml) === text));
  // Copies that the network made carry one marker; without it nobody can tell them from a second message.
  const meant = (text: string): number => {
    const copies = thread.filter(({ message }) => words(message) === text);
    const markers = copies.map(({ message, id }) => takeMarker(message).marker ?? id);
    return new Set(markers).size;
  };
  const count = (text: string): number => ours.filter((own) => own === text).length;
  const twice = [...new Set(ours)].filter((text) => theirs.includes(text) && count(text) > meant(text));
  const merged = [...new Set(theirs)].filter((text) => count(text) > 0 && count(text) < meant(text));
  const extra = ours.filter((text) => !theirs.includes(text));
  const wrong = thread.filter((message) => {
    const ownId = store.remoteTickets.localId('messages', message.id) as MessageId | undefined;
    const own = ownId === undefined ? undefined : store.messages.byId(ownId);
    return own && ((own.author === 'customer') !== message.customer || own.createdAt !== message.date * 1000);
  });
  return [
    ...wrong.map((message) => `${name}: message ${message.id} has another writer or time`),
    ...(isUntold || waiting.size > 0 || !store.remoteTickets.isThreadStale(id)
      ? []
      : [`${name}: the thread of ticket ${remoteId} is read again and again`]),
    ...(isUntold ? [] : missing.map((text) => `${name}: ticket ${remoteId} lacks «${text}»`)),
    ...twice.map((text) => `${name}: ticket ${remoteId} shows «${text}» twice`),
    ...(isUntold || !state.settings.keepsClass
      ? []
      : merged.map((text) => `${name}: ticket ${remoteId} shows «${text}» too few times`)),
    ...extra.map((text) => `${name}: ticket ${remoteId} shows «${text}», which the server has not`),
  ];
}

const words = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
