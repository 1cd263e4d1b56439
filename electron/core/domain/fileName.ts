const CONTROL_OR_PATH = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/gu;
const LONGEST = 200;

/**
 * A sender's file name as it may be shown and offered for saving: no folders, no control or direction-changing
 * characters (`exe.‮gpj`), not empty, at most 200 units with its extension kept. Never used as a path.
 */
export function safeFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const clean = base.replace(CONTROL_OR_PATH, '').replace(/\s+/g, ' ').trim();
  if (clean === '' || /^\.+$/.test(clean)) return 'file';
  if (clean.length <= LONGEST) return clean;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, LONGEST - extension.length) + extension;
}
