import { TOKEN_CALLS_KEPT, type TokenCall } from '../../../shared/contract/tokens.ts';
import type { TokenId } from '../../../shared/model/ids.ts';
import { ok } from '../../../shared/util/result.ts';
import type { ServiceDeps } from './context.ts';

const FLUSH_MS = 5000;
/** Paths are the caller's: what is longer than any of ours is cut. */
const PATH_LENGTH = 200;

export type NotedCall = Omit<TokenCall, 'at'>;

/** Remembers what tokens were used for and writes it every few seconds: reads stay reads. */
export interface TokenUses {
  /** `isLastUse`: false for a call that was turned away because of its address. */
  note(deps: ServiceDeps, id: TokenId, call: NotedCall, isLastUse: boolean): void;
  /** Writes what is remembered; call it before the database closes. */
  flush(): void;
}

interface Pending {
  calls: TokenCall[];
  lastUse: TokenCall | undefined;
}

export function createTokenUses(flushMs = FLUSH_MS): TokenUses {
  let uses = new Map<TokenId, Pending>();
  let deps: ServiceDeps | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const pending = uses;
    uses = new Map();
    if (!deps || pending.size === 0) return;
    const { store, log } = deps;
    const written = store.write(() => {
      for (const [id, { calls, lastUse }] of pending) {
        // Deleted in the meantime: nobody will ask.
        if (!store.tokens.byId(id)) continue;
        store.tokenCalls.add(id, calls.slice(-TOKEN_CALLS_KEPT));
        if (lastUse) store.tokens.touch(id, { ...lastUse, call: `${lastUse.method} ${lastUse.path}` });
      }
      return ok(undefined);
    });
    // Knowing the last use is not worth failing a call for.
    if (!written.ok) log.warn('token_use_not_written', { code: written.error.code });
  };
  return {
    note(current, id, call, isLastUse) {
      deps = current;
      const noted = { ...call, path: call.path.slice(0, PATH_LENGTH), at: deps.clock.now() };
      const pending = uses.get(id) ?? { calls: [], lastUse: undefined };
      pending.calls.push(noted);
      // A script that calls a thousand times a second keeps its last 200 calls, not five thousand in memory.
      if (pending.calls.length >= 2 * TOKEN_CALLS_KEPT) pending.calls.splice(0, TOKEN_CALLS_KEPT);
      if (isLastUse) pending.lastUse = noted;
      uses.set(id, pending);
      timer ??= setTimeout(flush, flushMs).unref();
    },
    flush,
  };
}
