import type { OutboxItem } from '../../../../shared/contract/sync.ts';
import type { DepartmentId } from '../../../../shared/model/ids.ts';
import { STATUS_NAMES, type TicketStatus } from '../../../../shared/model/ticket.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { isDeletion } from '../../services/outboxDirectory.ts';
import { localId } from '../../services/shownIds.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { directoryText } from './directoryText.ts';
import { newsFor } from './news.ts';
import { choicesFor, isGone, isLost, isReview } from './waiting.ts';

/** What a window shows at once: more than this, and the rest comes as these leave. */
const MOST = 2000;

/** Every operation that waits, in the order they leave, in words for a person. */
export function listOutbox(deps: ServiceDeps, most = Number.MAX_SAFE_INTEGER): OutboxItem[] {
  const rows = deps.store.outbox.all();
  const stopped = stoppedLanes(rows);
  return rows.slice(0, most).map((row) => itemOf(deps, row, (stopped.get(row.lane) ?? row.id) < row.id));
}

/** As many of them as a window shows. */
export function outboxPage(deps: ServiceDeps): { items: OutboxItem[]; total: number } {
  const total = Object.values(deps.store.outbox.counts()).reduce((sum, count) => sum + count, 0);
  return { items: listOutbox(deps, MOST), total };
}

/** Where each lane stands still: what comes after waits for it. */
function stoppedLanes(rows: readonly OutboxRow[]): ReadonlyMap<string, number> {
  const stopped = new Map<string, number>();
  for (const { id, lane, state } of rows) {
    if (state !== 'queued' && state !== 'sent') stopped.set(lane, Math.min(id, stopped.get(lane) ?? id));
  }
  return stopped;
}

/** One operation in words; `isBehind`: another of its ticket does not go on. */
export function itemOf(deps: ServiceDeps, row: OutboxRow, isBehind: boolean): OutboxItem {
  const { id, kind, state, ticketId, messageId, attempts, createdAt, dueAt } = row;
  const { decisions, edit } = choicesFor(deps, row);
  return {
    ...{ id, kind, state, ticketId, messageId, attempts, createdAt, dueAt, decisions, edit },
    ticketNumber:
      ticketId === null ? null : (deps.store.remoteTickets.remoteId('tickets', ticketId) ?? ticketId),
    reason: row.reason || waitsFor(deps, row, isBehind),
    ...(directoryText(deps, row) ?? {
      title: titleOf(deps, row),
      detail: detailOf(deps, row),
      theirs: theirsOf(deps, row),
    }),
    isLost: isLost(row),
    isReview: isReview(deps, row),
    canDiscard: decisions.includes('discard'),
  };
}

/** What a queued operation stands behind, when it is not simply its turn. */
function waitsFor({ store }: ServiceDeps, row: OutboxRow, isBehind: boolean): string {
  const { kind, state, ticketId, customerId } = row;
  if (state !== 'queued') return '';
  if (isDeletion(kind) && row.payload.asItIs !== true)
    return 'It is looked at there first, and then waits for you to confirm it.';
  if (ticketId === null) return '';
  if (isBehind) return 'Waits for what was done in this ticket before.';
  if (isUnmadeDepartment(store, row)) return 'Waits for its department.';
  if (kind !== 'create_ticket') return '';
  if (store.tickets.byId(ticketId)?.deletedAt != null)
    return 'The ticket lies in the trash. It goes once it is restored.';
  const isCustomerThere =
    customerId === null || store.remoteTickets.remoteId('customers', customerId) !== null;
  return isCustomerThere ? '' : 'Waits for its customer.';
}

function isUnmadeDepartment({ remoteTickets }: ServiceDeps['store'], { kind, payload }: OutboxRow): boolean {
  if (kind !== 'set_department' && kind !== 'create_ticket') return false;
  const id = Number(kind === 'set_department' ? payload.value : payload.departmentId);
  return remoteTickets.remoteId('departments', id) === null;
}

function titleOf({ store }: ServiceDeps, { ticketId, customerId }: OutboxRow): string {
  if (ticketId !== null) return store.tickets.byId(ticketId)?.subject ?? '';
  return customerId === null ? '' : (store.customers.byId(customerId)?.name ?? '');
}

function detailOf(deps: ServiceDeps, row: OutboxRow): string {
  const { store } = deps;
  if (row.messageId !== null) return store.messages.byId(row.messageId)?.preview ?? '';
  if (isField(row.kind)) return valueName(deps, row.kind, row.payload.value);
  return row.customerId === null ? '' : (store.customers.byId(row.customerId)?.email ?? '');
}

function theirsOf(deps: ServiceDeps, row: OutboxRow): string {
  const { kind, state, ticketId } = row;
  if (ticketId === null || (state !== 'conflict' && state !== 'held')) return '';
  if (isGone(deps, row)) return 'Deleted';
  if (isReview(deps, row)) return newsFor(deps, row).messages.at(-1)?.preview ?? '';
  return isField(kind) ? serverValue(deps, row) : '';
}

/** What the server has in the field that an operation sets; '' = not known. */
export function serverValue(deps: ServiceDeps, { kind, ticketId }: OutboxRow): string {
  const base = ticketId === null ? undefined : deps.store.remoteTickets.byTicket(ticketId);
  if (!base || !isField(kind)) return '';
  return valueName(
    deps,
    kind,
    kind === 'set_status' ? base.status : localId(deps, 'departments', base.departmentId),
  );
}

type FieldKind = 'set_status' | 'set_department';
const isField = (kind: OutboxRow['kind']): kind is FieldKind =>
  kind === 'set_status' || kind === 'set_department';

export function valueName({ store }: ServiceDeps, kind: FieldKind, value: unknown): string {
  if (kind === 'set_status') return STATUS_NAMES[value as TicketStatus] ?? '';
  return store.departments.byId(value as DepartmentId)?.name ?? '';
}
