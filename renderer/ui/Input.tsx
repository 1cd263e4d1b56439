import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { useField } from './Field.tsx';

/** The look every control one types into shares. */
export const controlLook =
  'w-full min-w-0 rounded-md border border-line-control/55 bg-surface px-2.5 text-text transition-colors placeholder:text-faint hover:border-line-control focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger';

/** A line of text. Inside a Field it takes the label's id and the error's description. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  const field = useField();
  return (
    <input
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.isInvalid || undefined}
      className={classes(controlLook, 'h-8', className)}
      {...rest}
    />
  );
}
