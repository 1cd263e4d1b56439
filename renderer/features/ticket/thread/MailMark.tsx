import { ArrowUpFromLine } from 'lucide-react';
import type { Message } from '../../../../shared/contract/tickets.ts';
import { Icon } from '../../../ui/index.ts';

/** What became of the mail that takes a message to the customer; nothing where none is to go out. */
export function MailMark({ mail, isShort = false }: { mail: Message['mail']; isShort?: boolean }) {
  if (mail === null) return null;
  const sentence = `The mail to ${mail.toEmail} is kept: it will be sent once e-mail is set up.`;
  return (
    <span
      title={sentence}
      className="inline-flex shrink-0 items-center gap-1 whitespace-nowrap text-faint text-small"
    >
      <Icon of={ArrowUpFromLine} size={14} />
      <span aria-hidden={true}>{isShort ? '' : 'Mail waits'}</span>
      <span className="sr-only">{sentence}</span>
    </span>
  );
}
