import latinExtUrl from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import latinUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';

// The ranges of @fontsource-variable/inter's own style sheet, as far as these two files go.
const FACES = [
  {
    url: latinUrl,
    range:
      'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  },
  {
    url: latinExtUrl,
    range:
      'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  },
].map((face) => ({ ...face, characters: charactersOf(face.range) }));

/** What a `unicode-range` covers. */
function charactersOf(range: string): RegExp {
  const parts = range.split(',').map((part) => part.replace(/[0-9A-F]{2,}/g, (hex) => `\\u{${hex}}`));
  return new RegExp(`[${parts.join('').replaceAll('U+', '')}]`, 'u');
}

let bytes: Promise<ArrayBuffer[]> | null = null;

function load(): Promise<ArrayBuffer[]> {
  bytes ??= Promise.all(FACES.map(async ({ url }) => (await fetch(url)).arrayBuffer()));
  return bytes;
}

/**
 * Gives a mail's document the interface's typeface. Its policy forbids it to fetch anything, so the bytes come
 * from here; without them the mail stands in the system's own sans serif.
 */
export function lendFont(page: Document): void {
  const realm = page.defaultView;
  if (!realm) return;
  load().then(
    (files) => {
      const text = page.body.textContent;
      files.forEach((file, index) => {
        const face = FACES[index];
        // Each is read as a whole when it is made, for some milliseconds.
        if (!face?.characters.test(text)) return;
        const descriptors = { weight: '100 900', unicodeRange: face.range };
        page.fonts.add(new realm.FontFace('Inter Variable', file, descriptors));
      });
    },
    () => {
      bytes = null;
    },
  );
}
