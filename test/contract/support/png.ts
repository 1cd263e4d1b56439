import { crc32 } from 'node:zlib';

/** A valid 8×8 PNG. */
export const SMALL_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC',
  'base64',
);
const SIGNATURE_AND_HEADER = 33;
const CHUNK_FRAME = 12;

/** The same picture, padded by a text chunk to exactly `sizeBytes`. */
export function pngOf(sizeBytes: number): Buffer {
  const length = sizeBytes - SMALL_PNG.length - CHUNK_FRAME;
  const data = Buffer.concat([Buffer.from('tEXtc\0'), Buffer.alloc(length - 2, 'x')]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(length, 0);
  frame.writeUInt32BE(crc32(data), 4);
  return Buffer.concat([
    SMALL_PNG.subarray(0, SIGNATURE_AND_HEADER),
    frame.subarray(0, 4),
    data,
    frame.subarray(4),
    SMALL_PNG.subarray(SIGNATURE_AND_HEADER),
  ]);
}
