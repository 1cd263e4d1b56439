/**
 * How well `text` matches what was typed: every typed word must start a word of the text, else all typed letters
 * must occur in order. Higher is better, null = no match.
 */
export function fuzzyScore(typed: string, text: string): number | null {
  const query = fold(typed);
  const target = fold(text);
  if (query === '') return 0;
  if (target.startsWith(query)) return 1000 - target.length;
  const words = target.split(/[^\p{L}\p{N}]+/u);
  if (query.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))) {
    return 500 - target.length;
  }
  return inOrder(query.replaceAll(' ', ''), target) ? 100 - target.length : null;
}

function inOrder(query: string, target: string): boolean {
  let from = 0;
  for (const letter of query) {
    const at = target.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The items that match, best first; in their own order when nothing is typed. */
export function fuzzyFilter<T>(items: readonly T[], typed: string, textOf: (item: T) => string): T[] {
  if (typed.trim() === '') return [...items];
  return items
    .flatMap((item, index) => {
      const score = fuzzyScore(typed, textOf(item));
      return score === null ? [] : [{ item, index, score }];
    })
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ item }) => item);
}
