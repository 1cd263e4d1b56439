import { randomBytes, randomUUID } from 'node:crypto';

/** Chance comes from outside as well. */
export interface Ids {
  /** A new operation group id. */
  group(): string;
  /** `length` characters of a–z, A–Z, 0–9 from a secure source: API tokens, session tokens, setup codes. */
  secret(length: number): string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const systemIds: Ids = {
  group: () => randomUUID(),
  secret(length) {
    let text = '';
    while (text.length < length) {
      for (const byte of randomBytes(length)) {
        // 248 = 4 × 62: larger bytes would favour the first letters.
        if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
      }
    }
    return text;
  },
};
