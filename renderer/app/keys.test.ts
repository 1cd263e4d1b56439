// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { chordOf, isSingleKey, type KeyPress, SEQUENCE_MS, stepKeys } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  altGraph: false,
  ...more,
});

describe('chordOf', () => {
  it.each<[string, KeyPress, string | null]>([
    ['a letter', press('j'), 'j'],
    ['with Shift', press('J', { shiftKey: true }), 'Shift+j'],
    ['with Caps Lock', press('J'), 'j'],
    ['Ctrl', press('k', { ctrlKey: true }), 'Mod+k'],
    ['Command', press('k', { metaKey: true }), 'Mod+k'],
    ['Shift only reaches the sign', press('?', { shiftKey: true }), '?'],
    ['/ is Shift+7 on a German keyboard', press('/', { shiftKey: true, code: 'Digit7' }), '/'],
    ['a named key with Shift', press('ArrowDown', { shiftKey: true }), 'Shift+ArrowDown'],
    ['Delete', press('Delete'), 'Delete'],
    ['the space bar', press(' '), 'Space'],
    ['a Cyrillic letter, by its place', press('о', { code: 'KeyJ' }), 'j'],
    ['Ctrl with a Greek letter, by its place', press('κ', { code: 'KeyK', ctrlKey: true }), 'Mod+k'],
    ['a German umlaut stays itself', press('ö', { code: 'Semicolon' }), 'ö'],
    ['é stays itself, though it sits on a key', press('é', { code: 'KeyE' }), 'é'],
    ['Alt is never ours', press('j', { altKey: true }), null],
    ['Option writes signs', press('@', { altKey: true, code: 'KeyL' }), null],
    ['AltGr writes signs', press('[', { altKey: true, ctrlKey: true, altGraph: true }), '['],
    ['a modifier alone', press('Shift', { shiftKey: true }), null],
    ['an input method at work', press('Process'), null],
  ])('%s', (_name, given, chord) => {
    expect(chordOf(given)).toBe(chord);
  });
});

describe('isSingleKey', () => {
  it.each([
    ['j', true],
    ['Shift+j', true],
    ['g m', true],
    ['?', true],
    ['Mod+k', false],
    ['Delete', false],
    ['Escape', false],
    ['F1', false],
  ])('%s: %s', (keys, isSingle) => {
    expect(isSingleKey(keys)).toBe(isSingle);
  });
});

describe('stepKeys', () => {
  const bindings = ['j', 'g m', 'g a', 'a', 'Mod+k'];

  it('matches at once, or waits for the second key', () => {
    expect(stepKeys(null, 'j', 0, bindings)).toEqual({ match: 'j', pending: null });
    expect(stepKeys(null, 'g', 5, bindings)).toEqual({ match: null, pending: { chord: 'g', at: 5 } });
    expect(stepKeys({ chord: 'g', at: 5 }, 'a', 6, bindings)).toEqual({ match: 'g a', pending: null });
  });

  it('forgets a sequence that took too long or went elsewhere', () => {
    const late = SEQUENCE_MS + 6;
    expect(stepKeys({ chord: 'g', at: 5 }, 'a', late, bindings)).toEqual({ match: 'a', pending: null });
    expect(stepKeys({ chord: 'g', at: 5 }, 'j', 6, bindings)).toEqual({ match: 'j', pending: null });
    expect(stepKeys({ chord: 'g', at: 5 }, 'x', 6, bindings)).toEqual({ match: null, pending: null });
  });
});
