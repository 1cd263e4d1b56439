import { z } from 'zod';
import { dayText } from '../util/dayText.ts';
import { sizeText } from '../util/sizeText.ts';

/** What a server was found to keep of files, and what not. */
export const fileLimit = z.object({
  /** The number of `files` in a message; bytes of all of them (`message`), of any `file`, of one with an ending: `.exe`. */
  what: z.string(),
  /** The most that it kept; null = nothing yet. */
  kept: z.number().int().nullable(),
  /** The least that it did not keep; null = nothing, or it has kept as much since. */
  refused: z.number().int().nullable(),
  refusedAt: z.number().int().nullable(),
});
export type FileLimit = z.infer<typeof fileLimit>;

interface SizedFile {
  readonly name: string;
  readonly sizeBytes: number;
}
interface Measure {
  readonly what: string;
  readonly amount: number;
  readonly name: string;
}

const MB = 1024 * 1024;
/**
 * `ticket_attachment_number` and PHP's `post_max_size`, unless an administrator set others: files beyond the one are
 * dropped without a word, of a message beyond the other nothing arrives (behaviour.md 3.1).
 */
const USUAL: Readonly<Record<string, { most: number; sentence: string }>> = {
  files: {
    most: 3,
    sentence:
      'A HelpDeskZ takes three files with a message, unless its administrator allowed more, and drops the others without a word.',
  },
  message: {
    most: 8 * MB,
    sentence: 'Together these files are larger than the 8 MB that a server usually takes at once.',
  },
};

/** In lower case, with its dot: what the server goes by. */
export const endingOf = (name: string): string => /\.[^./\\]*$/.exec(name)?.[0].toLowerCase() ?? '.';
export const togetherBytes = (files: readonly SizedFile[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function measuresOf(files: readonly SizedFile[]): Measure[] {
  const each = files.flatMap(({ name, sizeBytes: amount }) => [
    { what: endingOf(name), amount, name },
    { what: 'file', amount, name },
  ]);
  const all = { what: 'message', amount: togetherBytes(files), name: '' };
  return [...each, { what: 'files', amount: files.length, name: '' }, all];
}

/** Why the server would not keep these files as they are, as far as this desk has found out; null = it knows of nothing. */
export function fileProblem(
  files: readonly SizedFile[],
  limits: readonly FileLimit[],
  timeZone: string,
): string | null {
  if (files.length === 0) return null;
  for (const measure of measuresOf(files)) {
    const limit = limits.find(({ what }) => what === measure.what);
    if (limit && isRefused(measure, limit)) return foundText(measure, limit, timeZone);
    const usual = USUAL[measure.what];
    if (usual && measure.amount > Math.max(usual.most, limit?.kept ?? 0)) return usual.sentence;
  }
  return null;
}

/** Of an ending that was never kept nobody knows whether its files are too large or not wanted at all. */
function isRefused({ what, amount }: Measure, { kept, refused }: FileLimit): boolean {
  return refused !== null && (amount >= refused || (kept === null && what.startsWith('.')));
}

function foundText(
  { what, name }: Measure,
  { kept, refused, refusedAt }: FileLimit,
  timeZone: string,
): string {
  const day = dayText(refusedAt ?? 0, timeZone);
  const size = sizeText(refused ?? 0);
  switch (what) {
    case 'files':
      return kept === null || kept === 0
        ? `The server kept none of the files of a message on ${day}, without a word.`
        : `The server kept only ${kept} of the files of a message on ${day} and dropped the others without a word.`;
    case 'message':
      return `On ${day} the server took nothing of a message with ${size} of files.`;
    case 'file':
      return `The server said on ${day} that it takes files of at most ${sizeText((refused ?? 1) - 1)}; ${name} is larger.`;
    default: {
      const kind = what === '.' ? 'a file without an ending' : `a ${what} file`;
      const most = kept === null ? '' : ` The largest it kept had ${sizeText(kept)}.`;
      return `The server did not take ${kind} of ${size} on ${day}.${most}`;
    }
  }
}
