import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { useField } from './Field.tsx';
import { controlLook } from './Input.tsx';

/** Several lines of text, wired to its Field like Input. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  const field = useField();
  return (
    <textarea
      id={field?.id}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.isInvalid || undefined}
      className={classes(controlLook, 'min-h-20 resize-y py-1.5', className)}
      {...rest}
    />
  );
}
