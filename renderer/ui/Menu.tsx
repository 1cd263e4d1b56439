import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type LucideIcon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

const panel =
  'z-50 min-w-48 max-w-80 max-h-(--radix-dropdown-menu-content-available-height) overflow-y-auto animate-float-in rounded-lg bg-float p-1 shadow-float';
const itemLook =
  'flex min-h-8 select-none items-center gap-2 rounded-sm px-2 outline-none data-disabled:opacity-45 data-highlighted:bg-hover data-[state=open]:bg-hover';

/** A menu that opens from `trigger` (one focusable element). */
export function Menu({
  trigger,
  children,
  align = 'start',
  side = 'bottom',
  open,
  onOpenChange,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const control = open === undefined ? {} : { open };
  return (
    <Radix.Root {...control} {...(onOpenChange ? { onOpenChange } : {})} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={panel}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  icon,
  mark,
  keys,
  tone = 'plain',
  disabled = false,
  isChecked,
  onSelect,
  children,
}: {
  icon?: LucideIcon;
  mark?: ReactNode;
  keys?: string | undefined;
  tone?: 'plain' | 'danger';
  disabled?: boolean;
  /** Shows a tick: this is the present value. */
  isChecked?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  const inside = (
    <>
      {icon && <Icon of={icon} className={tone === 'danger' ? undefined : 'text-soft'} />}
      {mark}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isChecked && <Icon of={Check} size={14} className="text-accent-ink" />}
      {keys && <Kbd keys={keys} />}
    </>
  );
  const className = classes(itemLook, tone === 'danger' && 'text-danger-ink');
  return isChecked === undefined ? (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={className}>
      {inside}
    </Radix.Item>
  ) : (
    <Radix.CheckboxItem checked={isChecked} disabled={disabled} onSelect={onSelect} className={className}>
      {inside}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 font-medium text-faint text-small">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
