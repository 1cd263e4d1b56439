import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { runBulk } from './bulk.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';
import type { Services } from './services.ts';
import { runSliced, type SlicedRun } from './sliced.ts';
import { finish, newAct, setField, setTrashed } from './ticketChanges.ts';

const ROUNDS = 5;

/** Puts the departments in this order. The list names each of them once, else somebody changed them: not_found. */
export function reorderDepartments(
  deps: ServiceDeps,
  actor: StaffActor,
  departmentIds: readonly DepartmentId[],
): Result<void> {
  return deps.store.write(() => {
    const before = deps.store.departments.all().map(({ id }) => id);
    const isWhole =
      departmentIds.length === before.length && before.every((id) => departmentIds.includes(id));
    if (!isWhole) return err(appErrorOf('department_not_found'));
    const now = deps.clock.now();
    departmentIds.forEach((id, index) => {
      if (before[index] !== id) deps.store.changes.record('department', id, 'changed', now);
      deps.store.departments.setPosition(id, index + 1);
    });
    logOperation(deps, actor, {
      groupId: deps.ids.group(),
      kind: 'reorder_departments',
      payload: { departmentIds },
      before: { departmentIds: before },
    });
    deps.events.publish({ type: 'desk_changed', what: 'departments' });
    return ok(undefined);
  });
}

/** What goes with a department, to be said before it is deleted. */
export function departmentDeletion(
  deps: ServiceDeps,
  id: DepartmentId,
): Result<{ tickets: number; agentsLeftWithout: string[] }> {
  if (!deps.store.departments.byId(id)) return err(appErrorOf('department_not_found'));
  const live = new Set(deps.store.departments.all().map((department) => department.id));
  const agentsLeftWithout = deps.store.staff
    .all()
    .filter((account) => account.role === 'agent' && account.isActive)
    .filter(({ departmentIds }) => departmentIds.filter((other) => live.has(other)).join() === String(id))
    .map(({ name }) => name);
  return ok({ tickets: deps.store.departments.countTickets(id), agentsLeftWithout });
}

/**
 * Deletes a department after its tickets went to another one or to the trash, in slices, as a job when there are
 * many. Cancelled or interrupted, the department stays with the tickets that are left; calling again goes on.
 * Answers department_not_found, last_department, cancelled.
 */
export function removeDepartment(
  services: Pick<Services, 'deps' | 'jobs'>,
  actor: StaffActor,
  id: DepartmentId,
  moveTo: DepartmentId | null,
): Promise<Result<{ tickets: number }>> {
  const { deps } = services;
  const problem = removalProblem(deps, id, moveTo);
  if (problem) return Promise.resolve(err(problem));
  const count = deps.store.departments.countTickets(id);
  const label = `${moveTo === null ? 'Trashing' : 'Moving'} ${count} tickets`;
  return runBulk(services, actor, label, count, (run) => emptyAndDelete(deps, actor, id, moveTo, run));
}

function exists(deps: ServiceDeps, id: DepartmentId): boolean {
  return deps.store.departments.byId(id) !== undefined;
}

function removalProblem(deps: ServiceDeps, id: DepartmentId, moveTo: DepartmentId | null) {
  if (!exists(deps, id)) return appErrorOf('department_not_found');
  if (deps.store.departments.all().length === 1) return appErrorOf('last_department');
  if (moveTo === null) return undefined;
  return moveTo === id || !exists(deps, moveTo)
    ? appErrorOf('department_not_found', { field: 'moveTo' })
    : undefined;
}

async function emptyAndDelete(
  deps: ServiceDeps,
  actor: StaffActor,
  id: DepartmentId,
  moveTo: DepartmentId | null,
  run: SlicedRun | undefined,
): Promise<Result<{ tickets: number }>> {
  const act = newAct(deps, actor);
  const send = (ticketId: TicketId): Result<void> => {
    const ticket = deps.store.tickets.byId(ticketId);
    if (!ticket || ticket.departmentId !== id || ticket.deletedAt !== null) return ok(undefined);
    if (moveTo === null) setTrashed(deps, act, ticket, true);
    else if (!exists(deps, moveTo)) return err(appErrorOf('department_not_found', { field: 'moveTo' }));
    else setField(deps, act, ticket, 'departmentId', moveTo);
    return ok(undefined);
  };
  const isStopped = (): boolean => run?.signal?.aborted === true;
  let result: Result<void> = ok(undefined);
  // Tickets that arrive meanwhile go the same way; two departments that are emptied into each other do not go on for ever.
  for (let round = 0; round < ROUNDS && result.ok && !isStopped() && exists(deps, id); round += 1) {
    const ticketIds = deps.store.departments.liveTicketIds(id) as TicketId[];
    result = await runSliced(deps, ticketIds, send, run);
    if (result.ok && !isStopped()) result = deleteEmpty(deps, actor, id, moveTo, act);
  }
  const told = finish(deps, act);
  if (!result.ok) return result;
  if (exists(deps, id)) return err(appErrorOf('cancelled'));
  return told.ok ? ok({ tickets: told.value.changedTickets }) : told;
}

/** The last step, in one transaction; a department that is not empty (any more) stays. */
function deleteEmpty(
  deps: ServiceDeps,
  actor: StaffActor,
  id: DepartmentId,
  moveTo: DepartmentId | null,
  act: ReturnType<typeof newAct>,
): Result<void> {
  return deps.store.write(() => {
    if (deps.store.departments.liveTicketIds(id).length > 0) return ok(undefined);
    const problem = removalProblem(deps, id, moveTo);
    if (problem) return err(problem);
    const now = deps.clock.now();
    const name = deps.store.departments.byId(id)?.name;
    deps.store.departments.setDeleted(id, now);
    logOperation(deps, actor, {
      groupId: act.groupId,
      kind: 'delete_department',
      payload: { departmentId: id, tickets: new Set(act.changed).size, moveTo },
      before: { name },
    });
    deps.store.changes.record('department', id, 'deleted', now);
    deps.events.publish({ type: 'desk_changed', what: 'departments' });
    return ok(undefined);
  });
}
