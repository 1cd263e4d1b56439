import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretsState } from '../../../shared/contract/secrets.ts';
import {
  codeOf,
  openSecretDesk,
  PASSPHRASE,
  PLAIN,
  PURPOSE,
  type SecretDesk,
  value,
} from '../../../test/support/secretDesk.ts';

let desk: SecretDesk;
beforeEach(() => {
  desk = openSecretDesk();
});
afterEach(() => desk.close());

const start = (how?: Parameters<SecretDesk['start']>[0]) => desk.start(how);
const stateOf = async (started = start()): Promise<SecretsState> =>
  (await started.keeper.status({ again: true })).state;

describe('the first secret', () => {
  it('is sealed with a key in the keychain where one answers', async () => {
    const text = await value(start().box.seal(PLAIN, PURPOSE));
    expect(desk.keychain.accounts()).toHaveLength(1);
    expect(existsSync(desk.keyFile)).toBe(false);
    const again = start();
    expect(await value(again.box.open(text, PURPOSE))).toBe(PLAIN);
    expect(await again.keeper.status()).toMatchObject({
      state: 'ready',
      place: 'keychain',
      sealed: desk.sealed,
    });
  });

  it.each(['locked', 'missing', 'not installed', 'hangs'] as const)(
    'is sealed with a key file of mode 0600 where the keychain is: %s',
    async (mood) => {
      desk.keychain.mood = mood;
      const text = await value(start({ patienceMs: 50 }).box.seal(PLAIN, PURPOSE));
      expect(desk.fileKind()).toBe('key');
      expect(statSync(desk.keyFile).mode & 0o777).toBe(0o600);
      const again = start({ patienceMs: 50 });
      expect(await value(again.box.open(text, PURPOSE))).toBe(PLAIN);
      expect(await again.keeper.status()).toMatchObject({ state: 'ready', place: 'key_file' });
    },
  );

  it('is sealed under the passphrase the program was started with', async () => {
    const text = await value(start({ passphrase: PASSPHRASE }).box.seal(PLAIN, PURPOSE));
    expect(desk.fileKind()).toBe('passphrase');
    expect(desk.keychain.accounts()).toEqual([]);
    expect(await codeOf(start().box.open(text, PURPOSE))).toBe('secrets_locked');
    expect(await value(start({ passphrase: PASSPHRASE }).box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('makes one key, however many are sealed at once, and none for opening', async () => {
    const { box, keeper } = start();
    expect(await codeOf(box.open('sealed1:0:0', PURPOSE))).toBe('secret_unreadable');
    expect(await keeper.status()).toMatchObject({ state: 'unused', place: null, hasKeychain: true });
    const texts = await Promise.all(Array.from({ length: 8 }, () => value(box.seal(PLAIN, PURPOSE))));
    expect(new Set(texts.map((text) => text.split(':')[1])).size).toBe(1);
    expect(desk.keychain.accounts()).toHaveLength(1);
  });
});

describe('a desk whose key lies in the keychain', () => {
  let text: string;
  beforeEach(async () => {
    text = await value(start().box.seal(PLAIN, PURPOSE));
  });

  it.each([
    ['locked', 'locked_keychain', 'secrets_locked'],
    ['hangs', 'keychain_silent', 'secrets_locked'],
    ['missing', 'keychain_missing', 'secrets_unavailable'],
    ['not installed', 'keychain_not_installed', 'secrets_unavailable'],
  ] as const)('says so when the keychain is %s, and goes on once it is back', async (mood, state, code) => {
    const { box, keeper } = start({ patienceMs: 100 });
    desk.keychain.mood = mood;
    expect(await codeOf(box.open(text, PURPOSE))).toBe(code);
    expect(await keeper.status()).toMatchObject({ state, place: 'keychain' });
    // Nothing new is sealed with another key meanwhile.
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe(code);
    expect(existsSync(desk.keyFile)).toBe(false);
    if (mood === 'hangs') return;
    desk.keychain.mood = 'fine';
    expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('names a key that is gone, and starts over only when told to', async () => {
    await desk.keychain.remove(desk.keychain.accounts()[0] ?? '');
    const { box, keeper } = start();
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
    expect((await keeper.status()).state).toBe('key_missing');
    expect(desk.sealed).toHaveLength(1);
    expect(await value(keeper.startOver())).toEqual([{ kind: 'second_factor', name: 'Ada' }]);
    expect(await keeper.status()).toMatchObject({ state: 'unused', sealed: [] });
    expect(await value(box.open(await value(box.seal('new', PURPOSE)), PURPOSE))).toBe('new');
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
  });

  it('does not start over while the secrets can be read', async () => {
    expect(await codeOf(start().keeper.startOver())).toBe('secrets_fine');
    expect(desk.sealed).toHaveLength(1);
  });

  it('finds the key of a database backup that was made before it moved there', async () => {
    desk.record = desk.record && { ...desk.record, inKeychain: false };
    expect(await value(start().box.open(text, PURPOSE))).toBe(PLAIN);
  });
});

describe('a key file', () => {
  let text: string;
  beforeEach(async () => {
    desk.keychain.mood = 'missing';
    text = await value(start().box.seal(PLAIN, PURPOSE));
  });

  it.each<[string, (was: string) => string, SecretsState]>([
    ['is cut off', (was) => was.slice(0, 40), 'file_damaged'],
    ['is empty', () => '', 'file_damaged'],
    ['is of another version', (was) => was.replace('"version":1', '"version":9'), 'file_damaged'],
    ['has a changed key', (was) => was.replace(/"key":"../, '"key":"AA'), 'file_damaged'],
    ['names another key', (was) => was.replace(/"keyId":"..../, '"keyId":"ffff'), 'other_key'],
  ])('that %s is named and kept, and starting over is a way out', async (_how, damage, state) => {
    const before = damage(readFileSync(desk.keyFile, 'utf8'));
    writeFileSync(desk.keyFile, before);
    const { box, keeper } = start();
    expect(await stateOf({ box, keeper })).toBe(state);
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('secret_unreadable');
    expect(readFileSync(desk.keyFile, 'utf8')).toBe(before);
    expect(await value(keeper.startOver())).toHaveLength(1);
    expect(readFileSync(`${desk.keyFile}.old`, 'utf8')).toBe(before);
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('ok');
  });

  it('of a restored backup opens again once it is back in its place', async () => {
    const own = readFileSync(desk.keyFile, 'utf8');
    rmSync(desk.keyFile);
    expect(await stateOf()).toBe('key_missing');
    const { box } = start();
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('secret_unreadable');
    writeFileSync(desk.keyFile, own);
    expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('that is gone is missed by nobody when nothing is sealed', async () => {
    rmSync(desk.keyFile);
    desk.sealed = [];
    expect(await stateOf()).toBe('unused');
    expect(await codeOf(start().box.seal(PLAIN, PURPOSE))).toBe('ok');
  });
});

describe('a passphrase', () => {
  it('unlocks until the program ends; a wrong one does not', async () => {
    const text = await value(start({ passphrase: PASSPHRASE }).box.seal(PLAIN, PURPOSE));
    const { box, keeper } = start({ passphrase: 'not the passphrase' });
    expect((await keeper.status()).state).toBe('locked_passphrase');
    expect(await codeOf(keeper.unlock('also not it'))).toBe('passphrase_wrong');
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secrets_locked');
    expect(await codeOf(keeper.unlock(PASSPHRASE))).toBe('ok');
    expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
    keeper.close();
    expect(await stateOf()).toBe('locked_passphrase');
  });

  it('is the same however its letters are composed', async () => {
    const text = await value(start({ passphrase: 'ångström-passphrase' }).box.seal(PLAIN, PURPOSE));
    const composed = 'ångström-passphrase'.normalize('NFD');
    expect(await value(start({ passphrase: composed }).box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('costs a guesser at least 2^17 rounds of scrypt and 128 MB', async () => {
    await value(start({ passphrase: PASSPHRASE, cost: {} }).box.seal(PLAIN, PURPOSE));
    const { scrypt } = JSON.parse(readFileSync(desk.keyFile, 'utf8')) as {
      scrypt: { N: number; r: number; salt: string };
    };
    expect(scrypt.N).toBeGreaterThanOrEqual(2 ** 17);
    expect(scrypt.r).toBe(8);
    expect(Buffer.from(scrypt.salt, 'base64')).toHaveLength(16);
  });
});
