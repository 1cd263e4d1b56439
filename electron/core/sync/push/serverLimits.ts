import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { type FileLimit, fileProblem } from '../../../../shared/model/fileLimits.ts';

/** The columns of the reference (behaviour.md 1); longer texts are cut there without a word. */
const BODY_BYTES = 65_535;
const SUBJECT_LENGTH = 255;
const NEEDS_FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u;

const AS_IT_IS = 'Send fewer or smaller ones, or send it as it is: this desk then finds out anew.';

/**
 * What a server would spoil without saying so, or would refuse as it did before, in a sentence; null when nothing. A
 * server whose limits are not known yet is taken to have the usual ones.
 */
export function whatIsSpoiled(
  what: {
    readonly bodyHtml: string;
    readonly subject?: string;
    readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  },
  limits: readonly FileLimit[],
  timeZone: string,
): string | null {
  const { bodyHtml, subject = '', files } = what;
  if (Buffer.byteLength(bodyHtml) > BODY_BYTES) return appErrorOf('server_cuts_text').message;
  if ([...subject].length > SUBJECT_LENGTH) return appErrorOf('server_cuts_subject').message;
  const texts = [bodyHtml, subject, ...files.map(({ name }) => name)];
  if (texts.some((text) => NEEDS_FOUR_BYTES.test(text))) return appErrorOf('server_lacks_characters').message;
  const problem = fileProblem(files, limits, timeZone);
  return problem === null ? null : `${problem} ${AS_IT_IS}`;
}
