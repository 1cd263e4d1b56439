import type { MoveKeyInput, SealedSecret, SecretsStatus } from '../../../shared/contract/secrets.ts';
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

/**
 * The system's keychain as a host reaches it. Every call may take for ever (a window asks for a password, the
 * service hangs) and rejects with what the keychain said. A locked keychain may answer null instead.
 */
export interface SecretStore {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  /** False when there was nothing under this account. */
  remove(account: string): Promise<boolean>;
  /** A call hangs that can't be taken back: this process can end only by being killed. */
  isStuck(): boolean;
  /** Gives up what still waits. */
  close(): void;
}

/** Where the key of the desk's secrets lies, and every way to move it or to get out of trouble. */
export interface SecretKeeper {
  /** Asks the keychain at most once; `again` asks anew. */
  status(options?: { readonly again?: boolean }): Promise<SecretsStatus>;
  /** `passphrase_wrong`, `secrets_unavailable`, `secret_unreadable`. */
  unlock(passphrase: string): Promise<Result<void>>;
  /**
   * The new place is written, read back and compared before the old one is removed: a kill at any moment leaves
   * the key where it is found. `secrets_locked`, `secrets_unavailable`, `secret_unreadable`, `disk_full`.
   */
  move(input: MoveKeyInput): Promise<Result<void>>;
  /** Forgets what nobody can open any more and answers with its names; `secrets_fine` where it can be opened. */
  startOver(): Promise<Result<readonly SealedSecret[]>>;
  /** Ends a move that was interrupted: takes the copy out of the keychain that the key has left. */
  tidy(): Promise<void>;
  close(): void;
}
