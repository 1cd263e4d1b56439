import { Parser } from 'htmlparser2';
import { LIMITS } from '../../../shared/limits.ts';
import { cutText } from './cutText.ts';
import { ownWords } from './quotes.ts';
import { TextWriter } from './textWriter.ts';

/** A preview never looks further into a body than this. */
const PREVIEW_SOURCE = 2_000;
const CHUNK = 4_000;
const QUOTE_CLASS =
  /\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote)\b/;

/** The readable text of a message body: for search, previews and the plain view. Never throws. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  // What the API stored as plain text has no tags; its line breaks are all the layout it has.
  if (!html.includes('<')) writer.open('pre');
  const parser = new Parser({
    onopentagname: (name) => writer.open(name),
    ontext: (text) => writer.add(text),
    onclosetag: (name) => writer.close(name),
  });
  parser.end(html);
  return writer.result().trim();
}

/** The first LIMITS.previewLength characters in one line, leaving quotes out unless there is nothing else. */
export function previewOf(html: string): string {
  const text = ownWords(startOutsideQuotes(html)) || htmlToText(html.slice(0, PREVIEW_SOURCE));
  return cutText(text.replace(/\s+/g, ' ').trim(), LIMITS.previewLength);
}

function startOutsideQuotes(html: string): string {
  const writer = new TextWriter();
  if (!html.includes('<')) writer.open('pre');
  let quoteDepth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (quoteDepth > 0 || name === 'blockquote' || QUOTE_CLASS.test(attributes.class ?? ''))
        quoteDepth += 1;
      else writer.open(name);
    },
    ontext(text) {
      if (quoteDepth === 0) writer.add(text);
    },
    onclosetag(name) {
      // The parser closes everything it opened, void tags too, innermost first.
      if (quoteDepth > 0) quoteDepth -= 1;
      else writer.close(name);
    },
  });
  for (let at = 0; at < html.length && writer.length() < PREVIEW_SOURCE; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
  }
  parser.end();
  return writer.result();
}
