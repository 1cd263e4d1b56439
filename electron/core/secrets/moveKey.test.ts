import { readdirSync, readFileSync, rmSync } from 'node:fs';
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
      expect(desk.keychain.accounts()).toHaveLength(to === 'keychain' ? 1 : 0);
      expect(readdirSync(desk.folder)).toEqual(to === 'keychain' ? [] : ['secret.key']);
      if (to === 'passphrase') expect(await stateOf(start())).toBe('locked_passphrase');
    },
  );

  it.each(['locked', 'missing', 'hangs'] as const)(
    'to a keychain that is %s leaves the key where it was',
    async (mood) => {
      const { box, keeper } = start({ patienceMs: 50 });
      await value(keeper.move({ to: 'key_file' }));
      const text = await value(box.seal(PLAIN, PURPOSE));
      desk.keychain.mood = mood;
      expect(await codeOf(keeper.move({ to: 'keychain' }))).toMatch(/^secrets_(locked|unavailable)$/);
      expect(await value(box.open(text, PURPOSE))).toBe(PLAIN);
      expect(await value(start({ patienceMs: 50 }).box.open(text, PURPOSE))).toBe(PLAIN);
      expect(desk.fileKind()).toBe('key');
    },
  );

  it('remembers the copy that a keychain would not let go of, and takes it out later', async () => {
    const { box, keeper } = start();
    const text = await value(box.seal(PLAIN, PURPOSE));
    desk.keychain.mood = 'missing';
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('ok');
    expect(await keeper.status()).toMatchObject({ place: 'key_file', hasLeftover: true });
    desk.keychain.mood = 'fine';
    const later = start();
    await later.keeper.status();
    await later.keeper.tidy();
    expect(desk.keychain.accounts()).toEqual([]);
    expect(await later.keeper.status()).toMatchObject({ hasLeftover: false });
    expect(await value(later.box.open(text, PURPOSE))).toBe(PLAIN);
  });

  it('needs the key first', async () => {
    await value(start({ passphrase: PASSPHRASE }).box.seal(PLAIN, PURPOSE));
    const { keeper } = start();
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('secrets_locked');
    expect(desk.fileKind()).toBe('passphrase');
  });

  it('into a folder that is full or closed answers so and changes nothing', async () => {
    const { box, keeper } = start();
    const text = await value(box.seal(PLAIN, PURPOSE));
    rmSync(desk.folder, { recursive: true });
    expect(await codeOf(keeper.move({ to: 'key_file' }))).toBe('folder_not_writable');
    expect(await value(start().box.open(text, PURPOSE))).toBe(PLAIN);
  });
});

it('never logs a key, a passphrase or what is sealed', async () => {
  const { box, keeper } = start();
  await value(box.seal(PLAIN, PURPOSE));
  await value(keeper.move({ to: 'key_file' }));
  const { key } = JSON.parse(readFileSync(desk.keyFile, 'utf8')) as { key: string };
  await value(keeper.move({ to: 'passphrase', passphrase: PASSPHRASE }));
  await codeOf(start({ passphrase: 'not the passphrase' }).keeper.unlock('also not it'));
  const text = JSON.stringify(desk.logged);
  expect(desk.logged.length).toBeGreaterThan(5);
  for (const secret of [key, PLAIN, PASSPHRASE, 'not the passphrase', 'also not it'])
    expect(text).not.toContain(secret);
});
