import { setTimeout } from 'node:timers/promises';
import type { SecretStore } from '../ports/secretStore.ts';

export type KeychainProblem = 'locked' | 'silent' | 'missing' | 'not_installed' | 'off';
export type KeychainAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: KeychainProblem; readonly cause: string };

/** A keychain that always answers: in time, with a name for what is wrong. */
export interface Keychain {
  get(account: string): Promise<KeychainAnswer<string | null>>;
  set(account: string, secret: string): Promise<KeychainAnswer<void>>;
  remove(account: string): Promise<KeychainAnswer<boolean>>;
  close(): void;
}

/** A person may have to type a password; the desk does not wait for them. */
const PATIENCE_MS = 5000;
/** Thrown by a store whose native part can't be loaded. */
export const NOT_INSTALLED = 'keychain library not installed';

/**
 * One call at a time, none awaited for more than `patienceMs`. A call that takes longer goes on, so that whoever
 * answers the keychain's own window does so for the next attempt; the same question joins it.
 */
export function createKeychain(store: SecretStore | null, patienceMs = PATIENCE_MS): Keychain {
  let running: { readonly question: string; readonly answer: Promise<unknown> } | null = null;

  const start = <T>(question: string, work: (store: SecretStore) => Promise<T>) => {
    const answer = store ? attempt(work(store)) : Promise.resolve(failed<T>('off', ''));
    const own = { question, answer };
    running = own;
    void answer.then(() => {
      if (running === own) running = null;
    });
    return answer;
  };
  const ask = <T>(question: string, work: (store: SecretStore) => Promise<T>): Promise<KeychainAnswer<T>> =>
    inTime(patienceMs, async (late) => {
      while (running) {
        // Only a question that changes nothing has the same answer for two.
        if (question.startsWith('get ') && running.question === question)
          return running.answer as Promise<KeychainAnswer<T>>;
        await running.answer;
        // Whoever asked has been told that nothing came of it.
        if (late.aborted) return failed<T>('silent', 'not asked');
      }
      return start(question, work);
    });
  return {
    get: (account) => ask(`get ${account}`, (keychain) => keychain.get(account)),
    set: (account, secret) => ask(`set ${account}`, (keychain) => keychain.set(account, secret)),
    remove: (account) => ask(`remove ${account}`, (keychain) => keychain.remove(account)),
    close: () => store?.close(),
  };
}

/** The timer keeps the process alive while somebody waits, and no longer. */
async function inTime<T>(
  patienceMs: number,
  work: (late: AbortSignal) => Promise<KeychainAnswer<T>>,
): Promise<KeychainAnswer<T>> {
  const [late, settled] = [new AbortController(), new AbortController()];
  const timer = setTimeout(patienceMs, null, { signal: settled.signal }).then(() => {
    late.abort();
    return failed<T>('silent', 'no answer in time');
  });
  // Cleared: nobody is waiting for it any more.
  timer.catch(() => undefined);
  try {
    return await Promise.race([work(late.signal), timer]);
  } finally {
    settled.abort();
  }
}

async function attempt<T>(call: Promise<T>): Promise<KeychainAnswer<T>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return failed(problemOf(cause), cause);
  }
}

function failed<T>(problem: KeychainProblem, cause: string): KeychainAnswer<T> {
  return { ok: false, problem, cause };
}

/** libsecret and macOS answer in sentences; whatever is not known to mean «locked» means that none is there. */
function problemOf(cause: string): KeychainProblem {
  if (cause === NOT_INSTALLED) return 'not_installed';
  if (
    /locked collection|is locked|user interaction is not allowed|user canceled|passphrase you entered/i.test(
      cause,
    )
  )
    return 'locked';
  return 'missing';
}
