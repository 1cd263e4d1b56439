/** As many as there are digits. */
const WITH_KEYS = 9;
export const ADD_KEYS = 'g 0';

/** The keys that lead to a workspace, by its place in the list. Browsers keep Ctrl+digit for their tabs; an app window does not. */
export function keysOf(index: number): readonly string[] {
  return index < WITH_KEYS ? [`g ${index + 1}`, `Mod+${index + 1}`] : [];
}
