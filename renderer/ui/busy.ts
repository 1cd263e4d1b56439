import type { MouseEvent } from 'react';

/**
 * A button whose work is under way. Disabled, it would lose the focus to the window: the next keys of whoever pressed it
 * would be commands, out of an open dialog, too.
 */
export const BUSY = {
  'aria-busy': true,
  'aria-disabled': true,
  // No form either is sent a second time.
  onClick: (event: MouseEvent) => event.preventDefault(),
} as const;
