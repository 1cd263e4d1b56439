import { ChevronDown } from 'lucide-react';
import { Button, Icon, Menu, MenuItem, Tooltip } from '../../ui/index.ts';

/** «Send» with «Send and close» behind it. Disabled, it says why. */
export function SendButton({
  label,
  block,
  isSending,
  onSend,
  onSendAndClose,
}: {
  label: string;
  /** Why it can't be pressed; null = it can. */
  block: string | null;
  isSending: boolean;
  onSend: () => void;
  onSendAndClose?: () => void;
}) {
  const isOff = block !== null || isSending;
  return (
    <span className="inline-flex shrink-0">
      <Tooltip text={block ?? label} keys={block === null ? 'Mod+Enter' : undefined} side="top">
        {/* aria-disabled keeps the tooltip, which says why, in reach of pointer and keyboard. */}
        <Button
          variant="primary"
          isBusy={isSending}
          aria-disabled={isOff || undefined}
          onClick={() => !isOff && onSend()}
          className={`${onSendAndClose ? 'rounded-r-none' : ''} aria-disabled:opacity-50`}
        >
          {label}
        </Button>
      </Tooltip>
      {onSendAndClose && (
        <Menu
          align="end"
          side="top"
          trigger={
            <Button
              variant="primary"
              disabled={isOff}
              aria-label="More ways to send"
              className="rounded-l-none border-on-accent/25 border-l px-1.5!"
            >
              <Icon of={ChevronDown} size={14} />
            </Button>
          }
        >
          <MenuItem keys="Mod+Enter" onSelect={onSend}>
            {label}
          </MenuItem>
          <MenuItem keys="Mod+Shift+Enter" onSelect={onSendAndClose}>
            {label} and close the ticket
          </MenuItem>
        </Menu>
      )}
    </span>
  );
}
