import type { AppError } from '../../../../../shared/contract/errors.ts';
import type { XmlValue } from '../answer.ts';

/** What a command came to: what follows `ErrorCode` 0, or the codes of what is wrong. */
export type Outcome =
  | { readonly kind: 'done'; readonly values: { readonly [name: string]: XmlValue } }
  | { readonly kind: 'refused'; readonly codes: readonly number[] }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Reads a parameter whatever the case of its name: clients write TfaCode, TFACode and tfacode. */
export type Parameters = (name: string) => string | undefined;
