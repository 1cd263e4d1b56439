/**
 * Three states of the same fields become one, field by field and by value, never by clock: what was not changed here is
 * theirs, what was is ours. A field that both set to something else is a conflict; its value is ours.
 */
export function mergeFields<T extends Readonly<Record<string, unknown>>>({
  before,
  mine,
  theirs,
}: {
  readonly before: T;
  readonly mine: T;
  readonly theirs: T;
}): { readonly value: T; readonly conflicts: readonly (keyof T)[] } {
  const keys = Object.keys(mine) as (keyof T)[];
  const own = keys.filter((key) => mine[key] !== before[key]);
  const value = { ...mine };
  for (const key of keys) if (!own.includes(key)) value[key] = theirs[key];
  const conflicts = own.filter((key) => theirs[key] !== before[key] && theirs[key] !== mine[key]);
  return { value, conflicts };
}
