import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import type { DecideDone, OutboxDecision } from '../../../../shared/contract/sync.ts';
import { assertNever } from '../../../../shared/util/assertNever.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { finish, newAct } from '../../services/ticketChanges.ts';
import { canUndoGroup } from '../../services/undoRights.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { confirmed, discardDirectory, isDirectoryRow, showMine } from './directoryDecision.ts';
import { discardField, isFieldRow } from './discardField.ts';
import { keepHere, makeAgain } from './lostDecision.ts';
import { announceOutbox, discardRow, giveTextBack, requeue } from './outboxActs.ts';
import { alikeFor, believeArrived } from './outboxEvidence.ts';
import { rebaseTicket } from './rebase.ts';
import { choicesFor, isLost } from './waiting.ts';

/** Decides many alike. What has moved on meanwhile is left as it is, and the first reason for that is told. */
export async function decideMany(
  deps: ServiceDeps,
  actor: StaffActor,
  { ids, decision }: { readonly ids: readonly number[]; readonly decision: OutboxDecision },
): Promise<DecideDone> {
  const groupId = deps.ids.group();
  let done = 0;
  let refused: AppError | null = null;
  // The last first: texts that go back to one composer stand there as they were written, and what is moved ahead too.
  for (const id of [...ids].reverse()) {
    const decided = await decideOutbox(deps, actor, { id, decision }, groupId);
    if (decided.ok) done += 1;
    else refused = decided.error;
  }
  // For all of it or not at all: texts are back in their composers already.
  const isWhole = done > 0 && deps.store.operations.byGroup(groupId).length === done;
  return { done, refused, undoGroupId: isWhole && canUndoGroup(deps, actor, groupId) ? groupId : null };
}

/** Decides about one operation: not_found when it left meanwhile, decision_late when there is nothing to decide any more. */
export async function decideOutbox(
  deps: ServiceDeps,
  actor: StaffActor,
  input: { readonly id: number; readonly decision: OutboxDecision },
  groupId = deps.ids.group(),
): Promise<Result<void>> {
  const row = deps.store.outbox.byId(input.id);
  if (!row) return err(appErrorOf('not_found'));
  if (!choicesFor(deps, row).decisions.includes(input.decision)) return err(appErrorOf('decision_late'));
  const decided = await carryOut(deps, actor, row, input.decision, groupId);
  if (!decided.ok) return decided;
  announceOutbox(deps, row.ticketId);
  return decided;
}

async function carryOut(
  deps: ServiceDeps,
  actor: StaffActor,
  row: OutboxRow,
  decision: OutboxDecision,
  groupId: string,
): Promise<Result<void>> {
  switch (decision) {
    case 'send':
      if (isLost(row)) return makeAgain(deps, row);
      return deps.store.write(() => {
        showMine(deps, row);
        return requeue(deps, row, confirmed(deps, row));
      });
    case 'leave_open':
      return requeue(deps, row, { ...row.payload, close: false, asItIs: true });
    case 'retry':
      return deps.store.write(() => {
        deps.store.outbox.set(row.id, 'queued');
        showMine(deps, row);
        if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
        return ok(undefined);
      });
    case 'first':
      return deps.store.write(() => {
        // A ticket that is still to be made stands on its customer.
        deps.store.outbox.moveAhead(row.lane, `customer ${row.customerId}`);
        return ok(undefined);
      });
    case 'arrived':
      return arrived(deps, actor, row, groupId);
    case 'discard':
      return discard(deps, actor, row, groupId);
    default:
      return assertNever(decision);
  }
}

/** A person knows that it is there, from the customer or from a look at the server. */
async function arrived(
  deps: ServiceDeps,
  actor: StaffActor,
  row: OutboxRow,
  groupId: string,
): Promise<Result<void>> {
  // The server's own copy is what is shown from now on; ours would be a second one.
  if (row.kind === 'create_ticket') return discard(deps, actor, row, groupId);
  return deps.store.write(() => {
    believeArrived(deps, row, alikeFor(deps, row));
    if (row.ticketId !== null) rebaseTicket(deps, row.ticketId);
    return ok(undefined);
  });
}

async function discard(
  deps: ServiceDeps,
  actor: StaffActor,
  row: OutboxRow,
  groupId: string,
): Promise<Result<void>> {
  if (isLost(row)) return keepHere(deps, row);
  // Said to be there: only the search for it ends, the message stays.
  const isThere = row.state === 'sent';
  if (row.kind === 'reply' && !isThere) {
    const given = await giveTextBack(deps, actor, row);
    return given.ok ? ok(undefined) : given;
  }
  const act = newAct(deps, actor);
  const discarded = deps.store.write(() => {
    if (isThere) deps.store.outbox.remove(row.id);
    else if (isFieldRow(row)) discardField(deps, actor, groupId, row);
    else if (isDirectoryRow(row)) discardDirectory(deps, act, row);
    else discardRow(deps, act, row);
    return ok(undefined);
  });
  finish(deps, act);
  return discarded;
}
