import type { ReactNode } from 'react';
import { classes } from './classes.ts';

const tones = {
  plain: 'bg-hover text-soft',
  accent: 'bg-accent-soft text-accent-ink',
  note: 'bg-note text-note-ink',
  danger: 'bg-danger-soft text-danger-ink',
};

/** A short word or number that belongs to something: a tag, a count, "draft". */
export function Badge({
  tone = 'plain',
  children,
  className,
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={classes(
        'inline-flex h-4.5 max-w-40 items-center gap-1 truncate rounded-sm px-1.5 font-medium text-[11px] leading-none tabular-nums',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
