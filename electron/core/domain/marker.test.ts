import { describe, expect, it } from 'vitest';
import { MARKER_LENGTH, takeMarker, withMarker } from './marker.ts';

const MARKER = 'a'.repeat(MARKER_LENGTH);
const marked = withMarker(MARKER, '<p>Hello</p>');

describe('the marker of a message', () => {
  it.each<[string, string, string | null, string]>([
    ['is taken off', marked, MARKER, '<p>Hello</p>'],
    ['may have space around it', `\n${marked} `, MARKER, '<p>Hello</p>'],
    ['proves nothing further down', `<p>x</p>${marked}`, null, `<p>x</p>${marked}`],
    ['proves nothing above an answer', `${marked}<p>My answer</p>`, null, `${marked}<p>My answer</p>`],
    [
      'proves nothing quoted',
      `<blockquote>${marked}</blockquote>`,
      null,
      `<blockquote>${marked}</blockquote>`,
    ],
  ])('%s', (_name, body, marker, bodyHtml) => expect(takeMarker(body)).toEqual({ marker, bodyHtml }));

  it('is found where the server cut the end off', () => {
    const cut = withMarker(MARKER, `<p>${'é'.repeat(40_000)}</p>`).slice(0, 32_788);
    expect(takeMarker(cut)).toMatchObject({ marker: MARKER });
    expect(takeMarker(cut.slice(0, 20_000)).marker).toBeNull();
  });
});
