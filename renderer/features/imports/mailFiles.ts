/** What the desk can import: single messages and mailboxes. */
const MAIL = /\.(eml|mbox|mbx)$/i;

export type Sorted<F> = { mail: F[]; others: F[] };

/** Sorts dropped files into mail and the rest, by name: browsers know no media type for mailboxes. */
export function sortMailFiles<F extends { name: string }>(files: readonly F[]): Sorted<F> {
  return {
    mail: files.filter(({ name }) => MAIL.test(name)),
    others: files.filter(({ name }) => !MAIL.test(name)),
  };
}
