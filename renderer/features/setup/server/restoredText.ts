import type { RestoredCounts, RestoredStep } from '../../../../shared/contract/restored.ts';
import { plural } from '../../../../shared/util/plural.ts';

/** What the bar stands for. */
export const STEP_WORDS: Readonly<Record<RestoredStep, string>> = {
  tickets: 'Reading the server’s tickets',
  missing: 'Asking for tickets that it did not list',
  messages: 'Comparing conversations',
  customers: 'Reading its customers',
  taking: 'Taking its state',
};

/** «1 ticket stays», «2 tickets stay». */
const some = (count: number, noun: string, one: string, many: string): string =>
  `${plural(count, noun)} ${count === 1 ? one : many}`;

/** What will happen, a sentence for each thing that there is. */
export function restoredSentences(counts: RestoredCounts): string[] {
  const { tickets, others, messages, moved, customers, news, waiting } = counts;
  const isLost = tickets + messages > 0;
  const told: readonly (readonly [boolean, string])[] = [
    [!isLost, 'The server has all tickets and messages that are here.'],
    [
      tickets > 0,
      `${some(tickets, 'ticket', 'was', 'were')} lost there. On this desk nothing of that goes: notes, drafts and history stay, under a number of this desk.`,
    ],
    [
      others > 0,
      `${some(others, 'number', 'means another ticket', 'mean other tickets')} there now. What was and what is are kept apart.`,
    ],
    [
      messages > 0,
      `${some(messages, 'message', 'was', 'were')} lost in tickets that it has. On this desk nothing moves: what was lost gets a mark.`,
    ],
    [
      moved > 0,
      `${some(moved, 'ticket', 'takes', 'take')} the status and department that the server has now.`,
    ],
    [
      customers > 0,
      `${some(customers, 'customer', 'is', 'are')} not there any more, and made again with the first thing that you send for them.`,
    ],
    [news > 0, `${some(news, 'ticket', 'is', 'are')} new to this desk.`],
    [
      waiting > 0,
      `${some(waiting, 'operation', 'waits', 'wait')} here. What belongs to a lost ticket stays with it, the rest goes out.`,
    ],
    [
      isLost,
      'What was lost is listed in Conflicts: make it again on the server, or keep it here only. Nothing is sent again by itself, since the server would mail the customer once more.',
    ],
  ];
  return told.flatMap(([isSo, sentence]) => (isSo ? [sentence] : []));
}
