import { utilityProcess } from 'electron';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../shared/util/result.ts';
import type { CoreHost } from '../core/host/coreHost.ts';
import {
  type CoreAddress,
  type CoreLaunch,
  coreMessage,
  type OwnerMessage,
} from '../core/host/coreProtocol.ts';
import type { Power } from '../core/ports/power.ts';

/** A core that has not gone by then is killed; SQLite takes that without loss, only slower at the next start. */
const closeLimitMs = 20_000;

/** What the system knows and a utility process has no way to ask. */
export interface SystemFacts {
  /** What its settings say about proxies for an address, in the words of a PAC file. */
  readonly resolveProxy: (url: string) => Promise<string>;
  readonly power: Power;
}

/** The core in a utility process of Electron. Call `start` after the app is ready. */
export function createUtilityHost(
  modulePath: string,
  launch: CoreLaunch,
  system: SystemFacts,
  env: NodeJS.ProcessEnv = process.env,
): CoreHost {
  let child: Electron.UtilityProcess | null = null;
  let hasEnded = false;
  const onEndListeners: (() => void)[] = [];
  const onStopListeners: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => onEndListeners.push(resolve));

  const tell = (message: OwnerMessage): void => {
    if (!hasEnded) child?.postMessage(message);
  };

  const tellPower = (): void => tell({ type: 'power', state: system.power.state() });

  async function answerProxy({ id, url }: { id: number; url: string }): Promise<void> {
    // Who can't say names no proxy.
    const rules = await system.resolveProxy(url).catch(() => '');
    tell({ type: 'proxy', id, rules });
  }

  function hear(data: unknown, answer: (result: Result<CoreAddress>) => void): void {
    const message = coreMessage.safeParse(data);
    if (!message.success) return;
    if (message.data.type === 'ready') answer(ok(message.data.address));
    else if (message.data.type === 'failed') answer(err(message.data.error));
    else if (message.data.type === 'ask_proxy') void answerProxy(message.data);
    else for (const listener of onStopListeners) listener();
  }

  return {
    start: () =>
      new Promise<Result<CoreAddress>>((resolve) => {
        child = utilityProcess.fork(modulePath, [JSON.stringify(launch)], {
          serviceName: 'Staffdesk core',
          stdio: 'inherit',
          env,
        });
        child.on('message', (data: unknown) => hear(data, resolve));
        tellPower();
        const stopWatching = system.power.onChange(tellPower);
        child.once('exit', () => {
          stopWatching();
          hasEnded = true;
          for (const listener of onEndListeners) listener();
          resolve(err(appErrorOf('internal')));
        });
      }),
    async close() {
      if (!child || hasEnded) return;
      tell({ type: 'close' });
      const limit = setTimeout(() => child?.kill(), closeLimitMs);
      await ended;
      clearTimeout(limit);
    },
    onEnd: (listener) => {
      onEndListeners.push(listener);
    },
    onStopAsked: (listener) => {
      onStopListeners.push(listener);
    },
  };
}
