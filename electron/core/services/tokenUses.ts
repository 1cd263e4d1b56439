import type { TokenId } from '../../../shared/model/ids.ts';
import { ok } from '../../../shared/util/result.ts';
import type { ServiceDeps } from './context.ts';

const FLUSH_MS = 5000;

/** Remembers when and from where tokens were used and writes it every few seconds: reads stay reads. */
export interface TokenUses {
  note(deps: ServiceDeps, id: TokenId, address: string): void;
  /** Writes what is remembered; call it before the database closes. */
  flush(): void;
}

export function createTokenUses(flushMs = FLUSH_MS): TokenUses {
  const uses = new Map<TokenId, { deps: ServiceDeps; at: number; address: string }>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const pending = [...uses];
    uses.clear();
    const deps = pending[0]?.[1].deps;
    if (!deps) return;
    const written = deps.store.write(() => {
      for (const [id, use] of pending) deps.store.tokens.touch(id, use.at, use.address);
      return ok(undefined);
    });
    // Knowing the last use is not worth failing a call for.
    if (!written.ok) deps.log.warn('token_use_not_written', { code: written.error.code });
  };
  return {
    note(deps, id, address) {
      uses.set(id, { deps, at: deps.clock.now(), address });
      timer ??= setTimeout(flush, flushMs).unref();
    },
    flush,
  };
}
