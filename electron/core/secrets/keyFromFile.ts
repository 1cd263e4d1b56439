import { randomBytes } from 'node:crypto';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok } from '../../../shared/util/result.ts';
import { readKeyFile, writeKeyFile } from './keyFile.ts';
import { KEY_BYTES, keyIdOf } from './seal.ts';
import type { FindKey } from './secretBox.ts';

/** The key of a 0600 file, made when something is sealed for the first time. */
export function keyFromFile(file: string): FindKey {
  return async ({ forSealing }) => {
    const reading = readKeyFile(file);
    if (reading.kind === 'found' && reading.content.kind === 'key')
      return ok(Buffer.from(reading.content.key, 'base64'));
    if (reading.kind !== 'none' || !forSealing) return err(appErrorOf('secret_unreadable'));
    const key = randomBytes(KEY_BYTES);
    const content = { version: 1, kind: 'key', keyId: keyIdOf(key), key: key.toString('base64') } as const;
    writeKeyFile(file, content, (written) => written.kind === 'found');
    return ok(key);
  };
}
