import { Parser } from 'htmlparser2';
import { cutText } from '../../html/cutText.ts';
import { htmlToText } from '../../html/text.ts';
import type { SourceReason, SourceRefused, SourceReply } from './dialect.ts';
import { type Fields, isFields } from './fields.ts';

const WORDS = 300;
const MAX_DEPTH = 8;

/** The object an answer holds, as JSON or XML; null when it is neither. */
export function fieldsOf(reply: SourceReply): Fields | null {
  // A byte order mark or a blank line before it is common with PHP.
  const text = reply.text.replace(/^[\s\uFEFF]+/, '');
  if (text.startsWith('{')) return readJson(text);
  return text.startsWith('<') && !/^<(?:!doctype )?html/i.test(text) ? readXml(text) : null;
}

function readJson(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

interface XmlNode {
  readonly children: [name: string, value: unknown][];
  text: string;
}

const contentOf = ({ children, text }: XmlNode): unknown =>
  children.length > 0 ? Object.fromEntries(children) : text.trim();

/** What the root element holds: elements as names, text as values. Entities of its own are not expanded. */
function readXml(text: string): Fields | null {
  const root: XmlNode = { children: [], text: '' };
  const open: XmlNode[] = [root];
  const parser = new Parser(
    {
      onopentagname() {
        open.push({ children: [], text: '' });
      },
      ontext(part) {
        const node = open.at(-1);
        if (node) node.text += part;
      },
      onclosetag(name) {
        const node = open.pop();
        if (node && open.length < MAX_DEPTH) open.at(-1)?.children.push([name, contentOf(node)]);
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  const value = root.children[0]?.[1];
  return isFields(value) ? value : null;
}

/** At most 300 characters in one line, as plain text. */
function plainWords(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim();
  return cutText(line, WORDS);
}

/** What an answer says that nobody understands: its status, where it sends one, its first words. */
export function wordsOf(reply: SourceReply): string {
  const { location, 'content-type': type = '' } = reply.headers;
  const words =
    /html/.test(type) || reply.text.trimStart().startsWith('<') ? htmlToText(reply.text) : reply.text;
  const said = location === undefined ? words : `it sends on to ${location}`;
  return plainWords([`HTTP ${reply.status}`, said].filter((part) => part.trim() !== '').join(': '));
}

/** A refusal in words of the other system that are known. */
export function refused(reason: SourceReason, message: string): SourceRefused {
  return { ok: false, reason, serverMessage: plainWords(message), isUnderstood: true };
}

/** It answered in another language than expected, or not at all as documented. */
export function notUnderstood(reply: SourceReply): SourceRefused {
  return { ok: false, reason: 'protocol', serverMessage: wordsOf(reply), isUnderstood: false };
}
