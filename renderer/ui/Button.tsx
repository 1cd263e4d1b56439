import type { ComponentProps } from 'react';
import { BUSY } from './busy.ts';
import { classes } from './classes.ts';
import { Icon, type LucideIcon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import { Spinner } from './Spinner.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-text enabled:hover:bg-hover enabled:active:bg-active',
  ghost:
    'text-soft enabled:hover:bg-hover enabled:hover:text-text enabled:active:bg-active data-[state=open]:bg-hover data-[state=open]:text-text',
  danger: 'bg-danger text-on-danger enabled:hover:bg-danger-hover',
};
const sizes: Record<ButtonSize, string> = {
  small: 'h-7 gap-1.5 px-2',
  medium: 'h-8 gap-2 px-3',
  large: 'h-10 gap-2 px-4',
};

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: LucideIcon | undefined;
  /** The key that does the same, shown inside the button. */
  keys?: string | undefined;
  /** Work is under way: the button keeps its width and can't be pressed again. */
  isBusy?: boolean;
};

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'medium', icon, keys, isBusy = false } = props;
  const { className, children, type = 'button', ...rest } = withoutOwn(props);
  return (
    <button
      type={type}
      className={classes(
        'relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors',
        'disabled:opacity-50 aria-busy:opacity-50',
        variants[variant],
        sizes[size],
        className,
      )}
      {...rest}
      {...(isBusy ? BUSY : {})}
    >
      <span className={classes('contents', isBusy && 'animate-late-out')}>
        {icon && <Icon of={icon} />}
        {children}
        {keys && (
          <Kbd keys={keys} tone={variant === 'primary' || variant === 'danger' ? 'onFill' : 'plain'} />
        )}
      </span>
      {isBusy && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner label="Working" tone="inherit" />
        </span>
      )}
    </button>
  );
}

function withoutOwn(props: ButtonProps): ComponentProps<'button'> {
  const { variant: _variant, size: _size, icon: _icon, keys: _keys, isBusy: _isBusy, ...rest } = props;
  return rest;
}
