import { randomBytes } from 'node:crypto';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import {
  type KeyPlace,
  type MoveKeyInput,
  SECRETS_TEXT,
  type SealedSecret,
  type SecretsStatus,
} from '../../../shared/contract/secrets.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Logger } from '../ports/logger.ts';
import type { SecretBox, SecretKeeper } from '../ports/secretStore.ts';
import {
  accountOf,
  type Found,
  findKey,
  hasKeychain,
  type KeyPlaces,
  type KeyRecord,
  keychainProblem,
} from './findKey.ts';
import { readKeyFile, removeKeyFile, setKeyFileAside } from './keyFile.ts';
import { SCRYPT_ROUNDS, storeKey, unwrapKey } from './passphrase.ts';
import { problemError, writeError } from './problems.ts';
import { KEY_BYTES, keyIdOf } from './seal.ts';
import { createSecretBox } from './secretBox.ts';

export interface SecretKeeperOptions extends KeyPlaces {
  /** What the database knows of the key and of what is sealed. */
  readonly records: {
    read(): KeyRecord | null;
    write(record: KeyRecord): void;
    sealed(): SealedSecret[];
    /** Forgets everything sealed and the record, in one transaction; answers what it was. */
    forget(): Result<SealedSecret[]>;
  };
  /** Given at the start, by whoever started the program. */
  readonly passphrase: string | null;
  /** What one guess at a new passphrase costs; 2^17 rounds of scrypt where nothing is said. */
  readonly scryptRounds?: number;
  readonly log: Logger;
}

/** The one that holds the desk's key. It asks for it when it is needed, and never in the way of anything else. */
export function createSecretKeeper(options: SecretKeeperOptions): { box: SecretBox; keeper: SecretKeeper } {
  const keeper = new Keeper(options);
  return { box: createSecretBox(options.workspaceId, (need) => keeper.key(need)), keeper };
}

