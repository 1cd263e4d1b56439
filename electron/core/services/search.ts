import type { SearchInput, SearchResult, SuggestResult } from '../../../shared/contract/queues.ts';
import type { StaffActor } from '../domain/actor.ts';
import { scopeOf } from '../domain/rights.ts';
import type { Services } from './services.ts';
import { ticketRows } from './ticketReader.ts';

/** Names who asks: a newer question of the same window takes the place of one that still waits. */
const clientOf = (actor: StaffActor): string => `staff ${actor.staffId}`;

/**
 * Full-text search over subjects, people, messages and notes of the departments the viewer may see: whole words.
 * When no whole word fits, what the as-you-type index finds is better than nothing: nobody should lose the hits
 * they just saw by pressing Enter.
 */
export async function searchTickets(
  services: Services,
  actor: StaffActor,
  input: SearchInput,
): Promise<SearchResult> {
  const hits = await services.reader.search(scopeOf(actor), input, clientOf(actor));
  const { hasMore, continueBelowId, pendingTickets } = hits;
  if (hits.ids.length === 0 && !hasMore && input.beforeId === null) {
    const ids = await services.reader.suggest(scopeOf(actor), { text: input.text, limit: input.limit });
    return {
      rows: ticketRows(services.deps, actor, ids),
      hasMore: false,
      continueBelowId: null,
      pendingTickets,
    };
  }
  return { rows: ticketRows(services.deps, actor, hits.ids), hasMore, continueBelowId, pendingTickets };
}

/** As-you-type hits on subjects, customers and numbers; below two characters there are none. */
export async function suggestTickets(
  services: Services,
  actor: StaffActor,
  input: { text: string; limit: number },
): Promise<SuggestResult> {
  const ids = await services.reader.suggest(scopeOf(actor), input, clientOf(actor));
  const tickets = ticketRows(services.deps, actor, ids).map(
    ({ id, number, subject, customerName, status }) => ({
      id,
      number,
      subject,
      customerName,
      status,
    }),
  );
  return { tickets };
}
