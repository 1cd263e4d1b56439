import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SealedSecret, SecretsState } from '../../../shared/contract/secrets.ts';
import { ok, type Result } from '../../../shared/util/result.ts';
import { type FakeKeychain, fakeKeychain } from '../../../test/fakes/keychain.ts';
import type { Logger } from '../ports/logger.ts';
import type { KeyRecord } from './findKey.ts';
import { createKeychain } from './keychain.ts';
import { createSecretKeeper } from './secretKeeper.ts';

const PASSPHRASE = 'correct horse battery';
const PLAIN = 'GEZDGNBVGY3TQOJQ';
const PURPOSE = 'totp 1';

let folder: string;
let keychain: FakeKeychain;
let record: KeyRecord | null;
let sealed: SealedSecret[];
let logged: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staffdesk-secrets-'));
  keychain = fakeKeychain();
  record = null;
  sealed = [{ kind: 'second_factor', name: 'Ada' }];
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyFile = () => join(folder, 'secret.key');
const fileKind = () => (JSON.parse(readFileSync(keyFile(), 'utf8')) as { kind: string }).kind;

/** The program started anew on the same desk. */
function start({
  passphrase = null as string | null,
  patienceMs = 5000,
  cost = { scryptRounds: 2 ** 10 } as { scryptRounds?: number },
} = {}) {
  const log = (event: string, facts?: object) => logged.push({ event, ...facts });
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  return createSecretKeeper({
    workspaceId: 'desk1',
    keyFile: keyFile(),
    keychain: createKeychain(keychain, patienceMs),
    records: {
      read: () => record,
      write: (next) => {
        record = next;
      },
      sealed: () => sealed,
      forget: () => {
        record = null;
        return ok(sealed.splice(0));
      },
    },
    passphrase,
    ...cost,
    log: logger,
  });
}

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.error.code);
  return settled.value;
}
const codeOf = async (result: Promise<Result<unknown>>) => {
  const settled = await result;
  return settled.ok ? 'ok' : settled.error.code;
};
const stateOf = async (started = start()) => (await started.keeper.status({ again: true })).state;

