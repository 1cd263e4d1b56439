import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { SecretStore } from '../../electron/core/ports/secretStore.ts';

type Mood = 'fine' | 'locked' | 'missing' | 'not installed' | 'hangs';

export interface FakeKeychain extends SecretStore {
  mood: Mood;
  readonly accounts: () => string[];
  /** What was asked of it so far. */
  readonly calls: string[];
}

const SENTENCES = {
  missing: 'Cannot autolaunch D-Bus without X11 $DISPLAY',
  'not installed': 'keychain library not installed',
} as const;

/**
 * Answers as gnome-keyring does, to the letter: a locked one finds nothing and refuses to write. Kept in `file`,
 * where there is one, so that it outlives a process that is killed.
 */
export function fakeKeychain(file?: string): FakeKeychain {
  let held: Record<string, string> = {};
  const read = (): Record<string, string> =>
    file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : held;
  const write = (items: Record<string, string>): void => {
    held = items;
    if (file) writeFileSync(file, JSON.stringify(items));
  };
  const enter = async (call: string): Promise<void> => {
    keychain.calls.push(call);
    if (keychain.mood === 'hangs') await setTimeout(60_000, undefined, { ref: false });
    if (keychain.mood === 'missing' || keychain.mood === 'not installed')
      throw new Error(SENTENCES[keychain.mood]);
  };
  const keychain: FakeKeychain = {
    mood: 'fine',
    calls: [],
    accounts: () => Object.keys(read()),
    async get(account) {
      await enter('get');
      return keychain.mood === 'locked' ? null : (read()[account] ?? null);
    },
    async set(account, secret) {
      await enter('set');
      if (keychain.mood === 'locked') throw new Error('Cannot create an item in a locked collection');
      write({ ...read(), [account]: secret });
    },
    async remove(account) {
      await enter('remove');
      const { [account]: gone, ...others } = read();
      if (keychain.mood === 'locked' || gone === undefined) return false;
      write(others);
      return true;
    },
    isStuck: () => false,
    close: () => {},
  };
  return keychain;
}
