export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

export interface PictureFacts {
  readonly mediaType: PictureType;
  readonly width: number;
  readonly height: number;
}

const text = (bytes: Buffer, start: number, end: number): string => bytes.toString('latin1', start, end);

/** What a picture is by its own bytes, whatever its name and sender say; null for anything else. */
export function pictureFacts(bytes: Buffer): PictureFacts | null {
  try {
    return pngFacts(bytes) ?? webpFacts(bytes) ?? jpegFacts(bytes);
  } catch (error) {
    // It ends in the middle of its own header.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** PNG (RFC 2083): the signature, then IHDR. */
function pngFacts(bytes: Buffer): PictureFacts | null {
  if (text(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || text(bytes, 12, 16) !== 'IHDR') return null;
  return { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** WebP (RFC 9649): extended, lossless or lossy. */
function webpFacts(bytes: Buffer): PictureFacts | null {
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 12) !== 'WEBP') return null;
  const mediaType = 'image/webp';
  switch (text(bytes, 12, 16)) {
    case 'VP8X':
      return { mediaType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const size = bytes.readUInt32LE(21);
      return { mediaType, width: (size & 0x3fff) + 1, height: ((size >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { mediaType, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Start of frame, but for the three codes in that range which mean something else (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** JPEG: segments until the frame that tells the size. */
function jpegFacts(bytes: Buffer): PictureFacts | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; bytes.readUInt8(at) === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (!isFrame(bytes.readUInt8(at + 1))) continue;
    return { mediaType: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
  }
  return null;
}
