import type { AsStored, SentDifference } from '../../../../shared/contract/sync.ts';

type Kept = Exclude<SentDifference, 'files' | 'lost' | 'deleted'>;
const SENTENCES: Readonly<Record<Kept, string>> = {
  cut: 'its end is missing, because the message was too long',
  characters: 'emoji and other rare characters became question marks',
  text: 'its words are not quite those that were sent',
  formatting: 'its formatting is another',
};

const LOST = 'Not on the server since it was restored from a backup. It is on this desk only.';
const DELETED = 'No longer on the server: it was deleted there. It is kept on this desk.';

/** What the server made of a message, in one sentence or two. */
export function storedText({ differences, missingFiles }: AsStored): string {
  if (differences.includes('lost')) return LOST;
  if (differences.includes('deleted')) return DELETED;
  const parts = differences.flatMap((kind) => (kind in SENTENCES ? [SENTENCES[kind as Kept]] : []));
  const words = parts.length > 0 ? `The server keeps this message otherwise: ${parts.join(', and ')}.` : '';
  const files = missingFiles.length > 0 ? `The server did not take ${missingFiles.join(', ')}.` : '';
  return [words, files].filter(Boolean).join(' ');
}
