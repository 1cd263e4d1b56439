import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, silentLogger } from '../../electron/core/ports/logger.ts';
import type { SecretBox, SecretStore } from '../../electron/core/ports/secretStore.ts';
import { createKeychain } from '../../electron/core/secrets/keychain.ts';
import { KEY_BYTES } from '../../electron/core/secrets/seal.ts';
import { createSecretBox } from '../../electron/core/secrets/secretBox.ts';
import { createSecretKeeper } from '../../electron/core/secrets/secretKeeper.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { ok } from '../../shared/util/result.ts';

/** Really seals, with a key that lives as long as the test. */
export function memorySecrets(): SecretBox {
  const key = randomBytes(KEY_BYTES);
  return createSecretBox('test', async () => ok(key));
}

export interface DeskSecretsOptions {
  readonly keychain?: SecretStore;
  readonly patienceMs?: number;
  readonly passphrase?: string;
  readonly log?: Logger;
}

/** A desk's secrets over its database, with a key file in `folder`, as when the program starts. */
export function deskSecrets(store: Store, folder: string, options: DeskSecretsOptions = {}) {
  const { secretKeys, write } = store;
  return createSecretKeeper({
    workspaceId: 'test',
    keyFile: join(folder, 'secret.key'),
    keychain: createKeychain(options.keychain ?? null, options.patienceMs),
    records: { ...secretKeys, forget: () => write(() => ok(secretKeys.forget())) },
    passphrase: options.passphrase ?? null,
    // Enough to be in earnest, little enough for many.
    scryptRounds: 2 ** 10,
    log: options.log ?? silentLogger,
  });
}
