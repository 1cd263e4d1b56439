import type { ReactNode } from 'react';
import type { AboardSize } from '../../../shared/contract/aboard.ts';
import { filesText, partOf } from './aboardText.ts';

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4">
      <dt className="w-28 shrink-0 text-faint">{name}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  );
}

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
