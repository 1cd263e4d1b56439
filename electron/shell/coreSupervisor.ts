import { type AppError, appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import type { CoreHost } from '../core/host/coreHost.ts';
import type { CoreAddress } from '../core/host/coreProtocol.ts';

export type CoreState =
  | { name: 'starting' }
  | { name: 'ready'; address: CoreAddress }
  | { name: 'failed'; error: AppError }
  | { name: 'closed' };

export type SupervisorOptions = {
  createHost: () => CoreHost;
  /** Milliseconds of some steady clock. */
  now: () => number;
  wait: (ms: number) => Promise<void>;
  onChange: (state: CoreState) => void;
  /** A command asked for this desk to be closed. */
  onStopAsked: () => void;
};

export interface CoreSupervisor {
  state(): CoreState;
  /** The core's address as soon as it has one, or why it has none. Waits through restarts. */
  whenReady(): Promise<Result<CoreAddress>>;
  /** Starts over after a failure; does nothing in any other state. */
  retry(): void;
  /** Closes the core for good: database first, then its process. */
  close(): Promise<void>;
}

/** A core that died this often in a row is given up until the person tries again. */
const crashesAllowed = 3;
const backOffMs = [500, 2_000];
/** A core that served this long was fine; its death starts a new count. */
const stableAfterMs = 60_000;

/** Keeps one core running: starts it, restarts it with growing pauses when it dies, gives up honestly. */
export function superviseCore(options: SupervisorOptions): CoreSupervisor {
  let state: CoreState = { name: 'starting' };
  let host: CoreHost | null = null;
  let crashes = 0;
  let isClosing = false;
  const waiting: ((answer: Result<CoreAddress>) => void)[] = [];

  function enter(next: CoreState): void {
    state = next;
    if (next.name !== 'starting') {
      const answer = answerOf(next);
      for (const resolve of waiting.splice(0)) resolve(answer);
    }
    options.onChange(next);
  }

  async function run(): Promise<void> {
    const current = options.createHost();
    host = current;
    let readyAt: number | null = null;
    current.onEnd(() => {
      if (current === host) void recover(readyAt);
    });
    current.onStopAsked(options.onStopAsked);
    const started = await current.start();
    if (current !== host || isClosing) return;
    if (started.ok) {
      readyAt = options.now();
      enter({ name: 'ready', address: started.value });
    } else {
      host = null;
      enter({ name: 'failed', error: started.error });
      await current.close();
    }
  }

  async function recover(readyAt: number | null): Promise<void> {
    host = null;
    if (isClosing) return;
    if (readyAt !== null && options.now() - readyAt >= stableAfterMs) crashes = 0;
    crashes += 1;
    if (crashes >= crashesAllowed) {
      enter({ name: 'failed', error: appErrorOf('internal', { details: { crashes } }) });
      return;
    }
    enter({ name: 'starting' });
    await options.wait(backOffMs[crashes - 1] ?? 0);
    if (!isClosing) await run();
  }

  void run();
  return {
    state: () => state,
    whenReady() {
      if (state.name !== 'starting') return Promise.resolve(answerOf(state));
      return new Promise((resolve) => waiting.push(resolve));
    },
    retry() {
      if (state.name !== 'failed') return;
      crashes = 0;
      enter({ name: 'starting' });
      void run();
    },
    async close() {
      isClosing = true;
      await host?.close();
      if (state.name !== 'closed') enter({ name: 'closed' });
    },
  };
}

function answerOf(state: Exclude<CoreState, { name: 'starting' }>): Result<CoreAddress> {
  if (state.name === 'ready') return ok(state.address);
  return err(state.name === 'failed' ? state.error : appErrorOf('not_ready'));
}
