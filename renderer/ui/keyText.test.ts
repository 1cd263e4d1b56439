// @vitest-environment node
import { expect, it } from 'vitest';
import { keyCaps, keyText } from './keyText.ts';

it.each([
  ['Mod+Enter', false, 'Ctrl+↵'],
  ['Mod+Enter', true, '⌘↵'],
  ['Shift+j', false, 'Shift+J'],
  ['g m', false, 'G then M'],
  ['?', false, '?'],
  ['Mod++', false, 'Ctrl++'],
  ['Delete', false, 'Del'],
])('%s (mac: %s) reads %s', (keys, mac, text) => {
  expect(keyText(keys, mac)).toBe(text);
});

it('keeps the presses of a sequence apart', () => {
  expect(keyCaps('g Shift+m', false)).toEqual([['G'], ['Shift', 'M']]);
});
