import sanitizeHtml from 'sanitize-html';
import {
  ALLOWED_ATTRIBUTES,
  ALLOWED_TAGS,
  ATTRIBUTE_VALUES,
  COLOR_ATTRIBUTES,
  IMAGE_SCHEMES,
  LINK_SCHEMES,
  URL_ATTRIBUTES,
} from './allowed.ts';
import { purifyColor, purifyStyle } from './css.ts';

/** What a cid: image may point to: the content ids of the same message, as `contentIdKey` writes them. */
export type ContentIds = ReadonlySet<string>;

const NO_CONTENT_IDS: ContentIds = new Set();
/** Their text is code or a title, never something to read. */
const HIDDEN_TAGS = [
  'script',
  'style',
  'title',
  'textarea',
  'option',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
];
/** Deeper nesting is flattened: browsers and parsers recurse. */
const DEEPEST = 200;
const MOST_PASSES = 8;
const MARKUP = /[<>&]/;
// C0 and C1 controls but tab and newline: never visible, and a hiding place inside scheme names.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * HTML as the HelpDeskZ API stores it (behaviour.md 3.2): what its HTMLPurifier keeps, in its notation.
 * Plain text goes through the same way: `<`, `>` and `&` are escaped, `<john@x.test>` vanishes. The output is
 * safe to store and a fixed point of this function; the viewer purifies again all the same.
 */
export function purifyHtml(html: string): string {
  return purify(html, NO_CONTENT_IDS);
}

/**
 * The same for the HTML part of a mail. Images that name a part of the same message stay as
 * `<img src="cid:KEY">`, KEY being `contentIdKey` of the part; `rewriteInlineImages` turns them into URLs when
 * the message is shown. Remote images stay; the viewer's CSP holds them back until asked.
 */
export function purifyMailHtml(html: string, options: { cids: ContentIds }): string {
  return purify(html, options.cids);
}

/** Content ids compare without brackets, percent-encoding and case (email-checklist B6); '' is none. */
export function contentIdKey(contentId: string): string {
  const id = decodePercent(contentId.trim().replace(/^<|>$/g, '')).toLowerCase();
  return encodeURIComponent(id.toWellFormed()).replaceAll('%40', '@');
}

const INLINE_IMAGE = /(<img\b[^>]*?\ssrc=")cid:([^"]*)"/g;

/** Puts the URL that `urlOf` knows for each `cid:` image of purified mail HTML; images without one lose their src. */
export function rewriteInlineImages(html: string, urlOf: (contentIdKey: string) => string | null): string {
  if (!html.includes('"cid:')) return html;
  return html.replace(INLINE_IMAGE, (_, before: string, escaped: string) => {
    const url = urlOf(escaped.replaceAll('&amp;', '&'));
    return `${before}${url === null ? '' : escapeAttribute(url)}"`;
  });
}

function purify(html: string, cids: ContentIds): string {
  let text = clean(html);
  if (!MARKUP.test(text)) return text;
  const options = optionsFor(cids);
  // What is unwrapped can leave a nesting that parses differently (`<p><p>`): once more, until nothing moves.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const purified = clean(sanitizeHtml(text, options));
    if (purified === text) return text;
    text = purified;
  }
  return text;
}

function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();
}

function optionsFor(cids: ContentIds): sanitizeHtml.IOptions {
  return {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    // URLs are judged in `purifyAttributes`, by tag; a second opinion with other rules would only disagree.
    allowedSchemesAppliedToAttributes: [],
    allowVulnerableTags: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    // An image that may not be shown goes as a whole.
    exclusiveFilter: (frame) => frame.tag === 'img' && frame.attribs.src === undefined,
    nestingLimit: DEEPEST,
    nonTextTags: HIDDEN_TAGS,
    parseStyleAttributes: false,
    transformTags: { '*': (tagName, attributes) => purifyTag(tagName, attributes, cids) },
  };
}

function purifyTag(tagName: string, attributes: sanitizeHtml.Attributes, cids: ContentIds): sanitizeHtml.Tag {
  const kept = purifyAttributes(tagName, attributes, cids);
  if (tagName !== 'img') return { tagName, attribs: kept };
  const { src } = kept;
  return { tagName, attribs: src === undefined || 'alt' in kept ? kept : { ...kept, alt: altOf(src) } };
}

function purifyAttributes(
  tagName: string,
  attributes: sanitizeHtml.Attributes,
  cids: ContentIds,
): sanitizeHtml.Attributes {
  const kept: sanitizeHtml.Attributes = {};
  for (const [name, raw] of Object.entries(attributes)) {
    const value = purifyValue(tagName, name, clean(raw), cids);
    if (value !== null) kept[name] = value;
  }
  return kept;
}

function purifyValue(tagName: string, name: string, value: string, cids: ContentIds): string | null {
  if (URL_ATTRIBUTES.has(name))
    return purifyUrl(value, tagName === 'img' ? IMAGE_SCHEMES : LINK_SCHEMES, cids);
  if (name === 'style') return purifyStyle(value) || null;
  if (name === 'class') return value.split(/\s+/).filter(Boolean).join(' ') || null;
  if (COLOR_ATTRIBUTES.has(name)) return purifyColor(value);
  // `<td nowrap>`: an attribute without a value has its own name as value in XHTML.
  if ((name === 'nowrap' || name === 'noshade') && value === '') return name;
  if (!Object.hasOwn(ATTRIBUTE_VALUES, name)) return value;
  const trimmed = value.trim();
  return ATTRIBUTE_VALUES[name]?.test(trimmed) ? trimmed : null;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

function purifyUrl(value: string, schemes: ReadonlySet<string>, cids: ContentIds): string | null {
  // Browsers ignore tabs and newlines inside a URL, so `java\nscript:` is one scheme.
  const url = encodeUrl(value.replace(/[\t\n]/g, '').trim());
  if (url === '') return null;
  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return startsLikeScheme(url) ? null : url;
  if (scheme === 'cid' && schemes === IMAGE_SCHEMES) return inlineImage(url, cids);
  return schemes.has(scheme) ? url : null;
}

function inlineImage(url: string, cids: ContentIds): string | null {
  const key = contentIdKey(url.slice('cid:'.length));
  return cids.has(key) ? `cid:${key}` : null;
}

/** A colon before any slash, question or hash mark would make some parser see a scheme we did not. */
function startsLikeScheme(url: string): boolean {
  return /^[^/?#]*:/.test(url);
}

function encodeUrl(url: string): string {
  return url.replace(/[\s"'<>\\^`{|}]/gu, (char) => percentEncode(char));
}

function percentEncode(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** HTMLPurifier gives an image without alt the last part of its address. */
function altOf(src: string): string {
  if (src.startsWith('cid:')) return '';
  return src.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
