import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/contract/errors.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Icon, type LucideIcon } from './Icon.tsx';

/** Nothing here: one sentence, one action, its key. */
export function EmptyState({
  icon,
  text,
  detail,
  action,
  className,
}: {
  icon?: LucideIcon;
  text: string;
  detail?: ReactNode;
  action?: { label: string; keys?: string; run: () => void };
  className?: string;
}) {
  return (
    <div
      className={classes('flex h-full flex-col items-center justify-center gap-3 p-8 text-center', className)}
    >
      {icon && <Icon of={icon} size={24} className="text-faint" />}
      <p className="max-w-80 text-balance text-soft">{text}</p>
      {detail && <div className="max-w-80 text-balance text-faint text-small">{detail}</div>}
      {action && (
        <Button onClick={action.run} keys={action.keys}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

/** Something failed: what, what to do, and the way to try again. */
export function ErrorState({
  error,
  onRetry,
  isRetrying = false,
  className,
}: {
  error: AppError;
  onRetry?: () => void;
  isRetrying?: boolean;
  className?: string;
}) {
  return (
    <div
      role="alert"
      className={classes('flex h-full flex-col items-center justify-center gap-3 p-8 text-center', className)}
    >
      <Icon of={CircleAlert} size={24} className="text-danger-ink" />
      <p className="max-w-96 text-balance">{error.message}</p>
      {onRetry && (
        <Button icon={RotateCw} onClick={onRetry} isBusy={isRetrying}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** The shape of what is to come; like the spinner it shows only after 300 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={classes('block animate-late rounded-sm bg-hover', className)} />;
}
