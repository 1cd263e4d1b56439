import type { Message, Note } from '../../../../shared/contract/tickets.ts';

export type ThreadItem =
  | { readonly kind: 'message'; readonly key: string; readonly at: number; readonly message: Message }
  | { readonly kind: 'note'; readonly key: string; readonly at: number; readonly note: Note };

/** What the conversation shows, top to bottom: items, and the fold over those in between. */
export type ThreadRow =
  | { readonly kind: 'item'; readonly item: ThreadItem; readonly isOpen: boolean }
  | { readonly kind: 'fold'; readonly key: string; readonly count: number };

function messageItem(message: Message): ThreadItem {
  return { kind: 'message', key: `m${message.id}`, at: message.createdAt, message };
}

function noteItem(note: Note): ThreadItem {
  return { kind: 'note', key: `n${note.id}`, at: note.createdAt, note };
}

function inOrder(a: ThreadItem, b: ThreadItem): number {
  if (a.at !== b.at) return a.at - b.at;
  // At the same millisecond a note is about the message before it.
  if (a.kind !== b.kind) return a.kind === 'message' ? -1 : 1;
  return a.kind === 'message' && b.kind === 'message'
    ? a.message.id - b.message.id
    : Number(a.key.slice(1)) - Number(b.key.slice(1));
}

/**
 * Messages and notes by time, each once (pages may overlap after something arrived). While older messages
 * are not loaded, the notes from their time wait with them: shown above the page they would stand beside
 * the wrong messages.
 */
export function mergeThread(
  messages: readonly Message[],
  notes: readonly Note[],
  hasOlderMessages: boolean,
): ThreadItem[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const oldestAt = Math.min(...messages.map((message) => message.createdAt));
  const shown = hasOlderMessages ? notes.filter((note) => note.createdAt >= oldestAt) : notes;
  return [...[...byId.values()].map(messageItem), ...shown.map(noteItem)].sort(inOrder);
}

function isCustomerMessage(item: ThreadItem): boolean {
  return item.kind === 'message' && item.message.author === 'customer';
}

/** The customer's messages since the desk last spoke: what a reader of an unread ticket has not seen. */
function firstUnanswered(items: readonly ThreadItem[]): number {
  const lastStaff = items.findLastIndex((item) => item.kind === 'message' && item.message.author === 'staff');
  const next = items.findIndex((item, index) => index > lastStaff && isCustomerMessage(item));
  return next === -1 ? items.length : next;
}

/** The first item that an unread ticket's reader has not seen. */
export function firstUnread(items: readonly ThreadItem[]): ThreadItem | undefined {
  return items[firstUnanswered(items)];
}

/** A conversation this short is shown whole. */
const SHORT_THREAD = 4;

/**
 * Which items are open when the ticket is opened: the last one, what the customer last wrote and all after
 * it, and everything unread.
 */
export function openAtFirst(items: readonly ThreadItem[], isUnread: boolean): ReadonlySet<string> {
  if (items.length <= SHORT_THREAD) return new Set(items.map((item) => item.key));
  const lastCustomer = items.findLastIndex(isCustomerMessage);
  const fromLastCustomer = lastCustomer === -1 ? items.length - 1 : lastCustomer;
  const start = Math.min(fromLastCustomer, isUnread ? firstUnanswered(items) : items.length - 1);
  return new Set(items.slice(start).map((item) => item.key));
}

/** So many closed lines in a row are worth a fold; fewer would save nothing. */
const FOLD_AT_LEAST = 5;
/** Closed lines that stay visible above the open ones, for context. */
const KEEP_ABOVE = 2;

/**
 * Closed lines at the beginning fold into «Show 17 earlier messages». `notLoaded` counts those that are
 * still in the core; with them a fold stands there however few lines are loaded.
 */
export function threadRows(
  items: readonly ThreadItem[],
  open: ReadonlySet<string>,
  options: { isUnfolded: boolean; notLoaded: number },
): ThreadRow[] {
  const rows = items.map((item): ThreadRow => ({ kind: 'item', item, isOpen: open.has(item.key) }));
  const firstOpen = items.findIndex((item) => open.has(item.key));
  const closed = firstOpen === -1 ? 0 : firstOpen;
  const folded = options.isUnfolded || closed < FOLD_AT_LEAST ? 0 : closed - KEEP_ABOVE;
  const count = folded + options.notLoaded;
  return count === 0 ? rows : [{ kind: 'fold', key: 'fold', count }, ...rows.slice(folded)];
}
