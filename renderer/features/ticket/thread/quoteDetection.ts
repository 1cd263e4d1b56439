/** Where well-known mail programs put the message they answer to. */
const QUOTE_SELECTOR = [
  '.gmail_quote',
  '.gmail_quote_container',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.zmail_extra',
  '.moz-cite-prefix',
  '#divRplyFwdMsg',
  '#appendonsend',
  '.OutlookMessageHeader',
  'blockquote',
].join(',');

/** After these, everything to the end of the message is the older message. */
const TAIL_SELECTOR = '#divRplyFwdMsg, #appendonsend, .OutlookMessageHeader';

// Outlook names the header fields in the reader's language; two in a row make a quoted header.
const HEADER =
  /^(?:from|von|de|da|van|från|fra|od|от|发件人|寄件者|差出人|보낸\s?사람)\s?[:：]\s?\S.{0,300}?(?:sent|gesendet|envoyé|enviad[oa]|inviato|verzonden|skickat|sendt|wysłano|отправлено|date|datum|fecha|data|дата|发送时间|日時|送信日時|날짜)\s?[:：]/i;
const ORIGINAL_MARK =
  /^-{2,}\s?(?:original message|ursprüngliche nachricht|message d['’]origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|исходное сообщение)\s?-{2,}/i;
/** «On Tuesday Ann wrote:» in some languages: a line that ends with the verb and a colon. */
const ATTRIBUTION =
  /(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|scrisse|escreveu|schreef.{0,80}|skrev.{0,80}|napisał\(?a?\)?|написал\(?а?\)?|kirjoitti|yazdı|写道|のメール)\s?[:：]$/i;
const ATTRIBUTION_MAX = 300;

const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/** A node's text with all white space as single spaces. */
export function textOf(node: Node | null): string {
  return (node?.textContent ?? '').replace(/[\s\u00a0\u200b]+/g, ' ').trim();
}

function isAttribution(text: string): boolean {
  return text.length <= ATTRIBUTION_MAX && ATTRIBUTION.test(text);
}

function tailFrom(first: Node): Node[] {
  const nodes: Node[] = [];
  for (let node: Node | null = first; node; node = node.nextSibling) nodes.push(node);
  return nodes;
}

/** «On … wrote:» right before a quote belongs to it. */
function withAttribution(quote: Node): Node[] {
  const nodes: Node[] = [quote];
  let before = quote.previousSibling;
  while (before && textOf(before) === '') {
    nodes.unshift(before);
    before = before.previousSibling;
  }
  return before && isAttribution(textOf(before)) ? [before, ...nodes] : [quote];
}

function markedQuotes(root: Element): Node[][] {
  const found = [...root.querySelectorAll(QUOTE_SELECTOR)];
  const outer = found.filter(
    (element) => !found.some((other) => other !== element && other.contains(element)),
  );
  return outer.flatMap((element) => {
    if (element.matches(TAIL_SELECTOR)) return [tailFrom(element)];
    // The line above a Thunderbird quote comes with the blockquote that follows it.
    if (element.matches('.moz-cite-prefix')) return [];
    return [withAttribution(element)];
  });
}

/** A quoted header («From: … Sent: …») without mark-up: from there on everything is quoted. */
function headerQuotes(root: Element): Node[][] {
  for (const element of root.querySelectorAll('p, div, td, span, b')) {
    const text = textOf(element);
    if (!HEADER.test(text) && !ORIGINAL_MARK.test(text)) continue;
    let top: Element = element;
    while (top.parentElement && top.parentElement !== root && textOf(top.parentElement).startsWith(text)) {
      top = top.parentElement;
    }
    return [tailFrom(top)];
  }
  return [];
}

type Line = { readonly nodes: Node[]; text: string };

/** Where line breaks of the text count, each line becomes a text node of its own (which looks the same). */
function splitTextLines(host: Element): void {
  for (const node of [...host.childNodes]) {
    let rest: Node | null = node;
    while (rest && rest.nodeType === TEXT_NODE) {
      const end: number = (rest.textContent ?? '').indexOf('\n') + 1;
      if (end === 0 || end === (rest.textContent ?? '').length) break;
      rest = (rest as Text).splitText(end);
    }
  }
}

function keepsLineBreaks(element: Element): boolean {
  return element.nodeName === 'PRE' || /pre-wrap|pre-line/.test(element.getAttribute('style') ?? '');
}

function linesOf(host: Element): Line[] {
  const isPreformatted = keepsLineBreaks(host);
  if (isPreformatted) splitTextLines(host);
  const lines: Line[] = [{ nodes: [], text: '' }];
  for (const node of host.childNodes) {
    const line = lines.at(-1);
    const text = node.textContent ?? '';
    line?.nodes.push(node);
    if (line) line.text += text;
    if (node.nodeName === 'BR' || (isPreformatted && text.endsWith('\n')))
      lines.push({ nodes: [], text: '' });
  }
  return lines.filter((line) => line.nodes.length > 0);
}

const isQuoted = (line: Line | undefined): boolean => line !== undefined && /^\s*>/.test(line.text);

/** «On … wrote:» above quoted lines, on one line or broken in two. */
function attributionAbove(lines: readonly Line[], first: number): Line[] {
  const above = lines.slice(Math.max(0, first - 3), first);
  for (const count of [1, 2, 3]) {
    const taken = above.slice(-count);
    const text = taken
      .map((line) => line.text.replace(/\s+/g, ' ').trim())
      .join(' ')
      .trim();
    const startsWithText = taken[0]?.text.trim() !== '';
    if (startsWithText && isAttribution(text) && /^\S.*\d/.test(text)) return taken;
  }
  return [];
}

/** Plain text: runs of lines that begin with «>». */
function plainQuotes(host: Element): Node[][] {
  const lines = linesOf(host);
  const runs: Line[][] = [];
  lines.forEach((line, index) => {
    if (!isQuoted(line)) return;
    if (isQuoted(lines[index - 1])) runs.at(-1)?.push(line);
    else runs.push([...attributionAbove(lines, index), line]);
  });
  return runs.map((run) => run.flatMap((line) => line.nodes));
}

function plainHosts(root: Element): Element[] {
  return [root, ...root.querySelectorAll('div, p, pre, td')].filter((element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === TEXT_NODE && /^\s*>/m.test(node.textContent ?? ''),
    ),
  );
}

/**
 * The quotes of a message, each as sibling nodes in order. Marked-up quotes are believed first; only where
 * there are none, headers and then «>» lines are looked for.
 */
export function findQuotes(root: Element): Node[][] {
  const marked = markedQuotes(root);
  if (marked.length > 0) return marked;
  const headers = headerQuotes(root);
  return headers.length > 0 ? headers : plainHosts(root).flatMap(plainQuotes);
}

/** Whether a node shows something: text, or a picture. */
export function isContent(node: Node): boolean {
  if (node.nodeType === TEXT_NODE) return textOf(node) !== '';
  return node.nodeType === ELEMENT_NODE && node.nodeName === 'IMG';
}
