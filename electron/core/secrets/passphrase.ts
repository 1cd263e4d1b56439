import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { type KeyFileContent, writeKeyFile } from './keyFile.ts';
import { KEY_BYTES, keyIdOf, openText, sealText } from './seal.ts';

type Wrapped = Extract<KeyFileContent, { kind: 'passphrase' }>;
type ScryptParameters = Wrapped['scrypt'];

/** 128 MB and half a second per guess (RFC 7914: 128 · N · r bytes). */
export const SCRYPT_ROUNDS = 2 ** 17;
const BINDING = { workspaceId: 'key file', purpose: 'secret key' };

function derive(passphrase: string, { salt, ...cost }: ScryptParameters): Promise<Buffer> {
  // The same words typed on another system may be composed differently.
  const words = passphrase.normalize('NFKC');
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(words, Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** The key as a file may hold it that needs the passphrase to be of any use. */
async function wrapKey(key: Buffer, passphrase: string, rounds: number): Promise<Wrapped> {
  const parameters = { N: rounds, r: 8, p: 1, salt: randomBytes(16).toString('base64') };
  const wrapped = sealText(await derive(passphrase, parameters), key.toString('base64'), BINDING);
  return { version: 1, kind: 'passphrase', keyId: keyIdOf(key), scrypt: parameters, wrapped };
}

/** Undefined when it is not this file's passphrase. */
export async function unwrapKey(content: Wrapped, passphrase: string): Promise<Buffer | undefined> {
  const plain = openText(await derive(passphrase, content.scrypt), content.wrapped, BINDING);
  return plain === undefined ? undefined : ownKey(plain, content.keyId);
}

/** Undefined when the text is not the key that the id names. */
export function ownKey(base64: string, keyId: string): Buffer | undefined {
  const key = Buffer.from(base64, 'base64');
  return key.length === KEY_BYTES && keyIdOf(key) === keyId ? key : undefined;
}

/**
 * Writes the key into the file, as it is or under a passphrase, and proves it before it takes the old one's place;
 * `onProven` hears of the moment in between.
 */
export async function storeKey(
  file: string,
  key: Buffer,
  passphrase: string | null,
  { rounds, onProven }: { rounds: number; onProven: () => void },
): Promise<void> {
  const content =
    passphrase === null
      ? ({ version: 1, kind: 'key', keyId: keyIdOf(key), key: key.toString('base64') } as const)
      : await wrapKey(key, passphrase, rounds);
  await writeKeyFile(file, content, async (written) => {
    if (written.kind !== 'found') return false;
    const found =
      written.content.kind === 'key'
        ? ownKey(written.content.key, written.content.keyId)
        : await unwrapKey(written.content, passphrase ?? '');
    if (found?.equals(key) !== true) return false;
    onProven();
    return true;
  });
}
