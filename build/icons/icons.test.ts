import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../lib/paths.ts';
import { icnsTypes } from './containers.ts';

const folder = fromRoot('build', 'icons');
const read = (name: string) => readFileSync(path.join(folder, name));

/** Width and height as the PNG's first chunk says (PNG specification 11.2.1), or undefined for no PNG. */
function pngSize(png: Buffer): [width: number, height: number] | undefined {
  const isPng = png.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return isPng ? [png.readUInt32BE(16), png.readUInt32BE(20)] : undefined;
}

describe('the icons', () => {
  it('are there in every size Linux asks for', () => {
    const files = globSync('linux/*.png', { cwd: folder });
    const sizes = files.map((file) => [path.basename(file, '.png'), pngSize(read(file))?.join('x')]);
    expect(sizes.length).toBeGreaterThanOrEqual(6);
    for (const [name, size] of sizes) expect(size).toBe(name);
    expect(pngSize(read('icon.png'))).toEqual([1024, 1024]);
  });

  it('are a Windows icon up to 256 pixels', () => {
    const ico = read('icon.ico');
    const count = ico.readUInt16LE(4);
    const sides = Array.from({ length: count }, (_, index) => {
      const at = 6 + 16 * index;
      const offset = ico.readUInt32LE(at + 12);
      const png = ico.subarray(offset, offset + ico.readUInt32LE(at + 8));
      expect(pngSize(png)?.[0]).toBe(ico[at] || 256);
      return ico[at] || 256;
    });
    expect(sides).toEqual(expect.arrayContaining([16, 32, 48, 256]));
  });

  it('are an Apple icon with every entry in its place', () => {
    const icns = read('icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const found: [string, number | undefined][] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      found.push([icns.toString('latin1', at, at + 4), pngSize(png)?.[0]]);
    }
    expect(found).toEqual(icnsTypes);
  });
});
