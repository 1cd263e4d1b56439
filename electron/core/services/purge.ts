import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { reaches } from '../domain/rights.ts';
import type { TicketRecord } from '../store/repositories/tickets.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';
import { isOut } from './outboxDirectory.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { publishTickets } from './ticketEvents.ts';

/**
 * Erases tickets of the trash for good: rows, before-values in the log, files nothing else refers to.
 * Can't be undone; a ticket that is not in the trash is refused (ticket_not_found). What the server of a remote workspace
 * has would be back at the next sync: it is erased here once it is deleted there (`onServer`), else it is refused
 * (belongs_to_server).
 */
export async function purgeTickets(
  deps: ServiceDeps,
  actor: Actor,
  ticketIds: readonly TicketId[],
  run?: SlicedRun,
  { onServer = false }: { onServer?: boolean } = {},
): Promise<Result<{ purged: number; queued: number }>> {
  const { store } = deps;
  const groupId = deps.ids.group();
  const departments = new Set<DepartmentId>();
  const files = new Set<string>();
  let purged = 0;
  let queued = 0;
  const purgeOne = (id: TicketId): Result<void> => {
    const ticket = store.tickets.byId(id);
    if (!ticket || ticket.deletedAt === null || !reaches(actor, { kind: 'ticket', ...ticket })) {
      return ticketIds.length === 1 ? err(appErrorOf('ticket_not_found')) : ok(undefined);
    }
    departments.add(ticket.departmentId);
    if (isOnServer(deps, id)) {
      if (!onServer) return ticketIds.length === 1 ? err(appErrorOf('belongs_to_server')) : ok(undefined);
      const payload = { onServer, erase: true };
      logOperation(deps, actor, { groupId, kind: 'trash', ticketId: id, payload, before: {} });
      queued += 1;
      return ok(undefined);
    }
    for (const sha256 of eraseTicket(deps, actor, groupId, ticket)) files.add(sha256);
    purged += 1;
    return ok(undefined);
  };
  const result = await runSliced(deps, ticketIds, purgeOne, run);
  // After the commit: a crash in between leaves an unused file, never a row without its file.
  for (const sha256 of files) {
    await deps.files.removeUnused(sha256, store.purge.isUsed);
  }
  if (purged + queued > 0) publishTickets(deps, [...ticketIds], [...departments]);
  return result.ok ? ok({ purged, queued }) : result;
}

/** It is there, or an attempt to make it there is open. */
function isOnServer({ store }: ServiceDeps, id: TicketId): boolean {
  if (!store.remoteDesk.get()) return false;
  if (store.remoteTickets.byTicket(id)) return true;
  return store.outbox.byTicket(id).some((row) => row.kind === 'create_ticket' && isOut(row));
}

/**
 * Erases one ticket, from the trash or not, inside the caller's transaction. Answers the files it referred to: the
 * caller removes those that nothing else uses, after the commit.
 */
export function eraseTicket(
  deps: ServiceDeps,
  actor: Actor,
  groupId: string,
  { id, deletedAt }: TicketRecord,
): string[] {
  const { store } = deps;
  store.changes.recordThread(id, 'deleted', deps.clock.now());
  const files = store.purge.ticket(id);
  if (deletedAt === null) store.search.remove(id);
  store.operations.scrubTicket(id);
  logOperation(deps, actor, { groupId, kind: 'purge', ticketId: id, payload: {}, before: {} });
  store.changes.record('ticket', id, 'deleted', deps.clock.now());
  return files;
}
