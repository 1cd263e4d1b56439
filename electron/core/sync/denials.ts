import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import { type FailureCause, isPermissionMissing, type RemoteFailure } from './remote.ts';

/** Why a remote does not let us in, in the codes of this program. */
export const DENIALS = {
  token: 'remote_token_refused',
  address: 'remote_address_refused',
  permission: 'remote_permission_missing',
} as const satisfies Record<string, ErrorCode>;

type Extra = Partial<Omit<AppError, 'code' | 'message'>>;

/**
 * The same for a person: a missing permission is named in the server's words, for whoever ticks it there, and so is
 * the address that the server saw, which behind a proxy is not this machine's.
 */
function denial(failure: Extract<RemoteFailure, { kind: 'denied' }>, extra: Extra): AppError {
  const error = appErrorOf(DENIALS[failure.reason], extra);
  const seen = failure.reason === 'address' ? /`([^ ]+)/.exec(failure.detail)?.[1] : undefined;
  if (seen !== undefined) return { ...error, message: `${error.message} It sees ${seen}.` };
  return isPermissionMissing(failure) ? { ...error, message: `${error.message} ${failure.detail}` } : error;
}

/** Being away is no problem of the server's: these are «offline» for a desk that is connected. */
const AWAY: ReadonlySet<FailureCause> = new Set([
  'remote_name_unknown',
  'remote_no_connection',
  'remote_too_slow',
]);

/** What ended a run, for whoever reads the status. */
export function problemOf(failure: RemoteFailure): AppError {
  const details = { detail: failure.detail };
  switch (failure.kind) {
    case 'not_sent':
      return isAway(failure.cause) ? appErrorOf('remote_unreachable', { details }) : caused(failure, {});
    case 'no_answer':
      return failure.cause === undefined ? appErrorOf('remote_no_answer', { details }) : caused(failure, {});
    case 'unreadable':
      return appErrorOf('server_file_unreadable', { details });
    case 'later':
      return appErrorOf('remote_unavailable', { details: { ...details, afterMs: failure.afterMs } });
    case 'denied':
      return denial(failure, { details });
    case 'refused':
    case 'not_found':
      return appErrorOf('remote_no_answer', { details });
  }
}

const isAway = (cause: FailureCause | undefined): boolean => cause === undefined || AWAY.has(cause);

/** What keeps somebody from connecting, beside the field it is about. */
export function connectProblemOf(failure: RemoteFailure, field: string): AppError {
  const details = { detail: failure.detail };
  switch (failure.kind) {
    case 'not_sent':
      return failure.cause === undefined
        ? appErrorOf('remote_unreachable', { field: 'url', details })
        : caused(failure, { field: 'url' });
    case 'later':
      return appErrorOf('remote_unavailable', { field: 'url', details });
    case 'denied':
      return denial(failure, { field: 'token', details });
    case 'no_answer':
      if (failure.cause === undefined || failure.cause === 'remote_web_page') break;
      return caused(failure, { field: 'url' });
    case 'not_found':
    case 'refused':
    case 'unreadable':
      break;
  }
  return appErrorOf('remote_not_helpdeskz', { field, details });
}

function caused(failure: Extract<RemoteFailure, { kind: 'not_sent' | 'no_answer' }>, extra: Extra): AppError {
  const error = appErrorOf(failure.cause ?? 'remote_no_answer', {
    ...extra,
    details: { detail: failure.detail },
  });
  const leadsTo = failure.kind === 'no_answer' ? failure.leadsTo : undefined;
  return leadsTo === undefined ? error : { ...error, message: `${error.message} It is ${leadsTo}.` };
}
