const MAC = /mac|iphone|ipad/i;

/** Whether the person's keyboard has ⌘ instead of Ctrl. */
function isMac(): boolean {
  return typeof navigator !== 'undefined' && MAC.test(navigator.platform);
}

const WORDS: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Backspace: '⌫',
};

function keyCap(part: string, mac: boolean): string {
  if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
  if (part === 'Shift') return mac ? '⇧' : 'Shift';
  return WORDS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The caps of a binding as people read them: `Mod+Enter` → [['Ctrl', '↵']], `g m` → [['G'], ['M']]. */
export function keyCaps(keys: string, mac = isMac()): string[][] {
  return keys.split(' ').map((chord) => chord.split(/\+(?=.)/).map((part) => keyCap(part, mac)));
}

/** One line for tooltips and aria-keyshortcuts-like hints: `Ctrl ↵`, `G then M`. */
export function keyText(keys: string, mac = isMac()): string {
  return keyCaps(keys, mac)
    .map((caps) => caps.join(mac ? '' : '+'))
    .join(' then ');
}
