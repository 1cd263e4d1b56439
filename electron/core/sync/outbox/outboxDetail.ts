import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { OutboxDetail } from '../../../../shared/contract/sync.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { MessageRecord } from '../../store/repositories/messages.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { newsFor } from './news.ts';
import { alikeFor } from './outboxEvidence.ts';
import { itemOf, serverValue, valueName } from './outboxList.ts';
import { isGone } from './waiting.ts';

/** Everything that is known about one operation that waits: both sides, what came since, the evidence of its fate. */
export function outboxDetail(deps: ServiceDeps, id: number): Result<OutboxDetail> {
  const { store } = deps;
  const row = store.outbox.byId(id);
  if (!row) return err(appErrorOf('not_found'));
  const lane = row.ticketId === null ? [row] : store.outbox.byTicket(row.ticketId);
  const before = lane.filter((other) => other.id < id && other.state !== 'sent');
  const isBehind = before.some(({ state }) => state !== 'queued');
  const { messages, unread } = newsFor(deps, row);
  const toShown = (message: MessageRecord) => shown(deps, message);
  return ok({
    item: itemOf(deps, row, isBehind),
    actorName: actorOf(deps, row),
    fields: fieldsOf(deps, row),
    asideAt: row.asideAt,
    closes: row.payload.close === true,
    files: row.messageId === null ? [] : store.attachments.byMessage(row.messageId).map(fileOf),
    news: row.state === 'held' ? messages.map(toShown) : [],
    unread: row.state === 'held' ? unread : 0,
    before: before.length,
    behind: lane.filter((other) => other.id > id).length,
    evidence: row.state === 'uncertain' ? evidenceOf(deps, row) : null,
  });
}

const fileOf = ({ name, sizeBytes }: { name: string; sizeBytes: number }) => ({ name, sizeBytes });

function actorOf({ store }: ServiceDeps, { groupId, ticketId }: OutboxRow): string {
  const operations = store.operations.byGroup(groupId);
  return (operations.find((one) => one.ticketId === ticketId) ?? operations[0])?.actorName ?? '';
}

function fieldsOf(deps: ServiceDeps, row: OutboxRow): OutboxDetail['fields'] {
  const { kind, before, payload } = row;
  switch (kind) {
    case 'set_status':
    case 'set_department':
      return [
        {
          name: kind === 'set_status' ? 'Status' : 'Department',
          base: valueName(deps, kind, before.value),
          mine: valueName(deps, kind, payload.value),
          theirs: isGone(deps, row) ? 'The ticket was deleted' : serverValue(deps, row),
        },
      ];
    case 'update_customer':
    case 'update_department': {
      const { detail: mine, theirs } = itemOf(deps, row, false);
      const base = kind === 'update_customer' ? String(before.value ?? '') : String(before.name ?? '');
      return [{ name: kind === 'update_customer' ? 'Address' : 'Department', base, mine, theirs }];
    }
    default:
      return [];
  }
}

function evidenceOf(deps: ServiceDeps, row: OutboxRow): OutboxDetail['evidence'] {
  const { sentAt, lookedAt, looks, sawAll } = row;
  const alike = alikeFor(deps, row).map((message) => shown(deps, message));
  return { sentAt, lookedAt, looks, sawAll: sawAll === 1, alike };
}

function shown({ store }: ServiceDeps, message: MessageRecord): OutboxDetail['news'][number] {
  const { id, ticketId, author, staffId, createdAt } = message;
  const customerId = store.tickets.byId(ticketId)?.customerId;
  const authorName =
    author === 'staff'
      ? ((staffId === null ? undefined : store.staff.byId(staffId)?.name) ?? 'Staff')
      : (message.authorName ?? (customerId && store.customers.byId(customerId)?.name) ?? '');
  return { id, author, authorName, createdAt };
}
