import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { Input } from './Input.tsx';

/** A short number with what it counts beside it. */
export function NumberInput({ unit, className, ...rest }: ComponentProps<'input'> & { unit?: string }) {
  return (
    <div className={classes('flex items-center gap-2', className)}>
      <Input inputMode="numeric" spellCheck={false} className="max-w-24 tabular-nums" {...rest} />
      {unit && <span className="text-soft">{unit}</span>}
    </div>
  );
}
