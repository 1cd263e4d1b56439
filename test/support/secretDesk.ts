import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../electron/core/ports/logger.ts';
import type { KeyRecord } from '../../electron/core/secrets/findKey.ts';
import { createKeychain } from '../../electron/core/secrets/keychain.ts';
import { createSecretKeeper } from '../../electron/core/secrets/secretKeeper.ts';
import type { SealedSecret } from '../../shared/contract/secrets.ts';
import { ok, type Result } from '../../shared/util/result.ts';
import { fakeKeychain } from '../fakes/keychain.ts';

export const PASSPHRASE = 'correct horse battery';
export const PLAIN = 'GEZDGNBVGY3TQOJQ';
export const PURPOSE = 'totp 1';

/** A folder for a key file, a keychain with moods, and what a database would know of the key. */
export function openSecretDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'staffdesk-secrets-'));
  const keychain = fakeKeychain();
  const logged: unknown[] = [];
  const keyFile = join(folder, 'secret.key');
  const desk = {
    ...{ folder, keychain, logged, keyFile },
    record: null as KeyRecord | null,
    sealed: [{ kind: 'second_factor', name: 'Ada' }] as SealedSecret[],
    fileKind: () => (JSON.parse(readFileSync(keyFile, 'utf8')) as { kind: string }).kind,
    /** The program started anew on the same desk. */
    start: ({
      passphrase = null as string | null,
      patienceMs = 5000,
      cost = { scryptRounds: 2 ** 10 } as { scryptRounds?: number },
    } = {}) => {
      const log = (event: string, facts?: object) => logged.push({ event, ...facts });
      const logger: Logger = { debug: log, info: log, warn: log, error: log };
      return createSecretKeeper({
        ...{ workspaceId: 'desk1', keyFile, passphrase, ...cost, log: logger },
        keychain: createKeychain(keychain, patienceMs),
        records: {
          read: () => desk.record,
          write: (next) => {
            desk.record = next;
          },
          sealed: () => desk.sealed,
          forget: () => {
            desk.record = null;
            return ok(desk.sealed.splice(0));
          },
        },
      });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return desk;
}
export type SecretDesk = ReturnType<typeof openSecretDesk>;

export async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.error.code);
  return settled.value;
}

export async function codeOf(result: Promise<Result<unknown>>): Promise<string> {
  const settled = await result;
  return settled.ok ? 'ok' : settled.error.code;
}
