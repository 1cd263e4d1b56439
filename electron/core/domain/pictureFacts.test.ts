import { describe, expect, it } from 'vitest';
import { pictureFacts } from './pictureFacts.ts';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const PNG = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 0], [0, 0, 0, 64]);
const APP0 = [0xff, 0xe0, 0, 4, 1, 2];
const JPEG = bytes([0xff, 0xd8], APP0, [0xff, 0xc2, 0, 17, 8, 0, 40, 0, 30, 3]);
const webp = (kind: string, rest: number[]) => bytes('RIFF', [0, 0, 0, 0], 'WEBP', kind, [0, 0, 0, 0], rest);

describe('what a picture is', () => {
  it.each([
    ['png', PNG, { mediaType: 'image/png', width: 256, height: 64 }],
    ['jpeg', JPEG, { mediaType: 'image/jpeg', width: 30, height: 40 }],
    [
      'webp, extended',
      webp('VP8X', [0, 0, 0, 0, 9, 0, 0, 19, 0, 0]),
      { mediaType: 'image/webp', width: 10, height: 20 },
    ],
    [
      'webp, lossless',
      webp('VP8L', [0x2f, 9, 0xc0, 4, 0]),
      { mediaType: 'image/webp', width: 10, height: 20 },
    ],
    [
      'webp, lossy',
      webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 10, 0, 20, 0]),
      { mediaType: 'image/webp', width: 10, height: 20 },
    ],
  ])('%s', (_name, content, facts) => {
    expect(pictureFacts(content)).toEqual(facts);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a GIF', bytes('GIF89a', [1, 0, 1, 0])],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', bytes('<html><body>')],
    ['a PNG without its header', PNG.subarray(0, 12)],
    ['a JPEG that ends in its header', JPEG.subarray(0, 9)],
    ['a JPEG without a frame', bytes([0xff, 0xd8], APP0, [0xff, 0xd9])],
    ['a WebP of an unknown kind', webp('ALPH', [0, 0, 0, 0])],
  ])('is nothing for %s', (_name, content) => {
    expect(pictureFacts(content)).toBeNull();
  });

  it('ends for every beginning of a picture', () => {
    for (const whole of [PNG, JPEG, webp('VP8X', [0, 0, 0, 0, 9, 0, 0, 19, 0, 0])])
      for (let length = 0; length < whole.length; length += 1)
        expect(() => pictureFacts(whole.subarray(0, length))).not.toThrow();
    // A segment that claims no length must not stand still.
    expect(pictureFacts(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0]))).toBeNull();
  });
});
