import type { AsStored, SentDifference } from '../../../../shared/contract/sync.ts';

const SENTENCES: Readonly<Record<Exclude<SentDifference, 'files'>, string>> = {
  cut: 'its end is missing, because the message was too long',
  characters: 'emoji and other rare characters became question marks',
  text: 'its words are not quite those that were sent',
  formatting: 'its formatting is another',
};

/** What the server made of a message, in one sentence or two. */
export function storedText({ differences, missingFiles }: AsStored): string {
  const parts = differences.flatMap((kind) => (kind === 'files' ? [] : [SENTENCES[kind]]));
  const words = parts.length > 0 ? `The server keeps this message otherwise: ${parts.join(', and ')}.` : '';
  const files = missingFiles.length > 0 ? `The server did not take ${missingFiles.join(', ')}.` : '';
  return [words, files].filter(Boolean).join(' ');
}
