import type { Permission } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { AttachmentId, MessageId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { type ApiActor, canSeeDepartment } from '../domain/actor.ts';
import { tokenMay } from '../domain/permissions.ts';
import { scopeOf } from '../domain/rights.ts';
import type { ChangedEntity, ChangeRow } from '../store/repositories/changes.ts';
import type { ServiceDeps } from './context.ts';

export type { ChangeRow };

/** Who hears of what: whoever may read it. What is not here is nobody's business outside. */
export const HEARD_WITH: Partial<Record<ChangedEntity, Permission>> = {
  ticket: 'tickets.read',
  message: 'messages.read',
  attachment: 'attachments.read',
  customer: 'users.read',
  department: 'departments.read',
  staff: 'staff.read',
};

/** Rows looked at for one answer: who may hear of little must not make the desk read everything at once. */
const MOST_ROWS = 5000;
const ROWS_AT_ONCE = 250;

export interface ChangePage {
  readonly changes: readonly ChangeRow[];
  /** Where to go on: the newest number that was looked at. */
  readonly next: number;
  /** There are newer ones already. */
  readonly hasMore: boolean;
}

export function newestChange(deps: ServiceDeps): number {
  return deps.store.changes.newest();
}

/**
 * What changed after a number, oldest first, as far as the caller may read it; at most `limit`. Each thing comes
 * once, with its newest change. A number that the desk never gave out answers since_unknown.
 */
export function changesAfter(
  deps: ServiceDeps,
  actor: ApiActor,
  since: number,
  limit: number,
): Result<ChangePage> {
  const newest = newestChange(deps);
  if (since > newest) return err(appErrorOf('since_unknown', { field: 'since' }));
  const changes: ChangeRow[] = [];
  let next = since;
  for (const row of rowsAfter(deps, since)) {
    next = row.number;
    if (mayHear(deps, actor, row)) changes.push(row);
    if (changes.length === limit) break;
  }
  return ok({ changes, next, hasMore: next < newest });
}

function* rowsAfter(deps: ServiceDeps, since: number): Generator<ChangeRow> {
  let number = since;
  for (let seen = 0; seen < MOST_ROWS; seen += ROWS_AT_ONCE) {
    const rows = deps.store.changes.after(number, ROWS_AT_ONCE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    number = last.number;
  }
}

function mayHear(deps: ServiceDeps, actor: ApiActor, { entity, entityId }: ChangeRow): boolean {
  const permission = HEARD_WITH[entity];
  if (!permission || !tokenMay(actor.permissions, permission)) return false;
  const scope = scopeOf(actor);
  if (scope === 'all') return true;
  const ticketId = ticketOf(deps, entity, entityId);
  if (ticketId === undefined) return true;
  const ticket = ticketId === null ? undefined : deps.store.tickets.byId(ticketId);
  // Of what is purged nobody knows any more whose it was: an agent hears of it when it goes into the trash.
  return ticket !== undefined && canSeeDepartment(scope, ticket.departmentId);
}

/** Undefined: not part of a ticket. Null: it has gone for good. */
function ticketOf(deps: ServiceDeps, entity: ChangedEntity, id: number): TicketId | null | undefined {
  switch (entity) {
    case 'ticket':
      return id as TicketId;
    case 'message':
      return deps.store.messages.byId(id as MessageId)?.ticketId ?? null;
    case 'attachment':
      return deps.store.attachments.byId(id as AttachmentId)?.ticketId ?? null;
    default:
      return undefined;
  }
}
