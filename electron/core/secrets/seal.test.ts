import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSealed, KEY_BYTES, keyIdOf, openText, sealText } from './seal.ts';

const key = randomBytes(KEY_BYTES);
const binding = { workspaceId: 'desk1', purpose: 'totp 12' };

describe('sealText', () => {
  it('opens to what was sealed, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(openText(key, sealText(key, plain, binding), binding)).toBe(plain);
      }),
    );
  });

  it('writes the same secret differently each time and never in the clear', () => {
    const plain = 'GEZDGNBVGY3TQOJQ';
    const texts = Array.from({ length: 50 }, () => sealText(key, plain, binding));
    expect(new Set(texts).size).toBe(50);
    for (const text of texts) {
      expect(text).toMatch(/^sealed1:[0-9a-f]{16}:[\w-]+$/);
      expect(text).toContain(keyIdOf(key));
      expect(text).not.toContain(plain);
      expect(text).not.toContain(Buffer.from(plain).toString('base64url'));
      expect(isSealed(text)).toBe(true);
    }
    expect(isSealed(plain)).toBe(false);
  });

  it('opens with its own key, workspace and purpose only', () => {
    const sealed = sealText(key, 'secret', binding);
    expect(openText(randomBytes(KEY_BYTES), sealed, binding)).toBeUndefined();
    expect(openText(key, sealed, { ...binding, purpose: 'totp 13' })).toBeUndefined();
    expect(openText(key, sealed, { ...binding, workspaceId: 'desk2' })).toBeUndefined();
    // The same letters, cut elsewhere.
    expect(openText(key, sealed, { workspaceId: 'desk1totp', purpose: ' 12' })).toBeUndefined();
  });

  it('refuses a text of which a single character was changed', () => {
    const sealed = sealText(key, 'secret', binding);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      expect(openText(key, sealed.slice(0, at) + other + sealed.slice(at + 1), binding)).toBeUndefined();
    }
  });

  it('refuses every truncation, and what is no sealed text at all', () => {
    const sealed = sealText(key, 'secret', binding);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(openText(key, sealed.slice(0, length), binding)).toBeUndefined();
    }
    for (const text of ['secret', `${sealed}A`, `${sealed}=`, ` ${sealed}`, `${sealed}:x:y`.slice(1)]) {
      expect(openText(key, text, binding)).toBeUndefined();
    }
  });

  it('does not take another key that claims the same id', () => {
    const sealed = sealText(key, 'secret', binding);
    const other = randomBytes(KEY_BYTES);
    const claimed = sealed.replace(keyIdOf(key), keyIdOf(other));
    expect(openText(other, claimed, binding)).toBeUndefined();
  });
});
