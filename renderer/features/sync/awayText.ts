import type { AwayNews } from '../../../shared/contract/sync.ts';
import { grouped } from './syncText.ts';

/** «31 replies in 9 tickets». */
export function newsText({ kind, amount, ticketCount }: AwayNews): string {
  const number = grouped.format(amount);
  switch (kind) {
    case 'new':
      return amount === 1 ? '1 new ticket' : `${number} new tickets`;
    case 'replies': {
      const tickets = ticketCount === 1 ? 'one ticket' : `${grouped.format(ticketCount)} tickets`;
      return `${amount === 1 ? '1 reply' : `${number} replies`} in ${tickets}`;
    }
    case 'closed':
      return `${number} closed by others`;
  }
}

export function undecidedText(count: number): string {
  return count === 1 ? '1 of yours needs a decision' : `${grouped.format(count)} of yours need a decision`;
}
