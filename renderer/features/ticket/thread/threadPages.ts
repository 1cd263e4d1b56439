import type { Message, TicketDetail } from '../../../../shared/contract/tickets.ts';

/** A page as the core answers it: up to 50 messages, oldest first, and whether older ones exist. */
export type Page = Pick<TicketDetail, 'messages' | 'hasOlderMessages'>;

/** The messages known so far, oldest first without holes. */
export type Known = { readonly messages: readonly Message[]; readonly hasOlder: boolean };

function isBefore(a: Message, b: Message): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
}

/**
 * The newest page again, after something changed. As messages arrive the page moves on and drops its oldest,
 * which stay known; what lies in the page's time but is no longer in it was taken back.
 */
export function withNewest(known: Known | null, page: Page): Known {
  const first = page.messages[0];
  const last = known?.messages.at(-1);
  const isFresh = !known || !first || !page.hasOlderMessages;
  // More arrived than a page holds: between what is known and the page lies a hole, so start over.
  if (isFresh || !last || isBefore(last, first)) {
    return { messages: page.messages, hasOlder: page.hasOlderMessages };
  }
  const older = known.messages.filter((message) => isBefore(message, first));
  return {
    messages: [...older, ...page.messages],
    hasOlder: older.length > 0 || known.messages[0]?.id === first.id ? known.hasOlder : true,
  };
}

/** The page before the first known message, put in front. */
export function withOlder(known: Known, page: Page): Known {
  const ids = new Set(known.messages.map((message) => message.id));
  return {
    messages: [...page.messages.filter((message) => !ids.has(message.id)), ...known.messages],
    hasOlder: page.hasOlderMessages,
  };
}
