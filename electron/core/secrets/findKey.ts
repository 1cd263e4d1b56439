import type { KeyPlace, SecretsState } from '../../../shared/contract/secrets.ts';
import type { Keychain, KeychainProblem } from './keychain.ts';
import { type KeyFileContent, readKeyFile } from './keyFile.ts';
import { ownKey, unwrapKey } from './passphrase.ts';

/** What the desk's database knows of its key: its name, and whether the keychain may hold a copy. */
export interface KeyRecord {
  readonly keyId: string;
  readonly inKeychain: boolean;
}

export type Problem = Exclude<SecretsState, 'unused' | 'ready'>;
export type Found =
  | { readonly kind: 'ready'; readonly key: Buffer; readonly place: KeyPlace }
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly place: KeyPlace | null };

export interface KeyPlaces {
  readonly workspaceId: string;
  readonly keyFile: string;
  readonly keychain: Keychain;
}

const PROBE = 'probe';
const KEYCHAIN_PROBLEM: Readonly<Record<KeychainProblem, Problem>> = {
  locked: 'locked_keychain',
  silent: 'keychain_silent',
  missing: 'keychain_missing',
  not_installed: 'keychain_not_installed',
  off: 'keychain_off',
};

/** With the key's id in it, a desk that starts over never writes over the key of a copy or a backup. */
export const accountOf = (workspaceId: string, keyId: string): string => `desk ${workspaceId} key ${keyId}`;

const problem = (name: Problem, place: KeyPlace | null): Found => ({ kind: 'problem', problem: name, place });
export const keychainProblem = (name: KeychainProblem): Found => problem(KEYCHAIN_PROBLEM[name], 'keychain');

/** Looks for the key: a key file comes first, for it costs nothing and asks nobody. */
export async function findKey(
  places: KeyPlaces,
  record: KeyRecord | null,
  passphrase: string | null,
): Promise<Found> {
  const file = readKeyFile(places.keyFile);
  switch (file.kind) {
    case 'found':
      return record !== null && file.content.keyId !== record.keyId
        ? problem('other_key', placeOf(file.content))
        : fromFile(file.content, passphrase);
    case 'damaged':
      return problem('file_damaged', 'key_file');
    case 'unreadable':
      return problem('file_unreadable', 'key_file');
    case 'none':
      return record === null ? { kind: 'none' } : fromKeychain(places, record);
  }
}

const placeOf = ({ kind }: KeyFileContent): KeyPlace => (kind === 'key' ? 'key_file' : 'passphrase');

async function fromFile(content: KeyFileContent, passphrase: string | null): Promise<Found> {
  const place = placeOf(content);
  if (content.kind === 'key') {
    const key = ownKey(content.key, content.keyId);
    return key ? { kind: 'ready', key, place } : problem('file_damaged', place);
  }
  const key = passphrase === null ? undefined : await unwrapKey(content, passphrase);
  return key ? { kind: 'ready', key, place } : problem('locked_passphrase', place);
}

async function fromKeychain({ keychain, workspaceId }: KeyPlaces, record: KeyRecord): Promise<Found> {
  const answer = await keychain.get(accountOf(workspaceId, record.keyId));
  const key = answer.ok && answer.value !== null ? ownKey(answer.value, record.keyId) : undefined;
  if (key) return { kind: 'ready', key, place: 'keychain' };
  // Never put there: a keychain that is away is not what is wrong.
  if (!record.inKeychain) return problem('key_missing', null);
  if (!answer.ok) return keychainProblem(answer.problem);
  return answer.value === null && (await isLocked(keychain))
    ? keychainProblem('locked')
    : problem('key_missing', 'keychain');
}

/** A locked keyring finds nothing and says nothing; that it is locked it tells only who writes. */
async function isLocked(keychain: Keychain): Promise<boolean> {
  const written = await keychain.set(PROBE, PROBE);
  if (written.ok) await keychain.remove(PROBE);
  return !written.ok && (written.problem === 'locked' || written.problem === 'silent');
}

/** Whether a keychain answers here at all. */
export async function hasKeychain(keychain: Keychain): Promise<boolean> {
  return (await keychain.get(PROBE)).ok;
}
