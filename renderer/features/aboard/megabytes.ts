const MB = 1024 * 1024;
const MOST_MB = 1_000_000;

/** What is wrong with a budget, beside its field. */
export const MEGABYTES_SENTENCE = `A whole number of megabytes, 0 to ${MOST_MB}.`;

/** Whole megabytes; NaN for anything else. */
export function bytesOfMegabytes(text: string): number {
  const value = /^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return value <= MOST_MB ? value * MB : Number.NaN;
}

export const megabytesOf = (bytes: number): string => String(Math.round(bytes / MB));
