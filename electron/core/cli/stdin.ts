import { text } from 'node:stream/consumers';

/** A secret from standard input: arguments are seen by every user of the machine. One line break at the end is not part of it. */
export async function textFromStdin(): Promise<string> {
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
