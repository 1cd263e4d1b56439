import type { AppError } from '../contract/errors.ts';

/** An answer that is either a value or an error with a code; nothing that can go wrong is thrown. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function err(error: AppError): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error };
}