describe('the first secret', () => {
  it('is sealed with a key in the keychain where one answers', async () => {
    const text = await value(start().box.seal(PLAIN, PURPOSE));
    expect(keychain.accounts()).toHaveLength(1);
    expect(existsSync(keyFile())).toBe(false);
    const again = start();
    expect(await value(again.box.open(text, PURPOSE))).toBe(PLAIN);
    expect(await again.keeper.status()).toMatchObject({ state: 'ready', place: 'keychain', sealed });
  });

  it.each(['locked', 'missing', 'not installed', 'hangs'] as const)(
    'is sealed with a key file of mode 0600 where the keychain is: %s',
    async (mood) => {
      keychain.mood = mood;
      const text = await value(start({ patienceMs: 50 }).box.seal(PLAIN, PURPOSE));
      expect(fileKind()).toBe('key');
      expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
      const again = start({ patienceMs: 50 });
      expect(await value(again.box.open(text, PURPOSE))).toBe(PLAIN);
      expect(await again.keeper.status()).toMatchObject({ state: 'ready', place: 'key_file' });
    },
  );

  it('is sealed under the passphrase the program was started with', async () => {
    const text = await value(start({ passphrase: PASSPHRASE }).box.seal(PLAIN, PURPOSE));
    expect(fileKind()).toBe('passphrase');
    expect(keychain.accounts()).toEqual([]);
    expect(await codeOf(start().box.open(text, PURPOSE))).toBe('secrets_locked');
    expect(await value(start({ passphrase: PASSPHRASE }).box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('makes one key, however many are sealed at once, and none for opening', async () => {
    const { box, keeper } = start();
    expect(await codeOf(box.open('sealed1:0:0', PURPOSE))).toBe('secret_unreadable');
    expect(await keeper.status()).toMatchObject({ state: 'unused', place: null, hasKeychain: true });
    const texts = await Promise.all(Array.from({ length: 8 }, () => value(box.seal(PLAIN, PURPOSE))));
    expect(new Set(texts.map((text) => text.split(':')[1])).size).toBe(1);
    expect(keychain.accounts()).toHaveLength(1);
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
    keychain.mood = mood;
    expect(await codeOf(box.open(text, PURPOSE))).toBe(code);
    expect(await keeper.status()).toMatchObject({ state, place: 'keychain' });
    // Nothing new is sealed with another key meanwhile.
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe(code);
    expect(existsSync(keyFile())).toBe(false);
    if (mood === 'hangs') return;
    keychain.mood = 'fine';
    expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('names a key that is gone, and starts over only when told to', async () => {
    await keychain.remove(keychain.accounts()[0] ?? '');
    const { box, keeper } = start();
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
    expect((await keeper.status()).state).toBe('key_missing');
    expect(sealed).toHaveLength(1);
    expect(await value(keeper.startOver())).toEqual([{ kind: 'second_factor', name: 'Ada' }]);
    expect(await keeper.status()).toMatchObject({ state: 'unused', sealed: [] });
    expect(await value(box.open(await value(box.seal('new', PURPOSE)), PURPOSE))).toBe('new');
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
  });

  it('does not start over while the secrets can be read', async () => {
    expect(await codeOf(start().keeper.startOver())).toBe('secrets_fine');
    expect(sealed).toHaveLength(1);
  });

  it('finds the key of a database backup that was made before it moved there', async () => {
    record = record && { ...record, inKeychain: false };
    expect(await value(start().box.open(text, PURPOSE))).toBe(PLAIN);
  });
});

describe('a key file', () => {
  let text: string;
  beforeEach(async () => {
    keychain.mood = 'missing';
    text = await value(start().box.seal(PLAIN, PURPOSE));
  });

  it.each<[string, (was: string) => string, SecretsState]>([
    ['is cut off', (was) => was.slice(0, 40), 'file_damaged'],
    ['is empty', () => '', 'file_damaged'],
    ['is of another version', (was) => was.replace('"version":1', '"version":9'), 'file_damaged'],
    ['has a changed key', (was) => was.replace(/"key":"../, '"key":"AA'), 'file_damaged'],
    ['names another key', (was) => was.replace(/"keyId":"..../, '"keyId":"ffff'), 'other_key'],
  ])('that %s is named and kept, and starting over is a way out', async (_how, damage, state) => {
    const before = damage(readFileSync(keyFile(), 'utf8'));
    writeFileSync(keyFile(), before);
    const { box, keeper } = start();
    expect(await stateOf({ box, keeper })).toBe(state);
    expect(await codeOf(box.open(text, PURPOSE))).toBe('secret_unreadable');
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('secret_unreadable');
    expect(readFileSync(keyFile(), 'utf8')).toBe(before);
    expect(await value(keeper.startOver())).toHaveLength(1);
    expect(readFileSync(`${keyFile()}.old`, 'utf8')).toBe(before);
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('ok');
  });

  it('of a restored backup opens again once it is back in its place', async () => {
    const own = readFileSync(keyFile(), 'utf8');
    rmSync(keyFile());
    expect(await stateOf()).toBe('key_missing');
    const { box } = start();
    expect(await codeOf(box.seal(PLAIN, PURPOSE))).toBe('secret_unreadable');
    writeFileSync(keyFile(), own);
    expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('that is gone is missed by nobody when nothing is sealed', async () => {
    rmSync(keyFile());
    sealed = [];
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
    const { scrypt } = JSON.parse(readFileSync(keyFile(), 'utf8')) as {
      scrypt: { N: number; r: number; salt: string };
    };
    expect(scrypt.N).toBeGreaterThanOrEqual(2 ** 17);
    expect(scrypt.r).toBe(8);
    expect(Buffer.from(scrypt.salt, 'base64')).toHaveLength(16);
  });
});

describe('moving the key', () => {
  const inputOf = (to: 'keychain' | 'key_file' | 'passphrase') =>
    to === 'passphrase' ? { to, passphrase: PASSPHRASE } : { to };
  const started = () => start({ passphrase: PASSPHRASE });

  const places = ['keychain', 'key_file', 'passphrase'] as const;
  it.each(places.flatMap((from) => places.map((to) => [from, to] as const)))(
    'from %s to %s keeps every secret and leaves nothing behind',
    async (from, to) => {
      const before = started();
      await value(before.keeper.move(inputOf(from)));
      const text = await value(before.box.seal(PLAIN, PURPOSE));
      await value(before.keeper.move(inputOf(to)));
      const after = started();
      expect(await value(after.box.open(text, PURPOSE))).toBe(PLAIN);
      expect(await after.keeper.status()).toMatchObject({ place: to, hasLeftover: false });
      expect(keychain.accounts()).toHaveLength(to === 'keychain' ? 1 : 0);
      expect(readdirSync(folder)).toEqual(to === 'keychain' ? [] : ['secret.key']);
      if (to === 'passphrase') expect(await stateOf(start())).toBe('locked_passphrase');
    },
  );

  it.each(['locked', 'missing', 'hangs'] as const)(
    'to a keychain that is %s leaves the key where it was',
    async (mood) => {
      const { box, keeper } = start({ patienceMs: 50 });
      await value(keeper.move({ to: 'key_file' }));
      const text = await value(box.seal(PLAIN, PURPOSE));
      keychain.mood = mood;
      expect(await codeOf(keeper.move({ to: 'keychain' }))).toMatch(/^secrets_(locked|unavailable)$/);
      expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
      expect(await value(start({ patienceMs: 50 }).box.open(text, PURPOSE))).toBe(PLAIN);
      expect(fileKind()).toBe('key');
    },
  );

  it('remembers the copy that a keychain would not let go of, and takes it out later', async () => {
    const { box, keeper } = start();
    const text = await value(box.seal(PLAIN, PURPOSE));
    keychain.mood = 'missing';
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('ok');
    expect(await keeper.status()).toMatchObject({ place: 'key_file', hasLeftover: true });
    keychain.mood = 'fine';
    const later = start();
    await later.keeper.status();
    await later.keeper.tidy();
    expect(keychain.accounts()).toEqual([]);
    expect(await later.keeper.status()).toMatchObject({ hasLeftover: false });
    expect(await value(later.box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('needs the key first', async () => {
    await value(start({ passphrase: PASSPHRASE }).box.seal(PLAIN, PURPOSE));
    const { keeper } = start();
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('secrets_locked');
    expect(fileKind()).toBe('passphrase');
  });

  it('into a folder that is full or closed answers so and changes nothing', async () => {
    const { box, keeper } = start();
    const text = await value(box.seal(PLAIN, PURPOSE));
    rmSync(folder, { recursive: true });
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('folder_not_writable');
    expect(await value(start().box.open(text, PURPOSE))).toBe(PLAIN);
  });
});

it('never logs a key, a passphrase or what is sealed', async () => {
  const { box, keeper } = start();
  await value(box.seal(PLAIN, PURPOSE));
  await value(keeper.move({ to: 'key_file' }));
  const { key } = JSON.parse(readFileSync(keyFile(), 'utf8')) as { key: string };
  await value(keeper.move({ to: 'passphrase', passphrase: PASSPHRASE }));
  await codeOf(start({ passphrase: 'not the passphrase' }).keeper.unlock('also not it'));
  const text = JSON.stringify(logged);
  expect(logged.length).toBeGreaterThan(5);
  for (const secret of [key, PLAIN, PASSPHRASE, 'not the passphrase', 'also not it'])
    expect(text).not.toContain(secret);
});
