import { AlignLeft, Copy, Link as LinkIcon, MoreHorizontal, TextQuote } from 'lucide-react';
import type { Message } from '../../../../shared/contract/tickets.ts';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { copyText, IconButton, Menu, MenuItem } from '../../../ui/index.ts';
import { plainText } from '../../composer/index.ts';
import { showToast } from '../../toasts/index.ts';
import { ticketHash } from '../ticketLink.ts';

function copy(text: string, said: string): void {
  copyText(text).then(
    () => showToast({ text: said }),
    () => showToast({ text: 'The clipboard could not be reached.', tone: 'danger' }),
  );
}

function linkTo(ticketId: TicketId, { id }: Message): string {
  const url = new URL(window.location.href);
  url.search = '';
  url.hash = ticketHash({ ticketId, messageId: id });
  return url.href;
}

/** What can be done with one message. */
export function MessageMenu({
  ticketId,
  message,
  isPlain,
  onPlain,
  onQuote,
}: {
  ticketId: TicketId;
  message: Message;
  isPlain: boolean;
  onPlain: (isPlain: boolean) => void;
  onQuote: () => void;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          icon={MoreHorizontal}
          size="small"
          label={`More about the message of ${message.authorName}`}
        />
      }
    >
      <MenuItem icon={TextQuote} onSelect={onQuote}>
        Quote in reply
      </MenuItem>
      <MenuItem icon={AlignLeft} isChecked={isPlain} onSelect={() => onPlain(!isPlain)}>
        View as plain text
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => copy(plainText(message.bodyHtml), 'Text copied')}>
        Copy text
      </MenuItem>
      <MenuItem icon={LinkIcon} onSelect={() => copy(linkTo(ticketId, message), 'Link copied')}>
        Copy link
      </MenuItem>
    </Menu>
  );
}
