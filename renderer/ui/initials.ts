/** Up to two first letters, by whole characters: «Ann Lee» → AL, «Ñandú» → Ñ, «ann@acme.io» → A. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s@._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (!first) return '?';
  const last = name.includes('@') ? undefined : words.length > 1 ? words.at(-1) : undefined;
  const letter = (word: string | undefined): string => word?.match(/[\p{L}\p{N}]/u)?.[0]?.toUpperCase() ?? '';
  return letter(first) + letter(last);
}
