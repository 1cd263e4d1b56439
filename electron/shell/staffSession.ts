import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import type { SessionKeeper } from './forward.ts';
import { writePrivateFile } from './privateFile.ts';

/** Encryption by the system's keychain. Chromium's fallback on Linux, a fixed key in its source, is none. */
function canEncrypt(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

function readStored(file: string): string | null {
  if (!canEncrypt()) return null;
  try {
    return safeStorage.decryptString(readFileSync(file)) || null;
  } catch {
    return null; // None stored, or the keychain's key changed: sign in again.
  }
}

/**
 * Keeps who is signed in at this window: in memory, and in `folder` encrypted by the system's keychain where
 * there is one. Without a keychain the person signs in again after a restart; nothing is stored in plain text.
 * Call after the app is ready.
 */
export function createStaffSession(folder: string): SessionKeeper {
  const file = path.join(folder, 'session.bin');
  let token = readStored(file);
  return {
    read: () => token,
    write(fresh) {
      if (fresh === (token ?? '')) return;
      token = fresh === '' ? null : fresh;
      if (token !== null && canEncrypt()) writePrivateFile(file, safeStorage.encryptString(token));
      else rmSync(file, { force: true });
    },
  };
}
