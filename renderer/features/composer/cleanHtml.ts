import createPurifier, { type Config } from 'dompurify';
import { dropSignature } from './signature.ts';

/**
 * What text may consist of when it enters the app's own document: a quote in the composer, a note, a pasted
 * page. The core has purified it already; this is the second, independent pass (docs/architecture.md, «Mail
 * HTML is hostile»). Images only from the desk itself, so that nothing is fetched from a sender's server.
 */
const CONFIG: Config = {
  ALLOWED_TAGS: [
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'del',
    'div',
    'em',
    'hr',
    'i',
    'img',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'span',
    'strike',
    'strong',
    'u',
    'ul',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'table',
    'tbody',
    'thead',
    'tr',
    'td',
    'th',
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'start', 'colspan', 'rowspan'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|\/files\/)/i,
  ALLOW_DATA_ATTR: false,
};

const purifier = createPurifier(window);
purifier.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName === 'IMG' && !element.getAttribute('src')?.startsWith('/files/')) element.remove();
  if (element.tagName === 'A') {
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer');
  }
});

/** HTML that may stand in the app's own document. */
export function cleanHtml(html: string): string {
  return purifier.sanitize(html, { ...CONFIG, RETURN_DOM: false, RETURN_DOM_FRAGMENT: false });
}

const BLOCKS = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'BLOCKQUOTE', 'PRE', 'TR', 'TABLE', 'HR', 'H1', 'H2']);

function isBlock(node: Node): boolean {
  return node instanceof Element && (BLOCKS.has(node.tagName) || /^H[3-6]$/.test(node.tagName));
}

function inlineText(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/[\s ]+/g, ' ');
  if (!(node instanceof Element)) return '';
  if (node.tagName === 'BR') return '\n';
  if (node.tagName === 'PRE') return `\n${node.textContent}\n`;
  if (node.tagName === 'IMG') return node.getAttribute('alt') ? `[${node.getAttribute('alt')}]` : '';
  if (node.tagName === 'TD' || node.tagName === 'TH') return `${childrenText(node)} `;
  return blockText(node);
}

function childrenText(node: Node): string {
  return [...node.childNodes].map(inlineText).join('');
}

function blockText(element: Element): string {
  const text = childrenText(element);
  if (element.tagName === 'LI') return `\n• ${text.trim()}`;
  if (element.tagName === 'BLOCKQUOTE') return `\n${text.trim().replace(/^/gm, '> ')}\n`;
  if (element.tagName === 'P') return `\n${text.trim()}\n\n`;
  return isBlock(element) ? `\n${text}\n` : text;
}

/** The text of purified HTML as a person would type it: lines, bullets and `>` before quotes. */
export function plainText(html: string): string {
  const body = new DOMParser().parseFromString(cleanHtml(html), 'text/html').body;
  return childrenText(body)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The text without what was quoted and without the signature: what the writer themselves wrote. */
export function ownText(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const quote of body.querySelectorAll('blockquote')) quote.remove();
  dropSignature(body);
  return (body.textContent ?? '').trim();
}

/** Whether HTML from the editor holds anything to send: text, or a picture in it. A signature alone is nothing. */
export function isEmptyHtml(html: string): boolean {
  if (html === '') return true;
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  dropSignature(body);
  return (body.textContent ?? '').trim() === '' && body.querySelector('img') === null;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Plain words as paragraphs, as they were broken. */
export function textToHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

/** A message as a quote for the composer: who wrote it when, then the text, an empty line to go on. */
export function quoteHtml(attribution: string, bodyHtml: string): string {
  return `<p>${escapeHtml(attribution)}</p><blockquote>${cleanHtml(bodyHtml)}</blockquote><p></p>`;
}
