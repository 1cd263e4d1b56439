import { z } from 'zod';

export const MIN_PASSPHRASE_LENGTH = 12;

/** Where the key of the desk's secrets lies. */
export const KEY_PLACES = ['keychain', 'key_file', 'passphrase'] as const;
export const keyPlace = z.enum(KEY_PLACES);
export type KeyPlace = z.infer<typeof keyPlace>;

/**
 * The state of the desk's secrets, each with what happened and what to do. `unused`: nothing was ever sealed, so
 * there is no key yet. Everything but `unused` and `ready` leaves the desk open and readable; only what needs a
 * secret waits.
 */
export const SECRETS_TEXT = {
  unused: 'Nothing is sealed yet. The key is made when the first secret is kept.',
  ready: 'The secrets can be read.',
  locked_passphrase:
    'Locked: enter the passphrase. Whoever starts Staffdesk without a person gives it with --passphrase-stdin or STAFFDESK_PASSPHRASE_FILE.',
  locked_keychain: 'Locked: the system’s keychain holds the key and is locked. Unlock it, then try again.',
  keychain_silent:
    'Locked: the system’s keychain does not answer. It may be asking for its password in a window of its own; answer it, then try again.',
  keychain_missing:
    'The key lies in the system’s keychain, and no keychain answers here. Start its service (on Linux: a keyring such as gnome-keyring, in a desktop session), then try again.',
  keychain_not_installed:
    'The key lies in the system’s keychain, and the library that reaches it is missing here. Install it (Debian and Ubuntu: libsecret-1-0), restart Staffdesk, then try again.',
  keychain_off:
    'The key lies in the system’s keychain, which staffdesk.json tells this desk not to use. Set useKeychain to true and restart Staffdesk.',
  file_unreadable: 'The key file can’t be read. Give this account the right to read it, then try again.',
  file_damaged: 'The key file is damaged. Put back a copy of it and try again, or start over.',
  key_missing:
    'The key that these secrets were sealed with is not where it was: the keychain was changed, or this desk came from another machine or a backup. Bring the key back and try again, or start over.',
  other_key:
    'The key that lies here is not the one these secrets were sealed with: a backup of one of the two was restored. Put the matching key file back and try again, or start over.',
} as const;
export type SecretsState = keyof typeof SECRETS_TEXT;
const STATES = Object.keys(SECRETS_TEXT) as SecretsState[];
const secretsState = z.enum(STATES as [SecretsState, ...SecretsState[]]);

/** Something sealed: its kind and whose it is, never what it is. */
export const sealedSecret = z.object({
  kind: z.enum(['second_factor', 'dialect_key', 'source_key', 'remote_token']),
  name: z.string(),
});
/** What a sealed secret is, before the name of whose it is. */
export const SEALED_KIND: Readonly<Record<SealedSecret['kind'], string>> = {
  second_factor: 'Second factor of',
  dialect_key: 'Key for programs of',
  source_key: 'Key of the sign-in source',
  remote_token: 'API token of the server',
};
export type SealedSecret = z.infer<typeof sealedSecret>;

export const PLACE_SENTENCE: Readonly<Record<KeyPlace, string>> = {
  keychain: 'Their key lies in the system’s keychain.',
  key_file: 'Their key lies in a file that only this account may read.',
  passphrase: 'Their key lies in a file that needs the passphrase.',
};

export const secretsStatus = z.object({
  state: secretsState,
  /** Null: no key yet, or nobody knows where it is. */
  place: keyPlace.nullable(),
  message: z.string(),
  sealed: z.array(sealedSecret),
  /** A keychain answers here, so that the key could move there. */
  hasKeychain: z.boolean(),
  keyFile: z.string(),
  /** The key moved away from the keychain, which has not let go of its copy yet. */
  hasLeftover: z.boolean(),
});
export type SecretsStatus = z.infer<typeof secretsStatus>;

const newPassphrase = z.string().min(MIN_PASSPHRASE_LENGTH).max(1000);
export const moveKeyInput = z.discriminatedUnion('to', [
  z.strictObject({ to: z.enum(['keychain', 'key_file']) }),
  z.strictObject({ to: z.literal('passphrase'), passphrase: newPassphrase }),
]);
export type MoveKeyInput = z.infer<typeof moveKeyInput>;

export const unlockInput = z.strictObject({ passphrase: z.string().min(1).max(1000) });

export const startOverDone = z.object({ forgotten: z.array(sealedSecret) });
