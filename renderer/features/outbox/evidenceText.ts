import type { OutboxDetail, OutboxItem } from '../../../shared/contract/sync.ts';

type Known = NonNullable<OutboxDetail['evidence']>;

/** When it left, and how much of it; `asideAt`: when an answer was given up on. */
export function sentSentence(
  { sentAt, asideAt }: { sentAt: number | null; asideAt: number | null },
  timeText: (at: number) => string,
): string {
  const when = sentAt === null ? 'It is not known when.' : `${timeText(sentAt)}.`;
  return asideAt === null
    ? `${when} Nobody knows how much of the request left.`
    : `${when} The request left as a whole.`;
}

/** Who looked when, and whether that could miss anything. */
export function lookSentence(
  { looks, lookedAt, sawAll }: Pick<Known, 'looks' | 'lookedAt' | 'sawAll'>,
  timeText: (at: number) => string,
): string {
  if (lookedAt === null) return 'Not yet: the next sync looks for it on the server.';
  const times = looks === 1 ? 'Once' : `${looks} times`;
  const reach = sawAll ? 'Everything that could be it was read.' : 'Not everything could be read.';
  return `${times}, last ${timeText(lookedAt)}. ${reach}`;
}

/** What the look found. */
export function alikeSentence({ kind }: OutboxItem, alike: Known['alike']): string {
  if (kind === 'create_ticket') return 'No ticket that is surely this one.';
  if (alike.length === 0) return 'Its mark is not in the thread, and nothing there reads the same.';
  const words = alike.length === 1 ? 'a message reads' : `${alike.length} messages read`;
  return `Its mark is not in the thread, but ${words} the same, in the same name.`;
}
