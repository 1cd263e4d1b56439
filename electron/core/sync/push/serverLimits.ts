import type { ErrorCode } from '../../../../shared/contract/errors.ts';

/** The columns of the reference (behaviour.md 1); longer texts are cut there without a word. */
const BODY_BYTES = 65_535;
const SUBJECT_LENGTH = 255;
const NEEDS_FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u;
/** `ticket_attachment_number` unless an administrator set another: files beyond it are dropped without a word (3.1). */
const FILES = 3;
/** PHP's `post_max_size` unless set otherwise: of a larger request nothing arrives, and the answer misleads (3.1). */
const REQUEST_BYTES = 8 * 1024 * 1024;

export type Spoiled = Extract<
  ErrorCode,
  | 'server_cuts_text'
  | 'server_cuts_subject'
  | 'server_lacks_characters'
  | 'server_drops_files'
  | 'server_drops_request'
>;

/**
 * What a server with the usual settings would spoil without saying so; null when nothing. What it refuses in words
 * (a kind of file, a single large one) it is asked: nothing is done then.
 */
export function whatIsSpoiled(what: {
  readonly bodyHtml: string;
  readonly subject?: string;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
}): Spoiled | null {
  const { bodyHtml, subject = '', files } = what;
  if (Buffer.byteLength(bodyHtml) > BODY_BYTES) return 'server_cuts_text';
  if ([...subject].length > SUBJECT_LENGTH) return 'server_cuts_subject';
  const texts = [bodyHtml, subject, ...files.map(({ name }) => name)];
  if (texts.some((text) => NEEDS_FOUR_BYTES.test(text))) return 'server_lacks_characters';
  if (files.length > FILES) return 'server_drops_files';
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, Buffer.byteLength(bodyHtml));
  return sizeBytes > REQUEST_BYTES ? 'server_drops_request' : null;
}
