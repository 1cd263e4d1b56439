import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

/** A tick with its words beside it. `label` may be hidden from sight, never from screen readers. */
export function Checkbox({
  checked,
  onCheckedChange,
  label,
  help,
  isLabelHidden = false,
  disabled = false,
  className,
}: {
  checked: boolean | 'indeterminate';
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  help?: ReactNode;
  isLabelHidden?: boolean;
  disabled?: boolean;
  className?: string;
}) {
  const id = useId();
  return (
    <div className={classes('flex items-start gap-2', className)}>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        className={classes(
          'mt-px grid size-4 shrink-0 place-items-center rounded-sm border border-line-control bg-surface text-on-accent transition-colors disabled:opacity-50',
          'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        )}
      >
        <Radix.Indicator>
          {checked === 'indeterminate' ? (
            <Minus size={12} strokeWidth={2.5} aria-hidden="true" />
          ) : (
            <Check size={12} strokeWidth={2.5} aria-hidden="true" />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <div className={isLabelHidden ? 'sr-only' : undefined}>
        <label htmlFor={id}>{label}</label>
        {help && (
          <p id={`${id}-help`} className="text-faint text-small">
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
