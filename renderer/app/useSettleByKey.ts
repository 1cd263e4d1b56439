import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { chordOfEvent } from './keyboard.ts';

const MOVES = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

/**
 * While the pane still rests on the ticket before (`isBehind`), a key that does not move on is meant for the one that
 * the list is at: it comes up before the key acts. Else an r would answer the old one, and go with it.
 */
export function useSettleByKey(isBehind: boolean, settleNow: () => void): void {
  useLayoutEffect(() => {
    if (!isBehind) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const chord = chordOfEvent(event);
      if (chord !== null && !MOVES.has(chord.replace('Shift+', ''))) flushSync(settleNow);
    };
    // Before the commands look at it.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  });
}
