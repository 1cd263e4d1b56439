import { describe, expect, it } from 'vitest';
import { contentDisposition, inlineType, parseRange } from './download.ts';

describe('parseRange', () => {
  it.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=10-1000', { start: 10, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', null],
    ['bytes=0-1,5-6', null],
    ['lines=1-2', null],
  ])('%s', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });
});

describe('contentDisposition', () => {
  it('keeps every name inside its header', () => {
    expect(contentDisposition('attachment', 'a"b\r\nX-Evil: 1.png')).toBe(
      `attachment; filename="a_b__X-Evil: 1.png"; filename*=UTF-8''a%22b%0D%0AX-Evil%3A%201.png`,
    );
    expect(contentDisposition('inline', '名.png')).toContain("filename*=UTF-8''%E5%90%8D.png");
  });
});

describe('inlineType', () => {
  it('never shows what could run', () => {
    expect(inlineType('text/html')).toBeNull();
    expect(inlineType('image/svg+xml')).toBeNull();
    expect(inlineType('IMAGE/PNG')).toBe('image/png');
  });
});
