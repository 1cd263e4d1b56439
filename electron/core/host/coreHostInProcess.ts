import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { type Core, type CoreOptions, startCore } from '../startCore.ts';
import type { CoreHost } from './coreHost.ts';

/** The core in this very process. */
export function createInProcessHost(options: CoreOptions): CoreHost {
  let starting: Promise<Result<Core>> | null = null;
  let closing: Promise<void> | null = null;
  const onEndListeners: (() => void)[] = [];
  const onStopListeners: (() => void)[] = [];

  async function end(): Promise<void> {
    // Also while it opens: then it is closed as soon as it is open.
    const core = await starting;
    if (core?.ok) await core.value.close();
    for (const listener of onEndListeners) listener();
  }

  return {
    async start() {
      starting ??= startCore(options);
      const core = await starting;
      if (!core.ok) return core;
      void core.value.stopAsked.then(() => {
        for (const listener of onStopListeners) listener();
      });
      const { servers } = core.value;
      return servers ? ok(servers.address) : err(appErrorOf('internal'));
    },
    close() {
      closing ??= end();
      return closing;
    },
    onEnd: (listener) => {
      onEndListeners.push(listener);
    },
    onStopAsked: (listener) => {
      onStopListeners.push(listener);
    },
  };
}
