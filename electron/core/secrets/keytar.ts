import type { SecretStore } from '../ports/secretStore.ts';
import { NOT_INSTALLED } from './keychain.ts';

const SERVICE = 'Staffdesk';

type Keytar = Pick<SecretStore, 'get' | 'set' | 'remove'>;

/** Loaded when it is needed: the native part throws where the system's keychain library is missing. */
async function loadKeytar() {
  try {
    const { default: keytar } = await import('keytar');
    return keytar;
  } catch {
    throw new Error(NOT_INSTALLED);
  }
}

export const keytarCalls: Keytar = {
  get: async (account) => (await loadKeytar()).getPassword(SERVICE, account),
  set: async (account, secret) => (await loadKeytar()).setPassword(SERVICE, account, secret),
  remove: async (account) => (await loadKeytar()).deletePassword(SERVICE, account),
};

/**
 * The keychain from this very process, where it can't start another (Electron's utility process). A call that
 * hangs holds a thread that can't be ended, and Node waits for it when it exits: `isStuck` tells the host.
 */
export function keychainInProcess(): SecretStore {
  let running = 0;
  const counted = async <T>(call: Promise<T>): Promise<T> => {
    running += 1;
    try {
      return await call;
    } finally {
      running -= 1;
    }
  };
  return {
    get: (account) => counted(keytarCalls.get(account)),
    set: (account, secret) => counted(keytarCalls.set(account, secret)),
    remove: (account) => counted(keytarCalls.remove(account)),
    isStuck: () => running > 0,
    close: () => {},
  };
}
