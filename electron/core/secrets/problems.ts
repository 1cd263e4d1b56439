import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { Problem } from './findKey.ts';

const CODES: Readonly<Record<Problem, ErrorCode>> = {
  locked_passphrase: 'secrets_locked',
  locked_keychain: 'secrets_locked',
  keychain_silent: 'secrets_locked',
  keychain_missing: 'secrets_unavailable',
  keychain_not_installed: 'secrets_unavailable',
  keychain_off: 'secrets_unavailable',
  file_unreadable: 'secrets_unavailable',
  file_damaged: 'secret_unreadable',
  key_missing: 'secret_unreadable',
  other_key: 'secret_unreadable',
};

/** What a service answers that needs a secret while they are in this state. */
export function problemError(problem: Problem): AppError {
  return appErrorOf(CODES[problem], { details: { state: problem } });
}

/** A key file that could not be written. */
export function writeError(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return appErrorOf(code === 'ENOSPC' ? 'disk_full' : 'folder_not_writable', { details: { cause: code } });
}
