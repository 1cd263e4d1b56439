import type { Result } from '../../../shared/util/result.ts';

/**
 * Seals what must be readable again (passwords of other systems, keys of authenticator apps) before it is written
 * to the database. `purpose` names what the secret is for, such as `totp 12`: it opens under the same purpose only.
 * Answers `secrets_locked`, `secrets_unavailable`, `secret_unreadable`. Both may ask the system's keychain and
 * wait for it: never inside a transaction.
 */
export interface SecretBox {
  seal(plain: string, purpose: string): Promise<Result<string>>;
  open(sealed: string, purpose: string): Promise<Result<string>>;
}
