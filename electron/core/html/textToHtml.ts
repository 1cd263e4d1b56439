import { LinkifyIt } from 'linkify-it';

const links = new LinkifyIt({ fuzzyLink: true });
/** A mail of a million links is an attack; past this the rest is plain. */
const MOST_LINKS_TEXT = 200_000;
const PGP_BLOCK = /^-----BEGIN PGP /m;

/**
 * Plain text as the HTML we store: escaped, addresses linked, a paragraph per blank line, `<br />` per line break,
 * lines quoted with `>` as blockquotes. An inline PGP block stays as it is (email-checklist B16).
 * `htmlToText` gives the words back.
 */
export function textToHtml(text: string): string {
  const normal = text.replace(/\r\n?/g, '\n');
  if (normal.trim() === '') return '';
  if (PGP_BLOCK.test(normal)) return `<pre>${escapeHtml(normal)}</pre>`;
  return quoteLevels(normal.split('\n'));
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const DEEPEST_QUOTE = 20;
// `>From ` is mbox escaping and `>>` nested quoting; `->` or `>:(` at the start of a line is neither.
const QUOTE_MARKS = /^((?:>[ \t]?)+)/;

function quoteLevels(lines: readonly string[]): string {
  let html = '';
  let depth = 0;
  let block: string[] = [];
  const flush = () => {
    html += paragraphs(block);
    block = [];
  };
  for (const line of lines) {
    const marks = QUOTE_MARKS.exec(line)?.[1] ?? '';
    const level = Math.min(marks.split('>').length - 1, DEEPEST_QUOTE);
    if (level !== depth) {
      flush();
      html += level > depth ? '<blockquote>'.repeat(level - depth) : '</blockquote>'.repeat(depth - level);
      depth = level;
    }
    block.push(line.slice(marks.length));
  }
  flush();
  return html + '</blockquote>'.repeat(depth);
}

function paragraphs(lines: readonly string[]): string {
  let html = '';
  let open: string[] = [];
  const flush = () => {
    if (open.length > 0) html += `<p>${open.join('<br />\n')}</p>\n`;
    open = [];
  };
  for (const line of lines) {
    if (line.trim() === '') flush();
    else open.push(lineToHtml(line.trimEnd()));
  }
  flush();
  return html;
}

/** Runs of spaces carry the layout of hand-made tables. */
function lineToHtml(line: string): string {
  const spaced = line
    .replaceAll('\t', '    ')
    .replace(/ {2,}|^ /g, (run) => `${'\u00a0'.repeat(run.length)}`);
  if (spaced.length > MOST_LINKS_TEXT || !/[.@]|:\/\//.test(spaced)) return escapeHtml(spaced);
  let html = '';
  let done = 0;
  for (const link of links.match(spaced) ?? []) {
    html += escapeHtml(spaced.slice(done, link.index));
    html += anchor(link.url, spaced.slice(link.index, link.lastIndex), link.schema === '');
    done = link.lastIndex;
  }
  return html + escapeHtml(spaced.slice(done));
}

function anchor(url: string, text: string, isGuess: boolean): string {
  // `readme.md` and `invoice.pl` are file names far more often than hosts.
  if (isGuess && !/^www\./i.test(text)) return escapeHtml(text);
  // Only what purifyHtml would leave as it is becomes a link.
  if (!/^(?:https?|ftp|mailto):[^\s"'<>\\^`{|}]+$/i.test(url)) return escapeHtml(text);
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}
