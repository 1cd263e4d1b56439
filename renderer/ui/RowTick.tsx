import { Check } from 'lucide-react';
import { classes } from './classes.ts';

/** The box at the start of a list's row: ticked when the row is chosen, else there while the pointer is over it. */
export function RowTick({ isChosen }: { isChosen: boolean }) {
  return (
    <span
      className={classes(
        'ml-2.5 grid size-3.5 place-items-center rounded-sm border',
        isChosen
          ? 'border-accent bg-accent text-on-accent'
          : 'border-line-control bg-surface opacity-0 group-hover/row:opacity-100',
      )}
    >
      {isChosen && <Check size={11} strokeWidth={2.5} aria-hidden="true" />}
    </span>
  );
}
