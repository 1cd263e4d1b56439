import { type AppError, appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ApiOrder } from '../../services/apiReads.ts';
import { type Answer, failure } from './answers.ts';
import type { Call } from './call.ts';
import { wholeNumber } from './extensionQuery.ts';
import type { Query } from './form.ts';

export const MOST_PER_PAGE = 200;
/** Unix seconds, up to the year 9999. */
export const LAST_SECOND = 253_402_300_799;

const ORDERS: Readonly<Record<string, ApiOrder>> = {
  id: { by: 'id', isAscending: true },
  '-id': { by: 'id', isAscending: false },
  updated: { by: 'updated', isAscending: true },
  '-updated': { by: 'updated', isAscending: false },
};
export const SORTS = Object.keys(ORDERS);
export const MESSAGE_SORTS = ['date', '-date'] as const;

export const sortProblem = (sorts: readonly string[]): string => `sort has to be one of ${sorts.join(', ')}.`;
export const SINCE_PROBLEM = 'With updated_since sort has to be updated or -updated.';

const invalid = (field: string, message: string): AppError => appErrorOf('invalid_input', { field, message });

const perPageOf = (query: Query) => wholeNumber(query, 'per_page', { min: 1, max: MOST_PER_PAGE });

/** `per_page`, `sort` and `updated_since` of a list, for who asks for extensions; HelpDeskZ ignores all three. */
export function listOptions({
  query,
  isExtended,
}: Call): Result<{ perPage?: number | undefined; order?: ApiOrder | undefined }> {
  if (!isExtended) return ok({});
  const perPage = perPageOf(query);
  if (!perPage.ok) return perPage;
  const since = wholeNumber(query, 'updated_since', { min: 0, max: LAST_SECOND });
  if (!since.ok) return since;
  const name = query.sort ?? (since.value === undefined ? '-id' : 'updated');
  const order = Object.hasOwn(ORDERS, name) ? ORDERS[name] : undefined;
  if (!order) return err(invalid('sort', sortProblem(SORTS)));
  if (since.value === undefined) return ok({ perPage: perPage.value, order });
  if (order.by === 'id') return err(invalid('sort', SINCE_PROBLEM));
  return ok({ perPage: perPage.value, order: { ...order, updatedSince: since.value * 1000 } });
}

const NAMES = ['per_page', 'sort', 'updated_since'] as const;
export const notHere = (name: string): string => `${name} is not for this list.`;

/** Who asks for what a list does not have hears it, instead of waiting for rows in another order. */
function refused({ query, isExtended }: Call, names: readonly string[]): AppError | undefined {
  const name = isExtended ? names.find((one) => query[one] !== undefined) : undefined;
  return name === undefined ? undefined : invalid(name, notHere(name));
}

/** A list that comes whole, as in HelpDeskZ. */
export function wholeList(call: Call): Answer | undefined {
  const error = refused(call, NAMES);
  return error && failure(error);
}

/** The same for the messages of a ticket, which never change. */
export function messageOptions(
  call: Call,
): Result<{ perPage?: number | undefined; order?: 'asc' | 'desc' | undefined }> {
  const { query, isExtended } = call;
  if (!isExtended) return ok({});
  const problem = refused(call, ['updated_since']);
  if (problem) return err(problem);
  const perPage = perPageOf(query);
  if (!perPage.ok) return perPage;
  const { sort } = query;
  if (sort !== undefined && sort !== 'date' && sort !== '-date')
    return err(invalid('sort', sortProblem(MESSAGE_SORTS)));
  const order = sort === undefined ? undefined : sort === 'date' ? 'asc' : 'desc';
  return ok({ perPage: perPage.value, order });
}
