import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  type CreateSourceInput,
  type OfferedSource,
  type Source,
  type SourceFields,
  sourceUrlProblem,
  type UpdateSourceInput,
} from '../../../../shared/contract/sources.ts';
import type { OperationKind } from '../../../../shared/contract/tickets.ts';
import type { SourceId } from '../../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { certificateProblem } from '../../access/certificates.ts';
import type { StaffActor } from '../../domain/actor.ts';
import type { SourceRow, SourceValues } from '../../store/repositories/sources.ts';
import type { ServiceDeps } from '../context.ts';
import { logOperation } from '../operationLog.ts';
import { sealPurpose } from './sourceCall.ts';

const SEAL_NAME_LENGTH = 22;

/** What the sign-in screen offers, in order. */
export function offeredSources(deps: ServiceDeps): OfferedSource[] {
  return deps.store.sources
    .all()
    .filter(({ isActive }) => isActive)
    .map(({ id, name }) => ({ id, name }));
}

export function listSources(deps: ServiceDeps): Source[] {
  return deps.store.sources.all().map((row) => toSource(deps, row));
}

function toSource(deps: ServiceDeps, { sealName: _, sealedKey, ...row }: SourceRow): Source {
  const sessions = deps.store.sources.sessions(row.id, deps.clock.now());
  return { ...row, hasKey: sealedKey !== null, sessions };
}

/** Adds a source, at the end of the list: what is wrong with a field answers with its name. */
export async function createSource(
  deps: ServiceDeps,
  actor: StaffActor,
  input: CreateSourceInput,
): Promise<Result<Source>> {
  const values = await valuesOf(deps, input, null);
  if (!values.ok) return values;
  return change(deps, actor, 'create_source', () => {
    const problem = nameProblem(deps, input.name, null);
    if (problem) return err(problem);
    const id = deps.store.sources.insert({ ...values.value, now: deps.clock.now() });
    return ok({ id, payload: input, before: {} });
  });
}

/** Changes a source; a key of null stays what it was. */
export async function updateSource(
  deps: ServiceDeps,
  actor: StaffActor,
  input: UpdateSourceInput,
): Promise<Result<Source>> {
  const known = deps.store.sources.byId(input.sourceId);
  if (!known) return err(appErrorOf('source_not_found'));
  const values = await valuesOf(deps, input, known);
  if (!values.ok) return values;
  return change(deps, actor, 'update_source', () => {
    const before = deps.store.sources.byId(input.sourceId);
    if (!before) return err(appErrorOf('source_not_found'));
    const problem = nameProblem(deps, input.name, before.id);
    if (problem) return err(problem);
    deps.store.sources.update(before.id, values.value);
    return ok({ id: before.id, payload: input, before });
  });
}

/** Switches a source on or off; off ends the sessions that it opened. */
export function setSourceActive(
  deps: ServiceDeps,
  actor: StaffActor,
  id: SourceId,
  isActive: boolean,
): Result<Source> {
  return change(deps, actor, 'set_source_active', () => {
    const before = deps.store.sources.byId(id);
    if (!before) return err(appErrorOf('source_not_found'));
    deps.store.sources.setActive(id, isActive);
    if (!isActive) deps.store.sources.endSessions(id);
    return ok({ id, payload: { ...before, isActive }, before });
  });
}

/** Takes a source away, with the sessions that it opened. The people it made stay. */
export function deleteSource(deps: ServiceDeps, actor: StaffActor, id: SourceId): Result<void> {
  const deleted = deps.store.write(() => {
    const before = deps.store.sources.byId(id);
    if (!before) return err(appErrorOf('source_not_found'));
    deps.store.sources.remove(id);
    log(deps, actor, 'delete_source', { id, payload: {}, before });
    return ok(undefined);
  });
  if (deleted.ok) tell(deps);
  return deleted;
}

/** Puts the sources in order: every one of them once, or invalid_input. */
export function reorderSources(deps: ServiceDeps, actor: StaffActor, ids: readonly SourceId[]): Result<void> {
  const done = deps.store.write(() => {
    const before = deps.store.sources.all().map(({ id }) => id);
    const isSame = ids.length === before.length && new Set([...ids, ...before]).size === before.length;
    if (!isSame) return err(appErrorOf('invalid_input', { field: 'sourceIds' }));
    deps.store.sources.setOrder(ids);
    const groupId = deps.ids.group();
    logOperation(deps, actor, {
      groupId,
      kind: 'reorder_sources',
      payload: { ids },
      before: { ids: before },
    });
    return ok(undefined);
  });
  if (done.ok) tell(deps);
  return done;
}

interface Change {
  readonly id: SourceId;
  readonly payload: Partial<SourceFields>;
  readonly before: Partial<SourceFields>;
}

