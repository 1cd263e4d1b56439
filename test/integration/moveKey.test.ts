import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MoveKeyInput } from '../../shared/contract/secrets.ts';
import { fakeKeychain } from '../fakes/keychain.ts';
import { deskSecrets } from '../support/secrets.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const OLD = 'the old passphrase';
const NEW = 'the new passphrase';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

const keychain = () => fakeKeychain(join(desk.folder, 'keychain.json'));
/** The program started anew by somebody who knows this passphrase. */
const start = (passphrase = OLD) =>
  deskSecrets(desk.deps.store, desk.folder, { keychain: keychain(), passphrase });
const inputs = {
  keychain: { to: 'keychain' },
  key_file: { to: 'key_file' },
  passphrase: { to: 'passphrase', passphrase: NEW },
} as const satisfies Record<string, MoveKeyInput>;

const TO_KEYCHAIN = ['mark_keychain', 'write_keychain', 'verify_keychain', 'remove_file', 'moved'] as const;
const TO_FILE = ['write_file', 'replace_file', 'record_file', 'moved'] as const;
const OUT_OF_KEYCHAIN = [...TO_FILE, 'remove_from_keychain', 'record_removed'] as const;
const moves = [
  ['key_file', 'keychain', TO_KEYCHAIN],
  ['passphrase', 'keychain', TO_KEYCHAIN],
  ['keychain', 'key_file', OUT_OF_KEYCHAIN],
  ['keychain', 'passphrase', OUT_OF_KEYCHAIN],
  ['key_file', 'passphrase', TO_FILE],
  ['passphrase', 'key_file', TO_FILE],
  ['passphrase', 'passphrase', TO_FILE],
] as const;

it.each(moves.flatMap(([from, to, steps]) => steps.map((step) => [from, to, step] as const)))(
  'a move from %s to %s that is killed at %s loses nothing and can be repeated',
  async (from, to, step) => {
    const before = start();
    await before.keeper.move(from === 'passphrase' ? { to: from, passphrase: OLD } : inputs[from]);
    const sealed = await before.box.seal('a secret', 'test 1');
    if (!sealed.ok) throw new Error(sealed.error.code);
    desk.deps.store.staff.setTotp(desk.admin.staffId, sealed.value, null);

    const script = join(import.meta.dirname, 'moveAndDie.ts');
    const child = spawn(process.execPath, [script, desk.folder, JSON.stringify(inputs[to]), step], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    // Whoever moved the key knows the old passphrase and the new one.
    const started = [start(OLD), start(NEW)];
    const opened = await Promise.all(started.map(({ box }) => box.open(sealed.value, 'test 1')));
    const at = opened.findIndex((plain) => plain.ok && plain.value === 'a secret');
    expect(at).toBeGreaterThanOrEqual(0);
    const keeper = started[at]?.keeper;
    await keeper?.tidy();
    const { place, state, hasLeftover } = (await keeper?.status()) ?? {};
    expect([from, to]).toContain(place);
    expect({ state, hasLeftover }).toEqual({ state: 'ready', hasLeftover: false });
    // No copy is left where the key is not.
    expect(keychain().accounts()).toHaveLength(place === 'keychain' ? 1 : 0);

    expect(await keeper?.move(inputs[to])).toEqual({ ok: true, value: undefined });
    expect(await start(NEW).box.open(sealed.value, 'test 1')).toEqual({ ok: true, value: 'a secret' });
  },
);
