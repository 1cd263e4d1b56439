import { timingSafeEqual } from 'node:crypto';

/** Whether a person typed the code from the terminal; blanks, dashes and case do not matter. */
export function isSetupCode(given: string | undefined, code: string): boolean {
  const a = Buffer.from(plain(given ?? ''));
  const b = Buffer.from(plain(code));
  return a.length === b.length && timingSafeEqual(a, b);
}

const plain = (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase();
