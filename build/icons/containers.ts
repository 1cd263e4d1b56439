/** A square PNG and the length of its side in pixels. */
export type Image = { side: number; png: Buffer };

/** ICO with PNG inside, as Windows reads since Vista: a head of 6 bytes, 16 per image, then the images. */
export function makeIco(images: Image[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2); // Icon, not cursor.
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ side, png }, index) => {
    const at = 6 + 16 * index;
    const byte = side === 256 ? 0 : side; // One byte: zero stands for 256.
    head.set([byte, byte, 0, 0, 1, 0, 32, 0], at);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** Apple's names for PNG entries: plain sizes, then the same points at double density. */
export const icnsTypes: readonly [type: string, side: number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** ICNS: a head of 8 bytes, then per image a type, its length with this head, and the PNG. */
export function makeIcns(images: Image[]): Buffer {
  const entries = icnsTypes.flatMap(([type, side]) => {
    const image = images.find((candidate) => candidate.side === side);
    return image ? [entry(type, image.png)] : [];
  });
  return entry('icns', Buffer.concat(entries));
}

function entry(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
