import type { ErrorCode } from '../../../shared/contract/errors.ts';

/** Why a remote does not let us in, in the codes of this program. */
export const DENIALS = {
  token: 'remote_token_refused',
  address: 'remote_address_refused',
  permission: 'remote_permission_missing',
} as const satisfies Record<string, ErrorCode>;
