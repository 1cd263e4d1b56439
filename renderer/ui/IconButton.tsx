import type { ComponentProps } from 'react';
import { BUSY } from './busy.ts';
import { classes } from './classes.ts';
import { Icon, type LucideIcon } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon;
  /** The name: read by screen readers and shown in the tooltip. */
  label: string;
  keys?: string | undefined;
  size?: 'small' | 'medium';
  /** For a toggle: whether it is on. */
  isPressed?: boolean | undefined;
  /** Work is under way: it can't be pressed again. */
  isBusy?: boolean;
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
};

/** A control that is only an icon: always named, always with a tooltip that shows its key. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, size = 'medium', isPressed, tooltipSide, isBusy, className, ...rest } = props;
  return (
    <Tooltip text={label} keys={keys} side={tooltipSide ?? 'bottom'}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isPressed}
        className={classes(
          'inline-grid shrink-0 place-items-center rounded-md text-soft transition-colors',
          'enabled:hover:bg-hover enabled:hover:text-text enabled:active:bg-active disabled:opacity-40 aria-busy:opacity-40',
          'data-[state=open]:bg-hover data-[state=open]:text-text',
          isPressed === true && 'bg-hover text-text',
          size === 'small' ? 'size-6' : 'size-7',
          className,
        )}
        {...rest}
        {...(isBusy ? BUSY : {})}
      >
        <Icon of={icon} />
      </button>
    </Tooltip>
  );
}