/** One transaction with its line in the log, then one event. */
function change(
  deps: ServiceDeps,
  actor: StaffActor,
  kind: OperationKind,
  work: () => Result<Change>,
): Result<Source> {
  const done = deps.store.write(() => {
    const result = work();
    if (!result.ok) return result;
    log(deps, actor, kind, result.value);
    const row = deps.store.sources.byId(result.value.id);
    return row ? ok(toSource(deps, row)) : err(appErrorOf('source_not_found'));
  });
  if (done.ok) tell(deps);
  return done;
}

function log(
  deps: ServiceDeps,
  actor: StaffActor,
  kind: OperationKind,
  { id, payload, before }: Change,
): void {
  logOperation(deps, actor, {
    groupId: deps.ids.group(),
    kind,
    payload: { sourceId: id, ...publicPart(payload) },
    before: publicPart(before),
  });
}

/** What the log may keep: never the key, sealed or not. */
function publicPart(fields: Partial<SourceFields> & { isActive?: boolean }): object {
  const { kind, name, url, allowsHttp, matchBy, createsStaff, departmentIds, isActive } = fields;
  return { kind, name, url, allowsHttp, matchBy, createsStaff, departmentIds, isActive };
}

function tell(deps: ServiceDeps): void {
  deps.events.publish({ type: 'desk_changed', what: 'sources' });
  // Sessions may have ended.
  deps.events.publish({ type: 'desk_changed', what: 'staff' });
}

const invalid = (field: string, message: string): AppError => appErrorOf('invalid_input', { field, message });

/** What a source will be, its key sealed, or the first field that is wrong. */
async function valuesOf(
  deps: ServiceDeps,
  { key, ...fields }: CreateSourceInput,
  known: SourceRow | null,
): Promise<Result<SourceValues>> {
  const problem = fieldsProblem(deps, fields) ?? keyProblem(fields, key, known);
  if (problem) return err(problem);
  const { kind, name, allowsHttp, ca, matchBy, createsStaff, departmentIds } = fields;
  const url = baseUrl(fields.url);
  const values = { kind, name, url, allowsHttp, ca, matchBy, createsStaff, departmentIds };
  if (key === null && known) return ok({ ...values, sealName: known.sealName, sealedKey: known.sealedKey });
  const sealName = deps.ids.secret(SEAL_NAME_LENGTH);
  if (!key) return ok({ ...values, sealName, sealedKey: null });
  const sealed = await deps.secrets.seal(key, sealPurpose(sealName));
  return sealed.ok ? ok({ ...values, sealName, sealedKey: sealed.value }) : sealed;
}

/** What is wrong with an address, a certificate or a department; beside its field. */
export function fieldsProblem(
  deps: ServiceDeps,
  { url, allowsHttp, ca, departmentIds }: SourceFields,
): AppError | undefined {
  const wrongUrl = sourceUrlProblem(url, allowsHttp);
  if (wrongUrl !== null) return invalid('url', wrongUrl);
  const wrongCa = ca === '' ? null : certificateProblem(ca);
  if (wrongCa !== null) return invalid('ca', wrongCa);
  const isKnown = departmentIds.every((id) => deps.store.departments.byId(id) !== undefined);
  return isKnown ? undefined : appErrorOf('department_not_found', { field: 'departmentIds' });
}

/** HelpDeskZ answers nobody without a token; a key that is kept goes to the server it was entered for only. */
export function keyProblem(
  { kind, url }: Pick<SourceFields, 'kind' | 'url'>,
  key: string | null,
  known: SourceRow | null,
): AppError | undefined {
  const isKept = key === null && known !== null && known.sealedKey !== null;
  if (isKept) {
    const isSameServer = new URL(known.url).origin === new URL(url).origin && known.kind === kind;
    return isSameServer ? undefined : appErrorOf('source_key_again', { field: 'key' });
  }
  if (kind !== 'helpdeskz' || key) return undefined;
  return invalid('key', 'HelpDeskZ needs an API token with the permission to check sign-ins.');
}

/** Where its paths begin: people paste the address of a page or of the API itself. */
export function baseUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  const path = pathname
    .replace(/\/+$/, '')
    .replace(
      /\/(?:api\.php|api(?:\/staff\/auth|\/v1\/authenticate|\/auth\/authenticate|\/v1)?|v3\/api\/login)$/,
      '',
    );
  return `${origin}${path}`;
}

function nameProblem(deps: ServiceDeps, name: string, own: SourceId | null): AppError | undefined {
  const sameName = deps.store.sources.byName(name);
  return sameName && sameName.id !== own ? appErrorOf('source_name_taken', { field: 'name' }) : undefined;
}
