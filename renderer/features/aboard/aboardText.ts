import type { AboardSize, AboardTake, FileLack, LackingTicket } from '../../../shared/contract/aboard.ts';
import { sizeText } from '../composer/index.ts';

const grouped = new Intl.NumberFormat('en');

/** «1 ticket», «1,204 tickets». */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}

/** «40 of 128», and one number where all of it is here. */
export function partOf(here: number, all: number): string {
  return here >= all ? grouped.format(all) : `${grouped.format(here)} of ${grouped.format(all)}`;
}

/** «12 of 64 here · 22 MB of 84 MB». */
export function filesText({ files, filesHere }: AboardSize): string {
  if (files.count === 0) return 'None known';
  const count = partOf(filesHere.count, files.count);
  const isWhole = filesHere.count >= files.count;
  return isWhole
    ? `${count} · ${sizeText(files.bytes)}`
    : `${count} here · ${sizeText(filesHere.bytes)} of ${sizeText(files.bytes)}`;
}

/** What of the attachments a budget leaves on the server, as a sentence. */
export function budgetText({ files, filesTooLarge }: AboardSize, budgetBytes: number): string {
  if (budgetBytes === 0) return 'No attachments are fetched.';
  const wanted = files.bytes - filesTooLarge.bytes;
  if (files.count === filesTooLarge.count) return '';
  if (wanted <= budgetBytes) return `All ${sizeText(wanted)} that are known fit.`;
  return `${sizeText(wanted - budgetBytes)} more than that are known: the oldest stay on the server.`;
}

const WORDS: Readonly<Record<FileLack, string>> = {
  waiting: 'not fetched yet',
  over: 'beyond the budget',
  later: 'came after it was fetched',
  gone: 'the server has lost it',
  too_large: 'too large for the server’s API',
  permission: 'the API token may not fetch it',
  no_answer: 'the server gave no answer',
};
export const lackWord = (lack: FileLack): string => WORDS[lack];

/** «3 attachments (12 MB): beyond the budget». */
export function lackText({ lack, count, bytes }: AboardTake['lacks'][number]): string {
  return `${countOf(count, 'attachment')} (${sizeText(bytes)}): ${WORDS[lack]}`;
}

/** Whether everything of a take is here. */
export const isWhole = ({ size, lacks }: AboardTake): boolean =>
  size.threadsMissing === 0 && lacks.length === 0;

/** Whether asking again may bring more: the budget and the API's limits stay what they are. */
export const canBringMore = ({ size, lacks }: AboardTake): boolean =>
  size.threadsMissing > 0 || lacks.some(({ lack }) => lack !== 'over' && lack !== 'too_large');

/** How a take stands, in a few words. */
export function takeHeadline(take: AboardTake): string {
  switch (take.state) {
    case 'fetching':
      return take.isRunning ? 'Fetching…' : 'Waiting for the server';
    case 'paused':
      return 'Paused';
    case 'cancelled':
      return 'Cancelled: what came is here';
    case 'done':
      return isWhole(take) ? 'Everything is aboard' : 'Aboard, but not everything';
  }
}

/** What of a ticket is not here. */
export function lackingText({ isThreadMissing, messagesMissing, filesMissing }: LackingTicket): string {
  const parts = [
    isThreadMissing && (messagesMissing > 0 ? countOf(messagesMissing, 'message') : 'its newest state'),
    filesMissing > 0 && countOf(filesMissing, 'attachment'),
  ].filter((part) => part !== false);
  return `Missing: ${parts.join(', ')}`;
}
