/** What the keys of the text field do beyond writing. */
export type EditorKey = 'send' | 'send_and_close' | 'link' | 'leave';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'>;

/** Ctrl and ⌘ both count, on every system (features.md 5.1); never while an input method composes. */
export function editorKey(event: KeyPress): EditorKey | null {
  if (event.isComposing || event.altKey) return null;
  const mod = event.ctrlKey || event.metaKey;
  if (mod && event.key === 'Enter') return event.shiftKey ? 'send_and_close' : 'send';
  if (mod && event.shiftKey && event.key.toLowerCase() === 'k') return 'link';
  return event.key === 'Escape' && !mod && !event.shiftKey ? 'leave' : null;
}
