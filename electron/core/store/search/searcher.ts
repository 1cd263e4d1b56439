import type { SearchInput } from '../../../../shared/contract/queues.ts';
import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import type { DepartmentScope } from '../../domain/actor.ts';
import type { Db } from '../connection.ts';
import { matchPhrase, type ParsedSearch, parseSearch } from './parseSearch.ts';
import { createSuggester, type SuggestQuery } from './suggester.ts';
import { ATTACHMENT_MARKER, departmentMarker } from './text.ts';

export interface SearchHits {
  /** Newest ticket first; the ticket whose number was typed stands before all others. */
  readonly ids: TicketId[];
  readonly hasMore: boolean;
  /** Pass as `beforeId` to go on; differs from the last id where a filter passed over many tickets. */
  readonly continueBelowId: TicketId | null;
  /** Tickets whose index entries are still missing or old. */
  readonly pendingTickets: number;
}

export interface Searcher {
  search(scope: DepartmentScope, input: SearchInput): SearchHits;
  suggest(scope: DepartmentScope, input: SuggestQuery): TicketId[];
}

/** A filter that the index can't answer looks at this many of the newest hits, then says that there is more. */
const FILTERED_HITS = 2000;
const BATCH = 250;

type Candidates = (belowId: number, limit: number) => number[];

interface Live {
  readonly status: number;
  readonly departmentId: DepartmentId;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function scopeMarkers(scope: DepartmentScope, departments: readonly DepartmentId[] | null): string | null {
  const wanted = departments?.filter((id) => scope === 'all' || scope.includes(id));
  const ids = wanted ?? (scope === 'all' ? null : scope);
  return ids === null ? null : `(${ids.map((id) => `"${departmentMarker(id)}"`).join(' OR ')})`;
}

/** The MATCH text, or null where the search has no words to match. */
function matchText(parsed: ParsedSearch, markers: string | null, prefixLast: boolean): string | null {
  const words = parsed.phrases.map(matchPhrase);
  const last = words.pop();
  if (last !== undefined) words.push(prefixLast && !last.endsWith('*') ? `${last} *` : last);
  const parts = [
    ...words,
    ...parsed.from.map((phrase) => `people : ${matchPhrase(phrase)}`),
    ...(parsed.hasAttachment ? [`"${ATTACHMENT_MARKER}"`] : []),
    ...(markers === null ? [] : [markers]),
  ];
  return parts.length === 0 ? null : parts.join(' AND ');
}

function createCandidates(db: Db) {
  const matching = db
    .prepare<[string, number, number], number>(
      'SELECT rowid FROM ticket_search WHERE ticket_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const newest = db
    .prepare<[number, number], number>(
      'SELECT id FROM tickets INDEXED BY tickets_api WHERE deleted_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?',
    )
    .pluck();
  return (match: string | null): Candidates =>
    match === null
      ? (belowId, limit) => newest.all(belowId, limit)
      : (belowId, limit) => matching.all(match, belowId, limit);
}

/** Full-text search over one read-only connection; may take long, so it runs on the reader worker. */
export function createSearcher(db: Db): Searcher {
  const candidatesOf = createCandidates(db);
  const live = db.prepare<[number], Live>(
    'SELECT status, department_id AS departmentId FROM tickets WHERE id = ? AND deleted_at IS NULL',
  );
  const pending = db.prepare<[], number>('SELECT count(*) FROM search_queue').pluck();
  const departmentRows = db.prepare<[], { id: DepartmentId; name: string }>(
    'SELECT id, name FROM departments WHERE deleted_at IS NULL',
  );
  const departmentsNamed = (name: string): DepartmentId[] =>
    departmentRows.all().flatMap((row) => (folded(row.name).startsWith(folded(name)) ? [row.id] : []));

  const isShown = (scope: DepartmentScope, id: number, status: number | null): boolean => {
    // The index may lag behind the row: what the row says decides.
    const row = live.get(id);
    if (!row || (status !== null && row.status !== status)) return false;
    return scope === 'all' || scope.includes(row.departmentId);
  };

  /** Walks candidates downwards until the page is full, they end, or the filter has looked at enough. */
  const collect = (
    candidates: Candidates,
    scope: DepartmentScope,
    status: number | null,
    belowId: number,
    limit: number,
  ): Omit<SearchHits, 'pendingTickets'> => {
    const ids: TicketId[] = [];
    let below = belowId;
    for (let seen = 0; seen < FILTERED_HITS; ) {
      const size = status === null ? limit + 1 - ids.length : BATCH;
      const batch = candidates(below, size);
      for (const id of batch) {
        if (!isShown(scope, id, status)) continue;
        if (ids.length === limit) return { ids, hasMore: true, continueBelowId: ids.at(-1) ?? null };
        ids.push(id as TicketId);
      }
      below = batch.at(-1) ?? below;
      seen += batch.length;
      if (batch.length < size) return { ids, hasMore: false, continueBelowId: null };
    }
    return { ids, hasMore: true, continueBelowId: below as TicketId };
  };

  const withNumberFirst = (
    found: Omit<SearchHits, 'pendingTickets'>,
    parsed: ParsedSearch,
    scope: DepartmentScope,
    input: SearchInput,
  ) => {
    const number = parsed.ticketNumber;
    if (number === null || !isShown(scope, number, null)) return found;
    const others = found.ids.filter((id) => id !== number);
    // Further pages leave it out: it was the first hit of the first page.
    return { ...found, ids: input.beforeId === null ? [number as TicketId, ...others] : others };
  };

  return {
    suggest: createSuggester(db),
    search(scope, input) {
      const parsed = parseSearch(input.text);
      const departments = parsed.department === null ? null : departmentsNamed(parsed.department);
      const isEmpty =
        parsed.phrases.length + parsed.from.length === 0 &&
        parsed.status === null &&
        departments === null &&
        !parsed.hasAttachment;
      const pendingTickets = pending.get() ?? 0;
      if (isEmpty || departments?.length === 0 || (scope !== 'all' && scope.length === 0)) {
        return { ids: [], hasMore: false, continueBelowId: null, pendingTickets };
      }
      const markers = scopeMarkers(scope, departments);
      if (markers === '()') return { ids: [], hasMore: false, continueBelowId: null, pendingTickets };
      const candidates = candidatesOf(matchText(parsed, markers, false));
      const found = collect(
        candidates,
        scope,
        parsed.status,
        input.beforeId ?? Number.MAX_SAFE_INTEGER,
        input.limit,
      );
      return { ...withNumberFirst(found, parsed, scope, input), pendingTickets };
    },
  };
}
