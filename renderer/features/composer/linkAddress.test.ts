import { describe, expect, it } from 'vitest';
import { linkAddress } from './linkAddress.ts';

describe('link address', () => {
  it.each([
    ['https://example.org/a', 'https://example.org/a'],
    [' example.org ', 'https://example.org'],
    ['localhost:8484/x', 'https://localhost:8484/x'],
    ['ann@example.org', 'mailto:ann@example.org'],
    ['mailto:ann@example.org', 'mailto:ann@example.org'],
    ['tel:+4930', 'tel:+4930'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,x', null],
    ['two words', null],
    ['', null],
  ])('%s → %s', (typed, address) => {
    expect(linkAddress(typed)).toBe(address);
  });
});
