import { Check, ChevronsUpDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { useField } from './Field.tsx';
import { Icon } from './Icon.tsx';
import { controlLook } from './Input.tsx';

export type SelectOption = { value: string; label: string; mark?: ReactNode };

/** One of a short list. Values are strings (Radix's rule: never the empty one). */
export function Select({
  value,
  onValueChange,
  options,
  label,
  placeholder = 'Choose…',
  disabled = false,
  className,
}: {
  value: string | undefined;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  /** Names the control where no Field does. */
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
}) {
  const field = useField();
  return (
    <Radix.Root value={value ?? ''} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        id={field?.id}
        aria-label={label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.isInvalid || undefined}
        className={classes(
          controlLook,
          'flex h-8 items-center justify-between gap-2 text-left data-placeholder:text-faint',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Icon of={ChevronsUpDown} size={14} className="text-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-float-in overflow-hidden rounded-lg bg-float p-1 shadow-float"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-8 select-none items-center gap-2 rounded-sm pr-2 pl-2 outline-none data-highlighted:bg-hover"
              >
                {option.mark}
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="ml-auto text-accent-ink">
                  <Icon of={Check} size={14} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
