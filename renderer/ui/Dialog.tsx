import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { returnFocus } from './focusReturn.ts';
import { IconButton } from './IconButton.tsx';

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-3xl' };

/** Into the first thing one types into; else the dialog itself, so that no button lies under a careless Enter. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLElement)) return;
  const field = event.target.querySelector<HTMLElement>(
    'input:not([type="hidden"], [hidden]), textarea, [contenteditable="true"], [role="combobox"]',
  );
  (field ?? event.target).focus();
}

/** The first Escape closes the list of an open combobox, the next one the dialog. */
function escapeIsForList(): boolean {
  const focused = document.activeElement;
  return focused?.getAttribute('role') === 'combobox' && focused.getAttribute('aria-expanded') === 'true';
}

/** A window over the window. Focus goes in, stays in, and returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'medium',
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, right-aligned, the main one last. */
  footer?: ReactNode;
  width?: keyof typeof widths;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={returnFocus}
          onEscapeKeyDown={(event) => escapeIsForList() && event.preventDefault()}
          tabIndex={-1}
          className={classes(
            'outline-none -translate-x-1/2 fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] w-[calc(100vw-32px)] animate-fade-in flex-col rounded-lg bg-float shadow-float',
            widths[width],
          )}
        >
          <div className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-heading">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton icon={X} label="Close" keys="Escape" className="-mr-1.5 -mt-1" />
            </Radix.Close>
          </div>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>}
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
