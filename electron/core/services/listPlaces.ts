import { ok } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { NumberedTable } from '../store/numbered.ts';
import type { Store } from '../store/store.ts';
import type { ServiceDeps } from './context.ts';

/** Somebody who has asked for no further page for so long has ended their walk. */
const WALK_MS = 10_000;

/** Who walks which list, and when they asked for a page last. */
const walks = {
  tickets: new WeakMap<Store, Map<string, number>>(),
  customers: new WeakMap<Store, Map<string, number>>(),
};

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
  const now = clock.now();
  const under = walks[table].get(store) ?? new Map<string, number>();
  walks[table].set(store, under);
  for (const [other, at] of under) if (Math.abs(now - at) > WALK_MS) under.delete(other);
  const walk = JSON.stringify([nameOf(actor), list]);
  if (page > 1) under.set(walk, now);
  else under.delete(walk);
  if (under.size > 0 || !store.apiPages.numbers.isDue(table)) return;
  // Where that fails, as on a full disk, the list is read as it stands.
  store.write(() => ok(store.apiPages.numbers.take(table)), 'repeatable');
}

const nameOf = (actor: Actor): string =>
  actor.kind === 'token' ? `token ${actor.tokenId}` : actor.kind === 'staff' ? `staff ${actor.staffId}` : '';
