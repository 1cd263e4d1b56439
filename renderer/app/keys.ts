/** What a key event says, without the DOM. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr writes characters on many layouts; Windows reports it as Ctrl+Alt. */
  altGraph: boolean;
};

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/**
 * The binding a press stands for, in the registry's spelling; null for none. By character, not by position;
 * a letter of another script (Cyrillic, Greek) falls back to the physical key. Alt is never part of a binding:
 * Alt and Option write @ and brackets on many layouts (features.md 5.1).
 */
export function chordOf(press: KeyPress): string | null {
  if (MODIFIERS.has(press.key) || (press.altKey && !press.altGraph)) return null;
  const isMod = (press.ctrlKey || press.metaKey) && !press.altGraph;
  const key = keyName(press);
  const isLetter = /^[a-z]$/.test(key);
  // Shift is part of getting at «?» or «/», so it counts only with letters and named keys.
  const isShift = press.shiftKey && (isLetter || key.length > 1);
  return `${isMod ? 'Mod+' : ''}${isShift ? 'Shift+' : ''}${key}`;
}

function keyName({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space';
  if (key.length > 1) return key;
  const lower = key.toLowerCase();
  if (/^[a-z]$/.test(lower)) return lower;
  const physical = /^Key([A-Z])$/.exec(code)?.[1];
  return physical && /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key) ? physical.toLowerCase() : lower;
}

/** A started sequence: `g` was pressed at this time. */
export type Pending = { chord: string; at: number } | null;
export const SEQUENCE_MS = 1500;

/** Whether `keys` is a sequence like `g m`. */
const isSequence = (keys: string): boolean => keys.length > 1 && keys.includes(' ');

/** Whether a binding needs no modifier, so that it must not act while one types or when single keys are off. */
export function isSingleKey(keys: string): boolean {
  return keys.split(' ').every((chord) => /^(Shift\+)?.$/u.test(chord));
}

export type KeyStep = { match: string | null; pending: Pending };

/** Finds the binding that `chord` completes, or starts a sequence. */
export function stepKeys(pending: Pending, chord: string, at: number, bindings: readonly string[]): KeyStep {
  if (pending && at - pending.at <= SEQUENCE_MS) {
    const sequence = `${pending.chord} ${chord}`;
    if (bindings.includes(sequence)) return { match: sequence, pending: null };
  }
  if (bindings.includes(chord)) return { match: chord, pending: null };
  const starts = bindings.some((keys) => isSequence(keys) && keys.startsWith(`${chord} `));
  return { match: null, pending: starts ? { chord, at } : null };
}
