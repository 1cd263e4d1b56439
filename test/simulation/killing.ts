import type { Store } from '../../electron/core/store/store.ts';

/** The process is gone: thrown by whatever it would have done next. */
export class Killed extends Error {}

export interface Life {
  isAlive: boolean;
  /** Calls of the store until the kill; Infinity = never. */
  callsLeft: number;
  /** The same, counting only the calls that write: where a transaction could be cut in two. */
  writesLeft: number;
  /** Its next write to the server is its last deed. */
  diesSending: boolean;
  /** Resolves when it is killed. */
  readonly died: Promise<void>;
  readonly die: () => void;
}

export function newLife(): Life {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    isAlive: true,
    callsLeft: Number.POSITIVE_INFINITY,
    writesLeft: Number.POSITIVE_INFINITY,
    diesSending: false,
    died: promise,
    die: resolve,
  };
}

export function kill(life: Life): void {
  life.isAlive = false;
  life.die();
}

const WRITES = /^(upsert|insert|set|link|mark|remove|settle|begin|record|add|index|refresh|enqueue|check)/;
const PASSED_BY = new Set(['db', 'write', 'afterCommit', 'close']);

/**
 * A store whose process dies at the nth call of a repository: between two transactions, or within one, which SQLite
 * then takes back. Once dead, nothing gets through.
 */
export function mortal(store: Store, life: Life): Store {
  const step = (name: string): void => {
    if (!life.isAlive) throw new Killed();
    life.callsLeft -= 1;
    if (WRITES.test(name)) life.writesLeft -= 1;
    if (life.callsLeft > 0 && life.writesLeft > 0) return;
    kill(life);
    throw new Killed();
  };
  const guarded = Object.entries(store).map(([name, part]) => {
    if (PASSED_BY.has(name) || typeof part !== 'object') return [name, part] as const;
    return [name, guard(part as Record<string, unknown>, step)] as const;
  });
  return {
    ...(Object.fromEntries(guarded) as Store),
    write: (work) => {
      if (!life.isAlive) throw new Killed();
      return store.write(work);
    },
    afterCommit: (action) => store.afterCommit(() => (life.isAlive ? action() : undefined)),
  };
}

function guard(part: Record<string, unknown>, step: (name: string) => void): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      const call = value as (...args: unknown[]) => unknown;
      return [
        name,
        (...args: unknown[]) => {
          step(name);
          return call(...args);
        },
      ];
    }),
  );
}
