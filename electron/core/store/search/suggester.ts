import type { TicketId } from '../../../../shared/model/ids.ts';
import { canSeeDepartment, type DepartmentScope } from '../../domain/actor.ts';
import type { Db } from '../connection.ts';
import { departmentMarker, type Token, tokensOf } from './text.ts';

export interface SuggestQuery {
  readonly text: string;
  readonly limit: number;
}

const MAX_TOKENS = 8;
const MAX_TICKET_NUMBER_DIGITS = 12;

/** A single Latin letter would match nearly everything; a single CJK sign is a word. */
const isLongEnough = (token: Token): boolean => token.isPrefix || token.text.length >= 2;

/** Every word as the beginning of a word. The index has no positions, so words are only required, not in order. */
function matchText(tokens: readonly Token[], scope: DepartmentScope): string {
  const words = tokens.map((token) => `"${token.text}" *`);
  const markers = scope === 'all' ? [] : [`(${scope.map((id) => `"${departmentMarker(id)}"`).join(' OR ')})`];
  return [...words, ...markers].join(' AND ');
}

/** Ranges of ids whose decimal digits begin with `digits`: 12 → 12, 120–129, 1200–1299, … */
function numberRanges(digits: string): { from: number; below: number }[] {
  const first = Number(digits);
  if (first === 0) return [];
  const ranges: { from: number; below: number }[] = [];
  for (let more = 0; digits.length + more <= MAX_TICKET_NUMBER_DIGITS; more++) {
    ranges.push({ from: first * 10 ** more, below: (first + 1) * 10 ** more });
  }
  return ranges;
}

/** As-you-type hits on subjects, customers and ticket numbers, newest first; an exact number comes before them. */
export function createSuggester(db: Db): (scope: DepartmentScope, query: SuggestQuery) => TicketId[] {
  const matching = db
    .prepare<[string, number], TicketId>(
      'SELECT rowid FROM ticket_suggest WHERE ticket_suggest MATCH ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const inRange = db
    .prepare<[number, number, number], TicketId>(
      `SELECT id FROM tickets INDEXED BY tickets_api
       WHERE deleted_at IS NULL AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?`,
    )
    .pluck();
  const byRemoteNumber = db
    .prepare<[number], TicketId>('SELECT id FROM tickets WHERE remote_id = ? AND deleted_at IS NULL')
    .pluck();
  const departmentOf = db
    .prepare<[number], number>('SELECT department_id FROM tickets WHERE id = ? AND deleted_at IS NULL')
    .pluck();
  const isShown = (scope: DepartmentScope, id: TicketId): boolean => {
    const department = departmentOf.get(id);
    return (
      department !== undefined &&
      canSeeDepartment(scope, department as Parameters<typeof canSeeDepartment>[1])
    );
  };

  const byNumber = (digits: string, limit: number): TicketId[] => {
    const [exact, ...longer] = numberRanges(digits).map(({ from, below }) => inRange.all(from, below, limit));
    const remote = byRemoteNumber.all(Number(digits));
    return [...remote, ...(exact ?? []), ...longer.reverse().flat()].slice(0, limit * 4);
  };

  /** A letter newer than SQLite's tables cuts a word in two, and this index keeps no phrases: that word has no hits. */
  const match = (query: string, limit: number): TicketId[] => {
    try {
      return matching.all(query, limit);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('fts5: phrase queries')) return [];
      throw error;
    }
  };

  return (scope, { text, limit }) => {
    if (scope !== 'all' && scope.length === 0) return [];
    const number = /^\s*#?(\d+)\s*$/.exec(text)?.[1];
    const ids = new Set<TicketId>();
    const add = (found: readonly TicketId[]): void => {
      for (const id of found) if (ids.size < limit && isShown(scope, id)) ids.add(id);
    };
    if (number) add(byNumber(number, limit));
    const tokens = tokensOf(text).filter(isLongEnough).slice(0, MAX_TOKENS);
    if (ids.size < limit && tokens.length > 0) add(match(matchText(tokens, scope), limit));
    return [...ids];
  };
}
