import { classes } from './classes.ts';
import { initialsOf } from './initials.ts';

/** Initials in a disc; decoration, the name stands beside it. Neutral on purpose: colour means status here. */
export function Avatar({
  name,
  size = 'medium',
  tone = 'plain',
}: {
  name: string;
  size?: 'small' | 'medium' | 'large';
  tone?: 'plain' | 'accent';
}) {
  const sizes = { small: 'size-5 text-[9px]', medium: 'size-7 text-[11px]', large: 'size-10 text-ui' };
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-grid shrink-0 select-none place-items-center rounded-full font-semibold',
        tone === 'accent' ? 'bg-accent-soft text-accent-ink' : 'bg-active text-soft',
        sizes[size],
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
