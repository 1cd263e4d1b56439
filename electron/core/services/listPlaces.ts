import { ok } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { NumberedTable } from '../store/numbered.ts';
import type { Store } from '../store/store.ts';
import type { ServiceDeps } from './context.ts';

/** Somebody who has asked for no further page for so long has ended their walk. */
const WALK_MS = 10_000;
/** However many walk a list at once: so long at most it stays as it is. */
const LONGEST_MS = 10 * 60_000;

interface Walked {
  /** Who walks it, and when they asked for a page last: the latest at the end. */
  readonly walks: Map<string, number>;
  /** Since when a row waits for its place. */
  waitsSince: number | null;
}
const lists = { tickets: new WeakMap<Store, Walked>(), customers: new WeakMap<Store, Walked>() };

/**
 * A page of a numbered list is about to be read. What got the server's number stands in its place from the next walk on,
 * and where it stood while somebody reads page after page: so a walk meets every row once, and none is skipped.
 */
export function keepPlaces(
  deps: ServiceDeps,
  actor: Actor,
  { table, page, ...list }: { table: NumberedTable; page: number } & Readonly<Record<string, unknown>>,
): void {
  const { store, clock } = deps;
  const { numbers } = store.apiPages;
  const now = clock.now();
  const walked = lists[table].get(store) ?? { walks: new Map<string, number>(), waitsSince: null };
  lists[table].set(store, walked);
  const { walks } = walked;
  const own = JSON.stringify([nameOf(actor), list]);
  walks.delete(own);
  // The oldest come first: few are looked at, however many there are.
  for (const [walk, at] of walks) {
    if (Math.abs(now - at) <= WALK_MS) break;
    walks.delete(walk);
  }
  const isWalked = walks.size > 0;
  walks.set(own, now);
  const isDue = numbers.isDue(table);
  walked.waitsSince = isDue ? (walked.waitsSince ?? now) : null;
  const isLate = walked.waitsSince !== null && now - walked.waitsSince > LONGEST_MS;
  // Where it fails, as on a full disk, the list is read as it stands.
  if (isDue && page === 1 && (!isWalked || isLate)) store.write(() => ok(numbers.take(table)), 'repeatable');
}

const nameOf = (actor: Actor): string =>
  actor.kind === 'token' ? `token ${actor.tokenId}` : actor.kind === 'staff' ? `staff ${actor.staffId}` : '';
