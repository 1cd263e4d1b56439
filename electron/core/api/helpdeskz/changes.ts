import { ok, type Result } from '../../../../shared/util/result.ts';
import {
  type ChangePage,
  type ChangeRow,
  changesAfter,
  HEARD_WITH,
  newestChange,
} from '../../services/changeFeed.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { type RemoteTable, shownId } from '../../services/shownIds.ts';
import { type Answer, failure, success } from './answers.ts';
import type { Action, Call } from './call.ts';
import { wholeNumber } from './extensionQuery.ts';
import { seconds } from './phpValues.ts';
import type { Resource } from './routing.ts';

const MOST = 1000;
const USUAL = 200;
const RESOURCE: Partial<Record<ChangeRow['entity'], Resource>> = {
  ticket: 'tickets',
  message: 'messages',
  attachment: 'attachments',
  customer: 'users',
  department: 'departments',
  staff: 'staff',
};

/** What may be known by another number than ours. */
const TABLE: Partial<Record<ChangeRow['entity'], RemoteTable>> = {
  ticket: 'tickets',
  message: 'messages',
  attachment: 'attachments',
  customer: 'customers',
  department: 'departments',
};

function idOf(deps: ServiceDeps, { entity, entityId }: ChangeRow): number {
  const table = TABLE[entity];
  return table ? shownId(deps, table, entityId) : entityId;
}

/** A change as the feed and the event stream tell it: a row like any other, all texts. */
export const changeRow = (deps: ServiceDeps, row: ChangeRow) => ({
  number: String(row.number),
  resource: RESOURCE[row.entity] ?? '',
  id: String(idOf(deps, row)),
  change: row.change,
  date: seconds(row.changedAt),
});

/** Reading any of these is enough to listen; one hears of what one may read. */
export const FEED_PERMISSIONS = Object.values(HEARD_WITH);

/** Without `since`: nothing but the newest number, from which to go on once the lists have been read. */
function index({ deps, actor, query }: Call): Answer {
  const since = wholeNumber(query, 'since', { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (!since.ok) return failure(since.error);
  const limit = wholeNumber(query, 'limit', { min: 1, max: MOST });
  if (!limit.ok) return failure(limit.error);
  const page: Result<ChangePage> =
    since.value === undefined
      ? ok({ changes: [], next: newestChange(deps), hasMore: false })
      : changesAfter(deps, actor, since.value, limit.value ?? USUAL);
  if (!page.ok) return { ...failure(page.error), status: 200 };
  const { changes, next, hasMore } = page.value;
  return success({ changes: changes.map((row) => changeRow(deps, row)), next, more: hasMore ? 1 : 0 });
}

export const changes = {
  index: { permission: FEED_PERMISSIONS, run: index },
} satisfies Record<string, Action>;
