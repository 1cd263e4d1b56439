import type { ApiToken, CreateTokenInput } from '../../../shared/contract/desk.ts';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import {
  type RegenerateTokenInput,
  type TokenCall,
  type TokenChange,
  tokenChange,
  type UpdateTokenInput,
} from '../../../shared/contract/tokens.ts';
import type { StaffId, TokenId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { startOfDay } from '../../../shared/util/startOfDay.ts';
import { isIpListEntry, splitIpList } from '../access/ipList.ts';
import { hashToken } from '../access/tokenHash.ts';
import type { Actor } from '../domain/actor.ts';
import { overlapUntil } from '../domain/tokenRules.ts';
import type { TokenValues } from '../store/repositories/tokens.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';

/** As long as the reference's (behaviour.md part 1, «API row»). */
const TOKEN_LENGTH = 60;

type NewToken = { tokenId: TokenId; token: string };

/**
 * Makes an API token; the answer is the only place where it can be read. What is wrong with a field answers
 * invalid_input with its name.
 */
export function createToken(deps: ServiceDeps, actor: Actor, input: CreateTokenInput): Result<NewToken> {
  const values = checkedValues(deps, { isActive: true, expiresAt: null, staffId: null }, input);
  if (!values.ok) return values;
  const token = deps.ids.secret(TOKEN_LENGTH);
  const tokenHash = hashToken(token);
  return changed(deps, 'created', () => {
    const tokenId = deps.store.tokens.insert({ ...values.value, tokenHash, now: deps.clock.now() });
    log(deps, actor, { kind: 'create_token', tokenId, payload: values.value });
    return ok({ tokenId, token });
  });
}

export function listTokens(deps: ServiceDeps): ApiToken[] {
  return deps.store.tokens.all();
}

/** Changes what is given; the token's text stays the same. */
export function updateToken(
  deps: ServiceDeps,
  actor: Actor,
  input: UpdateTokenInput,
): Result<{ tokenId: TokenId }> {
  return changed(deps, 'changed', () => {
    const found = tokenById(deps, input.tokenId);
    if (!found.ok) return found;
    const { tokenId } = input;
    const before = valuesOf(found.value);
    const values = checkedValues(deps, before, input);
    if (!values.ok) return values;
    deps.store.tokens.update(tokenId, values.value);
    const change = differences(before, values.value);
    if (change) log(deps, actor, { kind: 'update_token', tokenId, ...change });
    return ok({ tokenId });
  });
}

/**
 * Gives a token a new text, shown this once. The old one works on for the overlap; what was old before that
 * stops at once.
 */
export function regenerateToken(
  deps: ServiceDeps,
  actor: Actor,
  input: RegenerateTokenInput,
): Result<NewToken> {
  const token = deps.ids.secret(TOKEN_LENGTH);
  const { tokenId, overlapHours } = input;
  return changed(deps, 'changed', () => {
    const found = tokenById(deps, tokenId);
    if (!found.ok) return found;
    deps.store.tokens.replaceHash(tokenId, hashToken(token), overlapUntil(deps.clock.now(), overlapHours));
    log(deps, actor, { kind: 'regenerate_token', tokenId, payload: { overlapHours } });
    return ok({ tokenId, token });
  });
}

/** Takes a token away for good. Its name stays in the history of what it did. */
export function deleteToken(deps: ServiceDeps, actor: Actor, tokenId: TokenId): Result<{ tokenId: TokenId }> {
  return changed(deps, 'deleted', () => {
    const found = tokenById(deps, tokenId);
    if (!found.ok) return found;
    deps.store.tokens.remove(tokenId, deps.clock.now());
    deps.store.tokenCalls.removeAll(tokenId);
    deps.store.repeats.removeAll(`token ${tokenId}`);
    log(deps, actor, { kind: 'delete_token', tokenId, payload: {}, before: valuesOf(found.value) });
    return ok({ tokenId });
  });
}

/** The last calls of a token, newest first, at most 5 seconds behind. */
export function tokenCalls(deps: ServiceDeps, tokenId: TokenId): Result<{ calls: TokenCall[] }> {
  const found = tokenById(deps, tokenId);
  return found.ok ? ok({ calls: deps.store.tokenCalls.newest(tokenId) }) : found;
}

/** Who made a token and what was changed of it since, newest first. */
export function tokenHistory(deps: ServiceDeps, tokenId: TokenId): Result<{ changes: TokenChange[] }> {
  const found = tokenById(deps, tokenId);
  if (!found.ok) return found;
  return ok({ changes: deps.store.operations.byToken(tokenId).map((one) => tokenChange.parse(one)) });
}

/** The values that are others now, before and after; undefined when none is. */
function differences(
  before: TokenValues,
  after: TokenValues,
): { before: object; payload: object } | undefined {
  const names = (Object.keys(after) as (keyof TokenValues)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (values: TokenValues) => Object.fromEntries(names.map((name) => [name, values[name]]));
  return names.length > 0 ? { before: only(before), payload: only(after) } : undefined;
}

type Logged = {
  kind: TokenChange['kind'] | 'delete_token';
  tokenId: TokenId;
  payload: object;
  before?: object;
};

/** Neither a token's text nor its hash is ever among the values. */
function log(deps: ServiceDeps, actor: Actor, { kind, tokenId, payload, before = {} }: Logged): void {
  logOperation(deps, actor, { groupId: deps.ids.group(), kind, payload: { tokenId, ...payload }, before });
}

function valuesOf({ name, permissions, ipList, isActive, expiresAt, boundTo }: ApiToken): TokenValues {
  return { name, permissions, ipList, isActive, expiresAt, staffId: boundTo?.staffId ?? null };
}

function tokenById(deps: ServiceDeps, tokenId: TokenId): Result<ApiToken> {
  const found = deps.store.tokens.byId(tokenId);
  return found ? ok(found) : err(appErrorOf('token_not_found'));
}

/** One transaction with its change number, then one event. */
function changed<T extends { tokenId: TokenId }>(
  deps: ServiceDeps,
  change: 'created' | 'changed' | 'deleted',
  work: () => Result<T>,
): Result<T> {
  const done = deps.store.write(() => {
    const result = work();
    if (result.ok) deps.store.changes.record('token', result.value.tokenId, change, deps.clock.now());
    return result;
  });
  if (done.ok) deps.events.publish({ type: 'desk_changed', what: 'tokens' });
  return done;
}

type Kept = Pick<TokenValues, 'isActive' | 'expiresAt' | 'staffId'> & Partial<TokenValues>;
type Wanted = Omit<UpdateTokenInput, 'tokenId'>;

/** What a token will be: what is wanted over what it was, or the first field that is wrong. */
function checkedValues(deps: ServiceDeps, kept: Kept, wanted: Wanted): Result<TokenValues> {
  const ipList = wanted.ipList && splitIpList(wanted.ipList);
  const expiresAt = wanted.expiresOn === undefined ? kept.expiresAt : expiryOf(deps, wanted.expiresOn);
  const staffId = wanted.staffId === undefined ? kept.staffId : wanted.staffId;
  const problem =
    ipListProblem(ipList) ??
    (expiresAt === kept.expiresAt ? undefined : expiryProblem(deps, expiresAt)) ??
    (staffId === kept.staffId ? undefined : staffProblem(deps, staffId));
  if (problem) return err(problem);
  return ok({
    name: wanted.name ?? kept.name ?? '',
    permissions: wanted.permissions ?? kept.permissions ?? [],
    ipList: ipList ?? kept.ipList ?? [],
    isActive: wanted.isActive ?? kept.isActive,
    expiresAt: expiresAt ?? null,
    staffId: staffId ?? null,
  });
}

function expiryOf(deps: ServiceDeps, day: string | null): number | null {
  return day === null ? null : startOfDay(day, deps.store.settings.get().timeZone);
}

const invalid = (field: string, message: string): AppError => appErrorOf('invalid_input', { field, message });

function ipListProblem(ipList: readonly string[] | undefined): AppError | undefined {
  const wrong = ipList?.find((entry) => !isIpListEntry(entry));
  if (wrong === undefined) return undefined;
  return invalid('ipList', `«${wrong}» is neither an address nor a.b.c.*`);
}

function expiryProblem(deps: ServiceDeps, expiresAt: number | null | undefined): AppError | undefined {
  if (typeof expiresAt !== 'number' || expiresAt > deps.clock.now()) return undefined;
  return invalid('expiresOn', 'This day has begun already. Choose a later one.');
}

function staffProblem(deps: ServiceDeps, staffId: StaffId | null | undefined): AppError | undefined {
  if (typeof staffId !== 'number' || deps.store.staff.byId(staffId)?.isActive) return undefined;
  return invalid('staffId', 'This account does not exist or is switched off.');
}
