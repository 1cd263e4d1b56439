const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most `length` UTF-16 units; a longer text ends in «…». Never cuts inside what a reader sees as one character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${startOf(text, length - 1).trimEnd()}…`;
}

/** The longest start of at most `length` UTF-16 units that ends between two graphemes. */
export function startOf(text: string, length: number): string {
  if (text.length <= length) return text;
  // Below U+0300 nothing joins its neighbour but CR LF, and the segmenter is slow.
  if (isPlain(text, length - 1) && isPlain(text, length)) return text.slice(0, length);
  // A grapheme may straddle the cut, so the segmenter needs to see a little beyond it.
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, length + 64))) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

function isPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x20 && code < 0x300;
}
