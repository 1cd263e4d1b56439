const PREFIX = 'sd-';
const OPENING = /^<div class="sd-([A-Za-z0-9]{20,40})">/;
const CLOSING = '</div>';

/** How many letters a marker has: enough that no two desks ever draw the same. */
export const MARKER_LENGTH = 24;

/** Wraps a body so that it is found again: HTMLPurifier keeps `class` (design §7). */
export function withMarker(marker: string, bodyHtml: string): string {
  return `<div class="${PREFIX}${marker}">${bodyHtml}${CLOSING}`;
}

/** The reference cuts longer bodies without a word (behaviour.md 3.2), and with their end the closing tag. */
const CUT_BYTES = 65_535 - 3;

/** The marker that a body *starts* with (a quoted one further down proves nothing), and the body without it. */
export function takeMarker(bodyHtml: string): { readonly marker: string | null; readonly bodyHtml: string } {
  const trimmed = bodyHtml.trim();
  const found = OPENING.exec(trimmed);
  if (!found?.[1]) return { marker: null, bodyHtml };
  const body = trimmed.slice(found[0].length);
  if (body.endsWith(CLOSING)) return { marker: found[1], bodyHtml: body.slice(0, -CLOSING.length) };
  const isCut = new TextEncoder().encode(bodyHtml).length >= CUT_BYTES;
  return isCut ? { marker: found[1], bodyHtml: body } : { marker: null, bodyHtml };
}
