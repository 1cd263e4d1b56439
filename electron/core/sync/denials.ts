import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import { isPermissionMissing, type RemoteFailure } from './remote.ts';

/** Why a remote does not let us in, in the codes of this program. */
export const DENIALS = {
  token: 'remote_token_refused',
  address: 'remote_address_refused',
  permission: 'remote_permission_missing',
} as const satisfies Record<string, ErrorCode>;

/** The same for a person: a missing permission is named in the server's words, for whoever ticks it there. */
export function denial(
  failure: Extract<RemoteFailure, { kind: 'denied' }>,
  extra: Partial<Omit<AppError, 'code' | 'message'>>,
): AppError {
  const error = appErrorOf(DENIALS[failure.reason], extra);
  return isPermissionMissing(failure) ? { ...error, message: `${error.message} ${failure.detail}` } : error;
}
