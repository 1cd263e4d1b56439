import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, readTokens, type Theme } from './contrast.ts';

const tokens = readTokens(readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8'));
const themes: readonly Theme[] = ['light', 'dark'];

const panes = [
  'surface',
  'surface-frame',
  'surface-sunken',
  'surface-hover',
  'surface-selected',
  'surface-float',
];
const statusInks = ['open-ink', 'awaiting-ink', 'answered-ink', 'progress-ink', 'closed-ink'];
const marks = [
  'open-mark',
  'awaiting-mark',
  'answered-mark',
  'progress-mark',
  'closed-mark',
  'line-control',
  'focus',
];

const texts: [string, string][] = [
  ...['text', 'text-soft', 'text-faint', 'accent-ink', 'danger-ink', ...statusInks].flatMap((ink) =>
    panes.map((pane): [string, string] => [ink, pane]),
  ),
  ['text', 'surface-active'],
  ['text-soft', 'surface-active'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['accent-ink', 'accent-soft'],
  ['danger-ink', 'danger-soft'],
  ['text', 'note-surface'],
  ['text-soft', 'note-surface'],
  ['note-ink', 'note-surface'],
  ['text', 'mark-highlight'],
  ['text-inverse', 'surface-inverse'],
  ['text-inverse-soft', 'surface-inverse'],
];
const shapes = marks.flatMap((mark) =>
  ['surface', 'surface-sunken', 'surface-selected', 'surface-float'].map((pane): [string, string] => [
    mark,
    pane,
  ]),
);

describe.each(themes)('the %s theme', (theme) => {
  it.each(texts)('reads %s on %s (4.5:1)', (ink, pane) => {
    expect(contrast(tokens, ink, pane, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('shows %s on %s (3:1)', (mark, pane) => {
    expect(contrast(tokens, mark, pane, theme)).toBeGreaterThanOrEqual(3);
  });
});

describe('readTokens', () => {
  it('finds every colour of the file', () => {
    expect(Object.keys(tokens).length).toBeGreaterThan(40);
  });

  it('knows black from white', () => {
    const plain = readTokens(
      '--a: light-dark(oklch(0 0 0), oklch(1 0 0)); --b: light-dark(oklch(1 0 0), oklch(1 0 0));',
    );
    expect(contrast(plain, 'a', 'b', 'light')).toBeCloseTo(21, 1);
    expect(contrast(plain, 'a', 'b', 'dark')).toBeCloseTo(1, 5);
  });
});
