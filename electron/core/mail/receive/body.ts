import { htmlToText } from '../../html/text.ts';
import { decodeText } from './charset.ts';
import { decodeFlowed } from './flowed.ts';
import type { MimePart } from './mimeParts.ts';

/** One piece of the body, in the order of the mail. */
export type BodyPiece = { readonly kind: 'html' | 'text'; readonly content: string };

export interface ChosenBody {
  readonly pieces: readonly BodyPiece[];
  /** The parts that are body or a representation of it that is not shown; the rest are attachments. */
  readonly used: ReadonlySet<MimePart>;
}

const TEXT_TYPES = new Set(['text/plain', 'text/html']);
/** Alternatives nobody needs as a file when another one is shown (B19). */
const DROPPED_ALTERNATIVES = new Set([
  'text/plain',
  'text/html',
  'text/x-amp-html',
  'text/enriched',
  'text/watch-html',
]);

/**
 * Which parts are the body: of each multipart/alternative the HTML if it says anything, else the text (B5); of
 * several text parts side by side all, in order (B9).
 */
export function chooseBody(parts: readonly MimePart[]): ChosenBody {
  const pieces: BodyPiece[] = [];
  const used = new Set<MimePart>();
  const groups = groupByAlternative(parts.filter((part) => isBodyPart(part, parts)));
  for (const group of groups) {
    const chosen = group.isAlternative
      ? chooseAlternative(group.parts)
      : group.parts.filter((part) => TEXT_TYPES.has(part.mediaType));
    for (const part of chosen) {
      used.add(part);
      pieces.push(pieceOf(part));
    }
    if (!group.isAlternative || chosen.length === 0) continue;
    for (const part of group.parts) if (DROPPED_ALTERNATIVES.has(part.mediaType)) used.add(part);
  }
  return { pieces: pieces.filter((piece) => piece.content.trim() !== ''), used };
}

function isBodyPart(part: MimePart, all: readonly MimePart[]): boolean {
  if (!part.mediaType.startsWith('text/') || part.disposition === 'attachment') return false;
  const isAlone = all.length === 1;
  // A named text part is a file, unless it is all there is or a representation of the body.
  return part.fileName === null || isAlone || alternativeOf(part) !== null;
}

function alternativeOf(part: MimePart): number | null {
  return part.containers.findLast((container) => container.subtype === 'alternative')?.number ?? null;
}

function groupByAlternative(parts: readonly MimePart[]): { isAlternative: boolean; parts: MimePart[] }[] {
  const groups = new Map<string, { isAlternative: boolean; parts: MimePart[] }>();
  for (const [at, part] of parts.entries()) {
    const alternative = alternativeOf(part);
    const key = alternative === null ? `part ${at}` : `alternative ${alternative}`;
    const group = groups.get(key) ?? { isAlternative: alternative !== null, parts: [] };
    group.parts.push(part);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function chooseAlternative(parts: readonly MimePart[]): MimePart[] {
  const html = parts.filter((part) => part.mediaType === 'text/html');
  if (html.some((part) => htmlSaysSomething(pieceOf(part).content))) return html;
  const text = parts.filter((part) => part.mediaType === 'text/plain');
  return text.length > 0 ? text : html;
}

function htmlSaysSomething(html: string): boolean {
  return /<img\b/i.test(html) || htmlToText(html) !== '';
}

function pieceOf(part: MimePart): BodyPiece {
  const isHtml = part.mediaType === 'text/html';
  const text = decodeText(part.content, part.charset, isHtml);
  if (isHtml) return { kind: 'html', content: text };
  return { kind: 'text', content: part.isFlowed ? decodeFlowed(text, part.deletesSpace) : text };
}
