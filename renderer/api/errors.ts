import { TRPCClientError } from '@trpc/client';
import { type AppError, appError, appErrorOf } from '../../shared/contract/errors.ts';

/** An error that already is one of ours, thrown where a promise must fail (file transfers). */
export class AppFailure extends Error {
  readonly appError: AppError;
  constructor(error: AppError) {
    super(error.message);
    this.name = 'AppFailure';
    this.appError = error;
  }
}

function fromData(data: unknown): AppError | null {
  if (typeof data !== 'object' || data === null || !('appError' in data)) return null;
  const parsed = appError.safeParse(data.appError);
  return parsed.success ? parsed.data : null;
}

/** Whatever was thrown, as an error with a code and a sentence for a person. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppFailure) return thrown.appError;
  if (thrown instanceof TRPCClientError) {
    const own = fromData(thrown.data);
    if (own) return own;
    // Without `data` no answer of the core arrived: fetch failed, or something else answered.
    return appErrorOf(thrown.data === undefined || thrown.data === null ? 'core_unreachable' : 'internal');
  }
  if (thrown instanceof TypeError) return appErrorOf('core_unreachable');
  return appErrorOf('internal');
}

/** An error body of /files (`{error: AppError}`), or «internal» where there is none. */
export function errorOfBody(body: string): AppError {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null && 'error' in json) {
      const parsed = appError.safeParse(json.error);
      if (parsed.success) return parsed.data;
    }
  } catch {
    // Not JSON: a proxy's page, a cut-off answer.
  }
  return appErrorOf('internal');
}

export function isSignedOut(error: AppError): boolean {
  return error.code === 'signed_out';
}
