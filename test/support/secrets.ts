import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import type { SecretBox } from '../../electron/core/ports/secretStore.ts';
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

/** The desk's own secrets over its database, with the key in `folder`/secret.key and no keychain. */
export function keyFileSecrets({ secretKeys, write }: Store, folder: string) {
  return createSecretKeeper({
    workspaceId: 'test',
    keyFile: join(folder, 'secret.key'),
    keychain: createKeychain(null),
    records: { ...secretKeys, forget: () => write(() => ok(secretKeys.forget())) },
    passphrase: null,
    log: silentLogger,
  });
}
