import {
  type KeyPlace,
  MIN_PASSPHRASE_LENGTH,
  SEALED_KIND,
  type SealedSecret,
  type SecretsState,
} from '../../../../shared/contract/secrets.ts';

export const PLACE_TITLE: Readonly<Record<KeyPlace, string>> = {
  keychain: 'System keychain',
  key_file: 'Key file',
  passphrase: 'Passphrase',
};

/** What each place protects from, and whether the desk starts there with nobody around. */
export const PLACE_LEAD: Readonly<Record<KeyPlace, string>> = {
  keychain:
    'Your account’s own keychain keeps the key. The best place on a desktop. Commands that run while nobody is signed in need a running Staffdesk, or the key file.',
  key_file:
    'A file in the data folder that only this account may read. Works with nobody around, for servers and scheduled commands; whoever can read this account’s files can read the secrets.',
  passphrase:
    'The key file is locked with a passphrase that is typed at every start. Copies of the data folder are worthless without it. If it is lost, so are the secrets.',
};

/** The states that asking again does not get out of; what is sealed has to be entered anew. */
const LOST: readonly SecretsState[] = ['key_missing', 'other_key', 'file_damaged', 'locked_passphrase'];
export const canStartOver = (state: SecretsState): boolean => LOST.includes(state);

/** One line for each kind of sealed secret, with whose they are. */
export function sealedLines(sealed: readonly SealedSecret[]): { kind: string; names: string }[] {
  const byKind = Map.groupBy(sealed, ({ kind }) => kind);
  return [...byKind].map(([kind, secrets]) => ({
    kind: SEALED_KIND[kind],
    names: secrets.map(({ name }) => name).join(', '),
  }));
}

export interface PassphraseValues {
  readonly passphrase: string;
  readonly repeated: string;
}

/** What is wrong with a new passphrase, beside the field it is about. */
export function passphraseErrors({ passphrase, repeated }: PassphraseValues): Partial<PassphraseValues> {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH)
    return { passphrase: `Use at least ${MIN_PASSPHRASE_LENGTH} characters; a few words are best.` };
  return passphrase === repeated ? {} : { repeated: 'The two are not the same.' };
}
