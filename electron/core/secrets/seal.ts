import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'sealed1';

/** What a sealed text is bound to: it opens in this workspace, under this purpose, and nowhere else. */
export interface SealBinding {
  readonly workspaceId: string;
  readonly purpose: string;
}

/** The key's name: tells two keys apart and says nothing about either. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('staffdesk key id\0').update(key).digest('hex').slice(0, 16);
}

/** AES-256-GCM as `sealed1:<key id>:<base64url of nonce, ciphertext, tag>`. */
export function sealText(key: Buffer, plain: string, binding: SealBinding): string {
  const keyId = keyIdOf(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(keyId, binding));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}:${keyId}:${sealed.toString('base64url')}`;
}

/** Undefined when the text was sealed with another key, for another purpose or workspace, or was changed. */
export function openText(key: Buffer, sealed: string, binding: SealBinding): string | undefined {
  const keyId = keyIdOf(key);
  const [version, sealedWith, body = ''] = sealed.split(':');
  const bytes = Buffer.from(body, 'base64url');
  if (version !== VERSION || sealedWith !== keyId || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  // The decoder forgives what the encoder never writes: one secret has one text.
  if (bytes.toString('base64url') !== body) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated(keyId, binding));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Tells a sealed text from the plain ones that older versions wrote. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${VERSION}:`);
}

/** As JSON: no two bindings read the same. */
function associated(keyId: string, { workspaceId, purpose }: SealBinding): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, workspaceId, purpose]), 'utf8');
}
