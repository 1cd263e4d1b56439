import type { AboardSize } from '../../../shared/contract/aboard.ts';
import { Fact } from '../../ui/index.ts';
import { filesText, partOf } from './aboardText.ts';

/** How many tickets, messages and attachments, and how much of them is here. */
export function SizeFacts({ size }: { size: AboardSize }) {
  return (
    <>
      <Fact name="Tickets">{partOf(size.tickets, size.tickets)}</Fact>
      <Fact name="Messages">{partOf(size.messagesHere, size.messages)}</Fact>
      <Fact name="Attachments">
        {filesText(size)}
        {size.threadsMissing > 0 && (
          <span className="block text-faint text-small">
            {size.threadsMissing === 1 ? 'One ticket is' : `${size.threadsMissing} tickets are`} not read yet:
            number and size of their attachments are unknown.
          </span>
        )}
      </Fact>
    </>
  );
}
