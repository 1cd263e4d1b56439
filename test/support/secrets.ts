import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../../electron/core/ports/secretStore.ts';
import { KEY_BYTES } from '../../electron/core/secrets/seal.ts';
import { createSecretBox } from '../../electron/core/secrets/secretBox.ts';
import { ok } from '../../shared/util/result.ts';

/** Really seals, with a key that lives as long as the test. */
export function memorySecrets(): SecretBox {
  const key = randomBytes(KEY_BYTES);
  return createSecretBox('test', async () => ok(key));
}
