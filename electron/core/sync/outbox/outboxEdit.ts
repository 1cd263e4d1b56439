import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { EditOutboxInput, TakeBackDone } from '../../../../shared/contract/sync.ts';
import type { DraftId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { recordOperation } from '../../services/operationLog.ts';
import { filesIntoDraft } from '../../services/returnWords.ts';
import { finish, newAct } from '../../services/ticketChanges.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { buildOn, FIELDS, isFieldRow } from './discardField.ts';
import { announceOutbox, discardRow, giveTextBack, requeue } from './outboxActs.ts';
import { rebaseTicket } from './rebase.ts';
import { choicesFor } from './waiting.ts';

/** A text that has not left goes back to where it was written, with its files: to the composer, or the form of a new ticket. */
export async function takeBack(
  deps: ServiceDeps,
  actor: StaffActor,
  id: number,
): Promise<Result<TakeBackDone>> {
  const row = deps.store.outbox.byId(id);
  if (!row) return err(appErrorOf('not_found'));
  if (choicesFor(deps, row).edit !== 'text') return err(appErrorOf('decision_late'));
  const given =
    row.kind === 'reply' ? await giveTextBack(deps, actor, row) : giveTicketBack(deps, actor, row);
  if (!given.ok) return given;
  announceOutbox(deps, row.ticketId);
  return ok({ draftId: given.value, ticketId: row.kind === 'reply' ? row.ticketId : null });
}

function giveTicketBack(deps: ServiceDeps, actor: StaffActor, row: OutboxRow): Result<DraftId | null> {
  const { store, clock } = deps;
  const ticket = row.ticketId === null ? undefined : store.tickets.byId(row.ticketId);
  const message = row.messageId === null ? undefined : store.messages.byId(row.messageId);
  if (!ticket || !message) return err(appErrorOf('not_found'));
  const isAlone = store.outbox.byTicket(ticket.id).every(({ groupId }) => groupId === row.groupId);
  if (!isAlone) return err(appErrorOf('ticket_in_use'));
  const customer = store.customers.byId(ticket.customerId);
  const act = newAct(deps, actor);
  const given = store.write(() => {
    const draftId = store.drafts.insert({
      ...{ staffId: actor.staffId, ticketId: null, kind: 'new_ticket', bodyHtml: message.bodyHtml },
      newTicket: {
        customerId: ticket.customerId,
        customerEmail: customer?.email ?? '',
        customerName: customer?.name ?? '',
        departmentId: ticket.departmentId,
        priority: ticket.priority,
        subject: ticket.subject,
      },
      now: clock.now(),
    });
    filesIntoDraft(deps, message.id, { draftId, staffId: actor.staffId });
    discardRow(deps, act, row);
    return ok(draftId);
  });
  finish(deps, act);
  if (given.ok) deps.events.publish({ type: 'drafts_changed', staffId: actor.staffId });
  return given;
}

/** Gives changes that have not left another value, where they stand; what stands behind them builds on it. */
export function editOutbox(
  deps: ServiceDeps,
  actor: StaffActor,
  { ids, change }: EditOutboxInput,
): Result<{ done: number }> {
  const { store } = deps;
  const kind = 'status' in change ? 'status' : 'department';
  const value = 'status' in change ? change.status : change.departmentId;
  if ('departmentId' in change && !store.departments.byId(change.departmentId)) {
    return err(appErrorOf('department_not_found', { field: 'departmentId' }));
  }
  let done = 0;
  for (const id of ids) {
    const row = store.outbox.byId(id);
    if (!row || choicesFor(deps, row).edit !== kind) continue;
    const edited = store.write(() => setValue(deps, actor, row, value));
    if (!edited.ok) return edited;
    announceOutbox(deps, row.ticketId);
    done += 1;
  }
  return done === 0 ? err(appErrorOf('decision_late')) : ok({ done });
}

/** The log has it as a change of its own: what was meant first, and what instead. */
function setValue(deps: ServiceDeps, actor: StaffActor, row: OutboxRow, value: number): Result<void> {
  const { store } = deps;
  if (!isFieldRow(row)) return ok(undefined);
  const { kind, ticketId } = row;
  const old = row.payload.value;
  if (row.state === 'queued') store.outbox.requeue(row.id, { ...row, payload: { ...row.payload, value } });
  else requeue(deps, row, { ...row.payload, value });
  buildOn(deps, row, old, value);
  const field = FIELDS[kind];
  recordOperation(deps, actor, {
    ...{ groupId: deps.ids.group(), kind, ticketId },
    ...{ payload: { [field]: value }, before: { [field]: old } },
  });
  rebaseTicket(deps, ticketId);
  return ok(undefined);
}
