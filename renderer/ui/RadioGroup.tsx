import { RadioGroup as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

export type RadioOption<V extends string> = { value: V; label: ReactNode; help?: ReactNode };

/** One of a few, each with its words below it; the arrow keys choose. */
export function RadioGroup<V extends string>({
  label,
  help,
  value,
  onValueChange,
  options,
}: {
  label: string;
  help?: ReactNode;
  value: V;
  onValueChange: (value: V) => void;
  options: readonly RadioOption<V>[];
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-2">
      <span id={`${id}-label`} className="font-medium">
        {label}
      </span>
      <Radix.Root
        value={value}
        aria-labelledby={`${id}-label`}
        aria-describedby={help ? `${id}-help` : undefined}
        onValueChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen) onValueChange(chosen.value);
        }}
        className="flex flex-col gap-2"
      >
        {options.map((option, at) => (
          <div key={option.value} className="flex items-start gap-2">
            <Radix.Item
              id={`${id}-${at}`}
              value={option.value}
              aria-describedby={option.help ? `${id}-${at}-help` : undefined}
              className={classes(
                'mt-px grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface transition-colors',
                'data-[state=checked]:border-accent data-[state=checked]:bg-accent',
              )}
            >
              <Radix.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </Radix.Item>
            <div className="min-w-0">
              <label htmlFor={`${id}-${at}`} className="break-words">
                {option.label}
              </label>
              {option.help && (
                <p id={`${id}-${at}-help`} className="text-faint text-small">
                  {option.help}
                </p>
              )}
            </div>
          </div>
        ))}
      </Radix.Root>
      {help && (
        <p id={`${id}-help`} className="text-faint text-small">
          {help}
        </p>
      )}
    </div>
  );
}