class Keeper implements SecretKeeper {
  readonly #options: SecretKeeperOptions;
  #found: Found | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SecretKeeperOptions) {
    this.#options = options;
  }

  key({ forSealing }: { forSealing: boolean }): Promise<Result<Buffer>> {
    return this.#oneAtATime(async () => {
      const found = await this.#find(true);
      if (found.kind === 'ready') return ok(found.key);
      if (found.kind === 'problem') return err(problemError(found.problem));
      return forSealing ? this.#create() : err(problemError('key_missing'));
    });
  }

  async status({ again = false } = {}): Promise<SecretsStatus> {
    const { records, keyFile, keychain } = this.#options;
    const found = await this.#oneAtATime(() => this.#find(again));
    const state = found.kind === 'problem' ? found.problem : found.kind === 'ready' ? 'ready' : 'unused';
    const place = found.kind === 'none' ? null : found.place;
    return {
      state,
      place,
      message: SECRETS_TEXT[state],
      sealed: records.sealed(),
      hasKeychain: place === 'keychain' ? state === 'ready' : await hasKeychain(keychain),
      keyFile,
      hasLeftover: place !== 'keychain' && place !== null && records.read()?.inKeychain === true,
    };
  }

  unlock(passphrase: string): Promise<Result<void>> {
    return this.#oneAtATime(async () => {
      const found = await this.#find(false);
      if (found.kind !== 'problem') return ok(undefined);
      const file = readKeyFile(this.#options.keyFile);
      const isLocked = found.problem === 'locked_passphrase';
      if (!isLocked || file.kind !== 'found' || file.content.kind !== 'passphrase')
        return err(problemError(found.problem));
      const key = await unwrapKey(file.content, passphrase);
      if (!key) return err(appErrorOf('passphrase_wrong', { field: 'passphrase' }));
      this.#keep(key, 'passphrase');
      this.#options.log.info('secrets_unlocked');
      return ok(undefined);
    });
  }

  move(input: MoveKeyInput): Promise<Result<void>> {
    return this.#oneAtATime(async () => {
      const found = await this.#find(true);
      if (found.kind === 'problem') return err(problemError(found.problem));
      const key = found.kind === 'ready' ? found.key : randomBytes(KEY_BYTES);
      const moved =
        input.to === 'keychain'
          ? await this.#moveToKeychain(key)
          : await this.#moveToFile(key, input.to === 'passphrase' ? input.passphrase : null);
      if (moved.ok) this.#keep(key, input.to);
      return moved;
    });
  }

  startOver(): Promise<Result<readonly SealedSecret[]>> {
    return this.#oneAtATime(async () => {
      const found = await this.#find(true);
      if (found.kind !== 'problem') return err(appErrorOf('secrets_fine'));
      const forgotten = this.#options.records.forget();
      if (!forgotten.ok) return forgotten;
      this.#options.log.warn('secrets_started_over', { from: found.problem, count: forgotten.value.length });
      this.#found = null;
      return this.#guarded(async () => {
        setKeyFileAside(this.#options.keyFile);
        return forgotten;
      });
    });
  }

  async tidy(): Promise<void> {
    await this.#oneAtATime(async () => {
      const found = await this.#find(false);
      if (found.kind === 'ready' && found.place !== 'keychain') await this.#leaveKeychain(keyIdOf(found.key));
    });
  }

  close(): void {
    this.#options.keychain.close();
    if (this.#found?.kind === 'ready') this.#found.key.fill(0);
    this.#found = null;
  }

  /** What was found the last time; a problem is looked at anew where `again` says so. */
  async #find(again: boolean): Promise<Found> {
    if (this.#found?.kind === 'ready' || (this.#found && !again)) return this.#found;
    const { records, passphrase, log } = this.#options;
    const record = records.read();
    let found = await findKey(this.#options, record, passphrase);
    // A key that sealed nothing is missed by nobody.
    const isMissing = found.kind === 'problem' && found.problem === 'key_missing';
    if (isMissing && records.sealed().length === 0) found = { kind: 'none' };
    if (found.kind === 'ready' && !record) records.write({ keyId: keyIdOf(found.key), inKeychain: false });
    if (found.kind === 'problem') log.warn('secrets_not_readable', { problem: found.problem });
    this.#found = found;
    return found;
  }

  #keep(key: Buffer, place: KeyPlace): void {
    this.#found = { kind: 'ready', key, place };
  }

  /** The first key of a desk: in the keychain where one takes it, else in a file. */
  async #create(): Promise<Result<Buffer>> {
    const { passphrase } = this.#options;
    const key = randomBytes(KEY_BYTES);
    if (passphrase === null && (await this.#moveToKeychain(key)).ok) {
      this.#keep(key, 'keychain');
      return ok(key);
    }
    const stored = await this.#moveToFile(key, passphrase);
    if (!stored.ok) return stored;
    this.#keep(key, passphrase === null ? 'key_file' : 'passphrase');
    return ok(key);
  }

  async #moveToKeychain(key: Buffer): Promise<Result<void>> {
    const { records, keychain, workspaceId, keyFile } = this.#options;
    const account = accountOf(workspaceId, keyIdOf(key));
    const text = key.toString('base64');
    return this.#guarded(async () => {
      // First of all: a copy that a kill leaves behind is known.
      this.#step('mark_keychain');
      const before = records.read()?.inKeychain === true;
      records.write({ keyId: keyIdOf(key), inKeychain: true });
      this.#step('write_keychain');
      const written = await keychain.set(account, text);
      if (!written.ok) {
        // One that does not answer may still do it.
        const mayHoldIt = before || written.problem === 'silent';
        records.write({ keyId: keyIdOf(key), inKeychain: mayHoldIt });
        return err(this.#keychainError(keychainProblem(written.problem), written.cause));
      }
      this.#step('verify_keychain');
      const read = await keychain.get(account);
      if (!read.ok) return err(this.#keychainError(keychainProblem(read.problem), read.cause));
      if (read.value !== text) return err(problemError('locked_keychain'));
      this.#step('remove_file');
      removeKeyFile(keyFile);
      this.#step('moved');
      return ok(undefined);
    });
  }

  async #moveToFile(key: Buffer, passphrase: string | null): Promise<Result<void>> {
    const { records, keyFile, scryptRounds: rounds = SCRYPT_ROUNDS } = this.#options;
    const keyId = keyIdOf(key);
    return this.#guarded(async () => {
      this.#step('write_file');
      await storeKey(keyFile, key, passphrase, { rounds, onProven: () => this.#step('replace_file') });
      this.#step('record_file');
      records.write({ keyId, inKeychain: records.read()?.inKeychain === true });
      await this.#leaveKeychain(keyId);
      this.#step('moved');
      return ok(undefined);
    });
  }

  /** Where the keychain does not let go of it now, the record remembers, and `tidy` tries again. */
  async #leaveKeychain(keyId: string): Promise<void> {
    const { records, keychain, workspaceId, log } = this.#options;
    if (records.read()?.inKeychain !== true) return;
    this.#step('remove_from_keychain');
    const removed = await keychain.remove(accountOf(workspaceId, keyId));
    if (!removed.ok) return log.warn('secrets_copy_left_in_keychain', { cause: removed.cause });
    this.#step('record_removed');
    records.write({ keyId, inKeychain: false });
  }

  #keychainError(found: Found, cause: string): AppError {
    this.#options.log.warn('keychain_refused', { cause });
    return problemError(found.kind === 'problem' ? found.problem : 'keychain_missing');
  }

  #step(step: string): void {
    this.#options.log.info('secrets_step', { step });
  }

  async #guarded<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work();
    } catch (error) {
      this.#options.log.error('secrets_write_failed', { error });
      return err(writeError(error));
    }
  }

  /** Two that seal for the first time must not make two keys. */
  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
