import { describe, expect, it } from 'vitest';
import { safeFileName } from './fileName.ts';

describe('safeFileName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\log.txt', 'log.txt'],
    ['', 'file'],
    ['..', 'file'],
    ['a\u0000b\r\n.txt', 'ab.txt'],
    ['exe.\u202egpj', 'exe.gpj'],
    ['名前 🎉.png', '名前 🎉.png'],
  ])('%j becomes %j', (given, shown) => {
    expect(safeFileName(given)).toBe(shown);
  });

  it('keeps the extension of a name that is too long', () => {
    const name = safeFileName(`${'x'.repeat(500)}.tar.gz`);
    expect(name).toHaveLength(200);
    expect(name.endsWith('.gz')).toBe(true);
  });
});
