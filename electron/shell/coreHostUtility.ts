import { utilityProcess } from 'electron';
import type { AppError } from '../../shared/contract/errors.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import type { CoreHost } from '../core/host/coreHost.ts';
import {
  type CoreAddress,
  type CoreLaunch,
  coreMessage,
  type OwnerMessage,
} from '../core/host/coreProtocol.ts';

/** A core that has not gone by then is killed; SQLite takes that without loss, only slower at the next start. */
const closeLimitMs = 10_000;

/** The core in a utility process of Electron. Call `start` after the app is ready. */
export function createUtilityHost(modulePath: string, launch: CoreLaunch): CoreHost {
  let child: Electron.UtilityProcess | null = null;
  let hasEnded = false;
  const onEndListeners: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => onEndListeners.push(resolve));

  return {
    start: () =>
      new Promise<Result<CoreAddress>>((resolve) => {
        child = utilityProcess.fork(modulePath, [JSON.stringify(launch)], {
          serviceName: 'Staffdesk core',
          stdio: 'inherit',
        });
        child.on('message', (data: unknown) => {
          const message = coreMessage.safeParse(data);
          if (!message.success) return;
          resolve(message.data.type === 'ready' ? ok(message.data.address) : err(message.data.error));
        });
        child.once('exit', () => {
          hasEnded = true;
          for (const listener of onEndListeners) listener();
          resolve(err(endedEarly));
        });
      }),
    async close() {
      if (!child || hasEnded) return;
      child.postMessage({ type: 'close' } satisfies OwnerMessage);
      const limit = setTimeout(() => child?.kill(), closeLimitMs);
      await ended;
      clearTimeout(limit);
    },
    onEnd: (listener) => {
      onEndListeners.push(listener);
    },
  };
}

const endedEarly: AppError = appErrorOf('internal');
