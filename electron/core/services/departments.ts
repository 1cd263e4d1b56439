import type { Department } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';
import { shownId } from './shownIds.ts';
import { trashAllWith } from './ticketChanges.ts';

export interface DepartmentFields {
  readonly name: string;
  readonly isPrivate: boolean;
}

export function departmentById(deps: ServiceDeps, id: DepartmentId): Department | undefined {
  return deps.store.departments.byId(id);
}

/**
 * The department that a person means: the number that programs see (in a remote workspace the server's), else the name.
 * department_not_found with what there is.
 */
export function departmentMeant(deps: ServiceDeps, text: string): Result<DepartmentId> {
  const all = deps.store.departments
    .all()
    .map(({ id, name }) => ({ id, name, number: shownId(deps, 'departments', id) }));
  const wanted = text.trim().toLowerCase();
  const byNumber = all.filter(({ number }) => String(number) === wanted);
  const meant = byNumber.length > 0 ? byNumber : all.filter(({ name }) => name.toLowerCase() === wanted);
  const [only] = meant;
  if (only && meant.length === 1) return ok(only.id);
  const told = (meant.length > 0 ? meant : all).map(({ number, name }) => `${number} ${name}`).join(', ');
  const why = meant.length > 0 ? `Several departments are called «${text}»` : `No department is «${text}»`;
  return err(
    appErrorOf('department_not_found', { field: 'department', message: `${why}. There are: ${told}.` }),
  );
}

/** Answers name_missing. Two departments may share a name, as in the reference. */
export function createDepartment(
  deps: ServiceDeps,
  actor: Actor,
  fields: DepartmentFields,
): Result<DepartmentId> {
  const named = withCutName(fields);
  if (!named.ok) return named;
  const created = deps.store.write(() => {
    const now = deps.clock.now();
    const id = deps.store.departments.insert({ ...named.value, now });
    logOperation(deps, actor, {
      groupId: deps.ids.group(),
      kind: 'create_department',
      payload: { departmentId: id, ...named.value },
      before: {},
    });
    deps.store.changes.record('department', id, 'created', now);
    return ok(id);
  });
  if (created.ok) deps.events.publish({ type: 'desk_changed', what: 'departments' });
  return created;
}

/** Answers department_not_found, name_missing. */
export function updateDepartment(
  deps: ServiceDeps,
  actor: Actor,
  id: DepartmentId,
  fields: DepartmentFields,
): Result<void> {
  const named = withCutName(fields);
  if (!named.ok) return named;
  const updated = deps.store.write(() => {
    const before = deps.store.departments.byId(id);
    if (!before) return err(appErrorOf('department_not_found'));
    deps.store.departments.update(id, named.value.name, named.value.isPrivate);
    logOperation(deps, actor, {
      groupId: deps.ids.group(),
      kind: 'update_department',
      payload: { departmentId: id, ...named.value },
      before: { name: before.name, isPrivate: before.isPrivate },
    });
    deps.store.changes.record('department', id, 'changed', deps.clock.now());
    return ok(undefined);
  });
  if (updated.ok) deps.events.publish({ type: 'desk_changed', what: 'departments' });
  return updated;
}

/** Deletes a department with its tickets: gone for the API at once, in the trash for staff. */
export async function deleteDepartment(
  deps: ServiceDeps,
  actor: Actor,
  id: DepartmentId,
): Promise<Result<void>> {
  if (!deps.store.departments.byId(id)) return err(appErrorOf('department_not_found'));
  const liveIds = () => deps.store.departments.liveTicketIds(id) as TicketId[];
  const deleted = await trashAllWith(deps, actor, liveIds, ({ groupId, trashed }) => {
    if (!deps.store.departments.byId(id)) return err(appErrorOf('department_not_found'));
    const now = deps.clock.now();
    deps.store.departments.setDeleted(id, now);
    logOperation(deps, actor, {
      groupId,
      kind: 'delete_department',
      payload: { departmentId: id, tickets: trashed },
      before: {},
    });
    deps.store.changes.record('department', id, 'deleted', now);
    return ok(undefined);
  });
  if (deleted.ok) deps.events.publish({ type: 'desk_changed', what: 'departments' });
  return deleted.ok ? ok(undefined) : deleted;
}

function withCutName(fields: DepartmentFields): Result<DepartmentFields> {
  const name = startOf(fields.name.trim(), LIMITS.departmentNameLength);
  return name === ''
    ? err(appErrorOf('name_missing', { field: 'name' }))
    : ok({ name, isPrivate: fields.isPrivate });
}
