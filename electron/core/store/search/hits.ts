import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import type { TicketStatus } from '../../../../shared/model/ticket.ts';
import { canSeeDepartment, type DepartmentScope } from '../../domain/actor.ts';
import type { Db } from '../connection.ts';

/** One page of hits, newest ticket first. */
export interface HitPage {
  readonly ids: TicketId[];
  readonly hasMore: boolean;
  /** Pass as `beforeId` to go on; differs from the last id where a filter passed over many tickets. */
  readonly continueBelowId: TicketId | null;
}
export const NO_HITS: HitPage = { ids: [], hasMore: false, continueBelowId: null };

export interface HitQuery {
  /** The MATCH text; null = every ticket. */
  readonly match: string | null;
  readonly scope: DepartmentScope;
  readonly status: TicketStatus | null;
  readonly belowId: number;
  readonly limit: number;
}

/** A filter that the index can't answer looks at this many of the newest hits, then says that there is more. */
const FILTERED_HITS = 2000;
const BATCH = 250;

interface Live {
  readonly status: number;
  readonly departmentId: DepartmentId;
}

/** Reads hits off the index and checks each against its row: the index may lag behind, what the row says decides. */
export function createHits(db: Db) {
  const matching = db
    .prepare<[string, number, number], TicketId>(
      'SELECT rowid FROM ticket_search WHERE ticket_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const newest = db
    .prepare<[number, number], TicketId>(
      'SELECT id FROM tickets INDEXED BY tickets_api WHERE deleted_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?',
    )
    .pluck();
  const live = db.prepare<[number], Live>(
    'SELECT status, department_id AS departmentId FROM tickets WHERE id = ? AND deleted_at IS NULL',
  );
  const isShown = (scope: DepartmentScope, id: number, status: TicketStatus | null = null): boolean => {
    const row = live.get(id);
    return !!row && (status === null || row.status === status) && canSeeDepartment(scope, row.departmentId);
  };

  /** Walks candidates downwards until the page is full, they end, or the filter has looked at enough. */
  const page = ({ match, scope, status, belowId, limit }: HitQuery): HitPage => {
    const ids: TicketId[] = [];
    let below = belowId;
    for (let seen = 0; seen < FILTERED_HITS; ) {
      const size = status === null ? limit + 1 - ids.length : BATCH;
      const batch = match === null ? newest.all(below, size) : matching.all(match, below, size);
      for (const id of batch) {
        if (!isShown(scope, id, status)) continue;
        if (ids.length === limit) return { ids, hasMore: true, continueBelowId: ids.at(-1) ?? null };
        ids.push(id);
      }
      below = batch.at(-1) ?? below;
      seen += batch.length;
      if (batch.length < size) return { ...NO_HITS, ids };
    }
    return { ids, hasMore: true, continueBelowId: below as TicketId };
  };
  return { isShown, page };
}
