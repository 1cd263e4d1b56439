/** How a list of the API is sorted: by the number it shows, or by the time of the last change, from a time on. */
export interface ApiOrder {
  readonly by: 'id' | 'updated';
  readonly isAscending: boolean;
  /** Milliseconds UTC; with `updated` only. */
  readonly updatedSince?: number | undefined;
}

/** Highest number first. */
export const NEWEST_FIRST: ApiOrder = { by: 'id', isAscending: false };

/** Lists by time reach over so many changes, or a page far back would read all that lies before it. */
export const TIME_WINDOW = 25_000;

/** A page of a list that is counted from its other end. */
export function mirrored(
  total: number,
  offset: number,
  limit: number,
  read: (offset: number, limit: number) => number[],
): number[] {
  if (offset >= total) return [];
  const size = Math.min(limit, total - offset);
  return read(total - offset - size, size).reverse();
}

/** Ids by the time of their last change, sorted here: only for few. */
export function sortByTime(
  rows: readonly { readonly id: number; readonly at: number }[],
  { isAscending, updatedSince = 0 }: ApiOrder,
): number[] {
  const sorted = rows.filter(({ at }) => at >= updatedSince).sort((a, b) => a.at - b.at || a.id - b.id);
  return (isAscending ? sorted : sorted.reverse()).map(({ id }) => id);
}
