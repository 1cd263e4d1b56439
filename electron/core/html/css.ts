/**
 * The CSS that may stand in a style attribute: a closed list of properties, each with a closed grammar of values.
 * What HTMLPurifier keeps by default (behaviour.md 3.2: «a CSS subset (colour, width, background with url)»),
 * written as it writes it: `property:value;` and the 17 classic colour names as upper-case hex.
 */

const COLOR_NAMES: Readonly<Record<string, string>> = {
  maroon: '#800000',
  red: '#FF0000',
  orange: '#FFA500',
  yellow: '#FFFF00',
  olive: '#808000',
  purple: '#800080',
  fuchsia: '#FF00FF',
  white: '#FFFFFF',
  lime: '#00FF00',
  green: '#008000',
  navy: '#000080',
  blue: '#0000FF',
  aqua: '#00FFFF',
  teal: '#008080',
  black: '#000000',
  silver: '#C0C0C0',
  gray: '#808080',
};

const NUMBER = '-?(?:\\d{1,6}(?:\\.\\d{1,4})?|\\.\\d{1,4})';
const LENGTH = `(?:0|${NUMBER}(?:px|em|rem|ex|pt|pc|in|cm|mm|%))`;
const COLOR = `(?:#[0-9a-fA-F]{3,8}|rgba?\\([\\d\\s,.%]{1,40}\\)|hsla?\\([\\d\\s,.%]{1,40}\\)|[a-zA-Z]{3,20})`;
const URL_VALUE = `url\\((?:"https?:[^"()\\\\<>\\s]{1,2000}"|'https?:[^'()\\\\<>\\s]{1,2000}'|https?:[^"'()\\\\<>\\s]{1,2000})\\)`;
const WORD = '[a-zA-Z-]{1,30}';

const whole = (source: string) => new RegExp(`^(?:${source})$`);
const list = (source: string, most: number) => whole(`${source}(?:\\s+${source}){0,${most - 1}}`);

const color = whole(COLOR);
const length = whole(`${LENGTH}|auto|normal|none|inherit|initial`);
const lengths = list(`(?:${LENGTH}|auto)`, 4);
const word = whole(WORD);
const border = list(`(?:${LENGTH}|${COLOR}|${WORD})`, 4);
const background = list(`(?:${URL_VALUE}|${COLOR}|${LENGTH}|${WORD})`, 8);
const lineHeight = whole(`${LENGTH}|${NUMBER}|normal|inherit`);
const fontFamily = /^(?:[\w\s,-]|"[\w\s\-.]{1,60}"|'[\w\s\-.]{1,60}'){1,300}$/;
const font = /^(?:[\w\s,.\-/%]|"[\w\s\-.]{1,60}"|'[\w\s\-.]{1,60}'){1,300}$/;

const VALUES: Readonly<Record<string, RegExp>> = {
  color,
  background,
  'background-color': color,
  'background-image': whole(`${URL_VALUE}|none`),
  'background-repeat': word,
  'background-position': list(`(?:${LENGTH}|${WORD})`, 2),
  border,
  'border-top': border,
  'border-right': border,
  'border-bottom': border,
  'border-left': border,
  'border-color': list(COLOR, 4),
  'border-style': list(WORD, 4),
  'border-width': list(`(?:${LENGTH}|${WORD})`, 4),
  'border-radius': lengths,
  'border-collapse': word,
  'border-spacing': lengths,
  'caption-side': word,
  clear: word,
  direction: word,
  display: whole('none|block|inline|inline-block|table|table-row|table-cell'),
  float: word,
  font,
  'font-family': fontFamily,
  'font-size': whole(`${LENGTH}|${WORD}`),
  'font-style': word,
  'font-variant': word,
  'font-weight': whole(`[1-9]00|${WORD}`),
  height: length,
  'letter-spacing': length,
  'line-height': lineHeight,
  'list-style': list(WORD, 3),
  'list-style-position': word,
  'list-style-type': word,
  margin: lengths,
  'margin-top': length,
  'margin-right': length,
  'margin-bottom': length,
  'margin-left': length,
  'max-height': length,
  'max-width': length,
  'min-height': length,
  'min-width': length,
  padding: lengths,
  'padding-top': length,
  'padding-right': length,
  'padding-bottom': length,
  'padding-left': length,
  'table-layout': word,
  'text-align': word,
  'text-decoration': list(WORD, 3),
  'text-indent': length,
  'text-transform': word,
  'vertical-align': whole(`${LENGTH}|${WORD}`),
  'white-space': word,
  width: length,
  'word-break': word,
  'word-spacing': length,
  'word-wrap': word,
};

/** `color:red; position:fixed` → `color:#FF0000;`. Empty when nothing may stay. */
export function purifyStyle(style: string): string {
  let kept = '';
  for (const declaration of declarations(style)) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim();
    if (!Object.hasOwn(VALUES, property) || !VALUES[property]?.test(value)) continue;
    kept += `${property}:${colorAsHex(property, value)};`;
  }
  return kept;
}

/** Colour for the attributes of old (`<font color>`, `bgcolor`), null when it isn't one. */
export function purifyColor(value: string): string | null {
  const trimmed = value.trim();
  return color.test(trimmed) ? (COLOR_NAMES[trimmed.toLowerCase()] ?? trimmed) : null;
}

function colorAsHex(property: string, value: string): string {
  return property.endsWith('color') ? (COLOR_NAMES[value.toLowerCase()] ?? value) : value;
}

/** Cuts at `;` outside quotes and brackets: a data or query part may hold one. */
function declarations(style: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  let depth = 0;
  for (let at = 0; at < style.length; at += 1) {
    const char = style.charAt(at);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (char === ';' && depth === 0) {
      parts.push(style.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(style.slice(start));
  return parts;
}
