/** Starts every marker token; removed from everything people write, so that nobody can forge one. */
const MARKER = '\ue000';

/** The token that says in which department a ticket lies. */
export const departmentMarker = (departmentId: number): string => `${MARKER}d${departmentId}`;
/** The token of tickets with files. */
export const ATTACHMENT_MARKER = `${MARKER}a`;

const INLINE_TAG =
  /<\/?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var)(?:\s[^>]*)?>/gi;
const ANY_TAG = /<[^>]*>/g;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/** The words of a purified message body. Tags inside a word join it, all others separate words. */
export function plainText(html: string): string {
  let text = html;
  if (text.includes('<')) text = text.replace(INLINE_TAG, '').replace(ANY_TAG, ' ');
  return text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
}

// Chinese, Japanese and Korean, the full-width forms that stand for plain letters, and everything beyond the first
// plane. Without the u flag on purpose: most text has none of these, and this way finding that out costs nothing.
const MAYBE_CJK = /[\u1100-\u11ff\u2e80-\udfff\uf900-\ufaff\uff00-\uffef]/;
const CJK_SIGN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const CJK_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;

const withoutMarkers = (text: string): string =>
  text.includes(MARKER) ? text.replaceAll(MARKER, ' ') : text;

/** Neighbouring pairs; the last sign alone as well, so that a single sign is found as a prefix. */
function bigrams(run: string): string {
  const signs = [...run];
  return ` ${signs.map((sign, place) => sign + (signs[place + 1] ?? '')).join(' ')} `;
}

/** Text as it goes into the index: markers out, CJK runs cut into bigrams. */
export function foldForIndex(text: string): string {
  const safe = withoutMarkers(text);
  return MAYBE_CJK.test(safe) ? safe.normalize('NFKC').replace(CJK_RUN, bigrams) : safe;
}

/** One word to look up; `isPrefix` where the index holds it only as the beginning of a longer token. */
export interface Token {
  readonly text: string;
  readonly isPrefix: boolean;
}

// What FTS5's unicode61 takes as part of a word: letters, numbers, private use. It skips Latin diacritics that stand
// alone and lets every other mark (Hebrew points, Indic vowel signs) end the word.
const WORD = /[\p{L}\p{N}\p{Co}]+/gu;
const SKIPPED_MARKS = /[\u0300-\u0331]/g;
const CJK_OR_OTHER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;

function tokensOfRun(run: string, isLast: boolean): Token[] {
  const signs = [...run];
  if (signs.length === 1) return [{ text: run, isPrefix: isLast }];
  return signs
    .slice(0, -1)
    .map((sign, place) => ({ text: sign + (signs[place + 1] ?? ''), isPrefix: false }));
}

/** Cuts what a person typed the way the index was cut. Never yields a character FTS5 gives a meaning to. */
export function tokensOf(text: string): Token[] {
  const safe = withoutMarkers(text).toWellFormed().normalize('NFKC').replace(SKIPPED_MARKS, '');
  const parts = [...safe.matchAll(WORD)].flatMap(([word]) => word.match(CJK_OR_OTHER) ?? []);
  return parts.flatMap((part, place) =>
    CJK_SIGN.test(part) ? tokensOfRun(part, place === parts.length - 1) : [{ text: part, isPrefix: false }],
  );
}
