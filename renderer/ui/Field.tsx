import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, useContext, useId } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

export type FieldWiring = { id: string; describedBy: string | undefined; isInvalid: boolean };
const FieldContext = createContext<FieldWiring | null>(null);

/** Ids that tie a control to its label, help and error; null outside a Field. */
export function useField(): FieldWiring | null {
  return useContext(FieldContext);
}

/** What is wrong, beside what it is about; said aloud as it appears. */
export function FieldError({ id, error }: { id: string; error: string | null | undefined }) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {error && (
        <p id={id} className="flex items-start gap-1.5 text-danger-ink text-small">
          <Icon of={CircleAlert} size={14} className="mt-px" />
          {error}
        </p>
      )}
    </div>
  );
}

/** Label above, help below, error in words beside the control; wires ids for screen readers. */
export function Field({
  label,
  help,
  error,
  isOptional = false,
  children,
  className,
}: {
  label: string;
  help?: ReactNode;
  error?: string | null | undefined;
  isOptional?: boolean;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  const describedBy = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <FieldContext value={{ id, describedBy: describedBy || undefined, isInvalid: Boolean(error) }}>
      <div className={classes('flex flex-col gap-1.5', className)}>
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="font-medium text-text">
            {label}
          </label>
          {isOptional && <span className="text-faint text-small">Optional</span>}
        </div>
        {children}
        <FieldError id={`${id}-error`} error={error} />
        {help && (
          <p id={`${id}-help`} className="text-faint text-small">
            {help}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
