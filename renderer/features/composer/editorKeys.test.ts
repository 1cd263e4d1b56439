import { describe, expect, it } from 'vitest';
import { editorKey } from './editorKeys.ts';

const press = (key: string, modifiers: Partial<Parameters<typeof editorKey>[0]> = {}) =>
  editorKey({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    ...modifiers,
  });

describe('keys of the text field', () => {
  it.each([
    ['Enter', { ctrlKey: true }, 'send'],
    ['Enter', { metaKey: true }, 'send'],
    ['Enter', { ctrlKey: true, shiftKey: true }, 'send_and_close'],
    ['Enter', { metaKey: true, shiftKey: true }, 'send_and_close'],
    ['K', { ctrlKey: true, shiftKey: true }, 'link'],
    ['Escape', {}, 'leave'],
    ['Enter', {}, null],
    ['Enter', { shiftKey: true }, null],
    // Finishing a Japanese word with Enter must never send.
    ['Enter', { ctrlKey: true, isComposing: true }, null],
    ['Enter', { ctrlKey: true, altKey: true }, null],
    ['Escape', { isComposing: true }, null],
    ['k', { ctrlKey: true }, null],
  ] as const)('%s %o → %s', (key, modifiers, action) => {
    expect(press(key, modifiers)).toBe(action);
  });
});
