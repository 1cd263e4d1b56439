import type { SearchInput } from '../../../../shared/contract/queues.ts';
import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import { canSeeDepartment, type DepartmentScope } from '../../domain/actor.ts';
import type { Db } from '../connection.ts';
import { createHits, type HitPage, NO_HITS } from './hits.ts';
import { matchPhrase, type ParsedSearch, parseSearch } from './parseSearch.ts';
import { createSuggester, type SuggestQuery } from './suggester.ts';
import { ATTACHMENT_MARKER, departmentMarker } from './text.ts';

/** The ticket whose number was typed stands before all others. */
export interface SearchHits extends HitPage {
  /** Tickets whose index entries are still missing or old. */
  readonly pendingTickets: number;
}

export interface Searcher {
  search(scope: DepartmentScope, input: SearchInput): SearchHits;
  suggest(scope: DepartmentScope, input: SuggestQuery): TicketId[];
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The departments to look in: what `dept:` names, as far as the viewer sees it. */
function createDepartmentChooser(db: Db) {
  const every = db.prepare<[], { id: DepartmentId; name: string }>(
    'SELECT id, name FROM departments WHERE deleted_at IS NULL',
  );
  return (scope: DepartmentScope, name: string | null): DepartmentScope => {
    if (name === null) return scope;
    const named = every.all().filter((row) => folded(row.name).startsWith(folded(name)));
    return named.flatMap(({ id }) => (canSeeDepartment(scope, id) ? [id] : []));
  };
}

/** The MATCH text, or null where the search has no words to match. */
function matchText(parsed: ParsedSearch, scope: DepartmentScope): string | null {
  const parts = [
    ...parsed.phrases.map(matchPhrase),
    ...parsed.from.map((phrase) => `people : ${matchPhrase(phrase)}`),
    ...(parsed.hasAttachment ? [`"${ATTACHMENT_MARKER}"`] : []),
    // Without these a rare department would be looked for among all hits of a common word.
    ...(scope === 'all' ? [] : [`(${scope.map((id) => `"${departmentMarker(id)}"`).join(' OR ')})`]),
  ];
  return parts.length === 0 ? null : parts.join(' AND ');
}

const asksNothing = (parsed: ParsedSearch): boolean =>
  parsed.phrases.length + parsed.from.length === 0 &&
  parsed.status === null &&
  parsed.department === null &&
  !parsed.hasAttachment;

/** Only words, none of them in quotes or behind an operator: the last one may still be on its way. */
const isPlainText = (parsed: ParsedSearch): boolean =>
  parsed.phrases.length > 0 &&
  parsed.from.length === 0 &&
  parsed.status === null &&
  parsed.department === null &&
  !parsed.hasAttachment;

function numberFirst(page: HitPage, number: TicketId, input: SearchInput): HitPage {
  const others = page.ids.filter((id) => id !== number);
  // Further pages leave it out: it was the first hit of the first page.
  if (input.beforeId !== null) return { ...page, ids: others };
  const kept = others.slice(0, input.limit - 1);
  if (kept.length === others.length) return { ...page, ids: [number, ...kept] };
  return { ids: [number, ...kept], hasMore: true, continueBelowId: kept.at(-1) ?? page.continueBelowId };
}

/**
 * Full-text search over one read-only connection; may take long, so it runs on the reader worker. Newest ticket
 * first, not by relevance: bm25 reads the whole list of a common word (half a second at a million tickets).
 */
export function createSearcher(db: Db): Searcher {
  const hits = createHits(db);
  const suggest = createSuggester(db);
  const chooseDepartments = createDepartmentChooser(db);
  const pending = db.prepare<[], number>('SELECT count(*) FROM search_queue').pluck();

  const ofNumber = db.prepare<[number], TicketId>('SELECT id FROM tickets WHERE remote_id = ?').pluck();
  /** The server's number first: what was made here keeps answering to its provisional one. */
  const ticketOf = (number: number | null): TicketId | null =>
    number === null ? null : (ofNumber.get(number) ?? (number as TicketId));

  const find = (parsed: ParsedSearch, scope: DepartmentScope, input: SearchInput): HitPage => {
    const departments = chooseDepartments(scope, parsed.department);
    if (asksNothing(parsed) || departments.length === 0) return NO_HITS;
    const match = matchText(parsed, departments);
    const belowId = input.beforeId ?? Number.MAX_SAFE_INTEGER;
    const { status } = parsed;
    const page = hits.page({ match, scope: departments, status, belowId, limit: input.limit });
    const number = ticketOf(parsed.ticketNumber);
    if (number !== null && hits.isShown(scope, number)) return numberFirst(page, number, input);
    const isEmpty = page.ids.length === 0 && input.beforeId === null;
    // Nothing holds these whole words: what begins with them is found among subjects and customers, where it is cheap.
    return isEmpty && isPlainText(parsed) ? { ...NO_HITS, ids: suggest(scope, input) } : page;
  };

  return {
    suggest,
    search: (scope, input) => ({
      ...find(parseSearch(input.text), scope, input),
      pendingTickets: pending.get() ?? 0,
    }),
  };
}
