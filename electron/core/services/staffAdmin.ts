import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { CreateStaffInput, StaffFields, StaffRecord } from '../../../shared/contract/people.ts';
import type { OperationKind } from '../../../shared/contract/tickets.ts';
import type { DepartmentId, StaffId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { hashPassword } from '../access/passwords.ts';
import type { Actor, StaffActor } from '../domain/actor.ts';
import { type Standing, standingProblem } from '../domain/standing.ts';
import type { StaffAccount } from '../store/repositories/staff.ts';
import type { ServiceDeps } from './context.ts';
import { toStaffMember } from './directory.ts';
import { forgetFailures } from './lockouts.ts';
import { logOperation } from './operationLog.ts';

/** 16 letters and digits: 95 bits, and still typed by hand once. */
const GENERATED_LENGTH = 16;

/** Everyone with what administrators see of them. */
export function staffRecords(deps: ServiceDeps): StaffRecord[] {
  return deps.store.staff.all().map((account) => toRecord(deps, account));
}

function toRecord(deps: ServiceDeps, account: StaffAccount): StaffRecord {
  const { createdAt, lastLoginAt, totpSecret } = account;
  return {
    ...toStaffMember(account),
    createdAt,
    lastSignInAt: lastLoginAt,
    hasSecondFactor: totpSecret !== null,
    resetLinkUntil: deps.store.recovery.pendingReset(account.id, deps.clock.now())?.expiresAt ?? null,
  };
}

/** Adds a staff member: username_taken, department_not_found. A password that is made here is answered this once. */
export async function createStaff(
  deps: ServiceDeps,
  actor: Actor,
  input: CreateStaffInput,
): Promise<Result<{ staff: StaffRecord; password: string | null }>> {
  const { password: typed, ...fields } = input;
  const password = typed ?? deps.ids.secret(GENERATED_LENGTH);
  const passwordHash = await hashPassword(password);
  const created = deps.store.write(() => {
    const problem = fieldsProblem(deps, fields);
    if (problem) return err(problem);
    const { departmentIds, ...values } = fields;
    const now = deps.clock.now();
    const id = deps.store.staff.insert({ ...values, passwordHash, isActive: true, totpSecret: null, now });
    deps.store.staff.setDepartments(id, departmentIds);
    recordChange(deps, actor, id, 'create_staff', fields, {}, 'created');
    return recordOf(deps, id);
  });
  return created.ok ? ok({ staff: created.value, password: typed === null ? password : null }) : created;
}

/** Changes who someone is and what they see, at once: username_taken, department_not_found, last_admin, own_account. */
export function updateStaff(
  deps: ServiceDeps,
  actor: StaffActor,
  id: StaffId,
  fields: StaffFields,
): Result<StaffRecord> {
  return deps.store.write(() => {
    const before = deps.store.staff.byId(id);
    if (!before) return err(appErrorOf('staff_not_found'));
    const after = { role: fields.role, isActive: before.isActive };
    const problem = fieldsProblem(deps, fields, before) ?? problemOfStanding(deps, actor, before, after);
    if (problem) return err(problem);
    const { departmentIds, ...values } = fields;
    deps.store.staff.update(id, { ...values, isActive: before.isActive });
    deps.store.staff.setDepartments(id, departmentIds);
    recordChange(deps, actor, id, 'update_staff', fields, toStaffMember(before));
    return recordOf(deps, id);
  });
}

/** Switches an account on or off; off ends its sessions and their event streams: last_admin, own_account. */
export function setStaffActive(
  deps: ServiceDeps,
  actor: StaffActor,
  id: StaffId,
  isActive: boolean,
): Result<StaffRecord> {
  return deps.store.write(() => {
    const before = deps.store.staff.byId(id);
    if (!before) return err(appErrorOf('staff_not_found'));
    const problem = problemOfStanding(deps, actor, before, { role: before.role, isActive });
    if (problem) return err(problem);
    deps.store.staff.update(id, { ...before, isActive });
    if (!isActive) {
      deps.store.sessionList.endAll(id);
      deps.store.recovery.clearReset(id);
    }
    recordChange(deps, actor, id, 'set_staff_active', { isActive }, { isActive: before.isActive });
    return recordOf(deps, id);
  });
}

/** Gives an account a new password, answered this once, and ends its sessions. */
export async function resetPassword(
  deps: ServiceDeps,
  actor: StaffActor,
  id: StaffId,
): Promise<Result<{ password: string }>> {
  const password = deps.ids.secret(GENERATED_LENGTH);
  const passwordHash = await hashPassword(password);
  return deps.store.write(() => {
    if (!deps.store.staff.byId(id)) return err(appErrorOf('staff_not_found'));
    deps.store.staff.setPasswordHash(id, passwordHash);
    deps.store.sessionList.endAll(id);
    deps.store.recovery.clearReset(id);
    forgetFailures(deps, id);
    recordChange(deps, actor, id, 'reset_password', {}, {});
    return ok({ password });
  });
}

/** For someone who lost their phone: they sign in with the password alone again. */
export function dropStaffSecondFactor(
  deps: ServiceDeps,
  actor: StaffActor,
  id: StaffId,
): Result<StaffRecord> {
  return deps.store.write(() => {
    const before = deps.store.staff.byId(id);
    if (!before) return err(appErrorOf('staff_not_found'));
    deps.store.staff.setTotp(id, null, null);
    deps.store.recovery.setCodes(id, []);
    recordChange(deps, actor, id, 'set_second_factor', { isOn: false }, { isOn: before.totpSecret !== null });
    return recordOf(deps, id);
  });
}

/** Logs a change of a person, numbers it and tells the windows once it is on disk. No secret may be in the values. */
export function recordChange(
  deps: ServiceDeps,
  actor: Actor,
  id: StaffId,
  kind: OperationKind,
  payload: object,
  before: object,
  change: 'created' | 'changed' = 'changed',
): void {
  logOperation(deps, actor, {
    groupId: deps.ids.group(),
    kind,
    payload: { staffId: id, ...payload },
    before,
  });
  deps.store.changes.record('staff', id, change, deps.clock.now());
  deps.events.publish({ type: 'desk_changed', what: 'staff' });
}

function recordOf(deps: ServiceDeps, id: StaffId): Result<StaffRecord> {
  const account = deps.store.staff.byId(id);
  return account ? ok(toRecord(deps, account)) : err(appErrorOf('staff_not_found'));
}

/** Staff may write mails to the desk: an address must name one of them. Those who share one already keep it. */
export function emailProblem(deps: ServiceDeps, email: string, before: StaffAccount | undefined) {
  const isOwn = before?.email.toLowerCase() === email.toLowerCase();
  const isTaken = !isOwn && deps.store.staff.otherByEmail(email, before?.id ?? null) !== undefined;
  return isTaken ? appErrorOf('staff_email_taken', { field: 'email' }) : undefined;
}

function fieldsProblem(deps: ServiceDeps, fields: StaffFields, before?: StaffAccount) {
  const { username, email, departmentIds } = fields;
  const sameName = deps.store.staff.byUsername(username);
  if (sameName && sameName.id !== before?.id) return appErrorOf('username_taken', { field: 'username' });
  const taken = emailProblem(deps, email, before);
  if (taken) return taken;
  const isKnown = (departmentId: DepartmentId): boolean =>
    deps.store.departments.byId(departmentId) !== undefined;
  return departmentIds.every(isKnown)
    ? undefined
    : appErrorOf('department_not_found', { field: 'departmentIds' });
}

function problemOfStanding(deps: ServiceDeps, actor: StaffActor, before: StaffAccount, after: Standing) {
  const problem = standingProblem({
    before,
    after,
    isOwn: before.id === actor.staffId,
    otherActiveAdmins: otherActiveAdmins(deps, before.id),
  });
  return problem ? appErrorOf(problem, { field: 'role' }) : undefined;
}

function otherActiveAdmins(deps: ServiceDeps, id: StaffId): number {
  return deps.store.staff
    .all()
    .filter((account) => account.id !== id && account.role === 'admin' && account.isActive).length;
}
