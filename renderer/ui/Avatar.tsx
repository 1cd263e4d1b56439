import { useState } from 'react';
import { classes } from './classes.ts';
import { initialsOf } from './initials.ts';

/**
 * A person's picture, or their initials, in a disc; decoration, the name stands beside it. Neutral on purpose:
 * colour means status here.
 */
export function Avatar({
  name,
  picture = null,
  size = 'medium',
  tone = 'plain',
}: {
  name: string;
  /** Its address; null = none. */
  picture?: string | null;
  size?: 'small' | 'medium' | 'large' | 'huge';
  tone?: 'plain' | 'accent';
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const sizes = {
    small: 'size-5 text-[9px]',
    medium: 'size-7 text-[11px]',
    large: 'size-10 text-ui',
    huge: 'size-16 text-title',
  };
  const isShown = picture !== null && picture !== failed;
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-grid shrink-0 select-none place-items-center overflow-hidden rounded-full font-semibold',
        tone === 'accent' ? 'bg-accent-soft text-accent-ink' : 'bg-active text-soft',
        sizes[size],
      )}
    >
      {isShown ? (
        <img
          src={picture}
          alt=""
          draggable={false}
          className="size-full object-cover"
          onError={() => setFailed(picture)}
        />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}
