import { describe, expect, it } from 'vitest';
import { SECRETS_TEXT, type SecretsState } from '../../../../shared/contract/secrets.ts';
import { canStartOver, passphraseErrors, sealedLines } from './secretsText.ts';

describe('what is sealed', () => {
  it('is one line per kind, with names only', () => {
    expect(
      sealedLines([
        { kind: 'second_factor', name: 'Ada' },
        { kind: 'source_key', name: 'Head office' },
        { kind: 'second_factor', name: 'Sam' },
      ]),
    ).toEqual([
      { kind: 'Second factor of', names: 'Ada, Sam' },
      { kind: 'Key of the sign-in source', names: 'Head office' },
    ]);
    expect(sealedLines([])).toEqual([]);
  });
});

describe('a new passphrase', () => {
  it.each([
    ['too short', { passphrase: 'elevenchars', repeated: 'elevenchars' }, ['passphrase']],
    [
      'repeated differently',
      { passphrase: 'a long passphrase', repeated: 'a long passphrasE' },
      ['repeated'],
    ],
    ['fine', { passphrase: 'a long passphrase', repeated: 'a long passphrase' }, []],
  ])('%s', (_, values, fields) => {
    expect(Object.keys(passphraseErrors(values))).toEqual(fields);
  });
});

it('offers to start over only where nothing else may help, and says so there', () => {
  for (const state of Object.keys(SECRETS_TEXT) as SecretsState[]) {
    if (SECRETS_TEXT[state].includes('start over'))
      expect([state, canStartOver(state)]).toEqual([state, true]);
  }
  expect(canStartOver('ready')).toBe(false);
  expect(canStartOver('unused')).toBe(false);
  expect(canStartOver('locked_keychain')).toBe(false);
});
