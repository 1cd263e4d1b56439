import { describe, expect, it } from 'vitest';
import { resetAddress, secretOfHash, secretOfText } from './resetLink.ts';

const SECRET = 'aZ09'.repeat(10);

describe('reset links', () => {
  it('carry the secret where no server sees it', () => {
    const address = new URL(resetAddress('https://desk.example:8484', SECRET));
    expect(`${address.pathname}${address.search}`).toBe('/');
    expect(secretOfHash(address.hash)).toBe(SECRET);
  });

  it('are told from other addresses', () => {
    for (const hash of ['', '#', '#/tickets/12', '#/resets/x']) expect(secretOfHash(hash)).toBeNull();
  });

  it('may be pasted whole, or the code alone', () => {
    expect(secretOfText(` ${resetAddress('http://127.0.0.1:8484', SECRET)}\n`)).toBe(SECRET);
    expect(secretOfText(` ${SECRET} `)).toBe(SECRET);
  });
});
