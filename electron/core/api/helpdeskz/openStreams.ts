import type { Readable } from 'node:stream';

/** The open event streams, by caller. */
export interface EventStreams {
  count(caller: string): number;
  add(caller: string, stream: Readable): void;
  endAll(): void;
}

export function createEventStreams(): EventStreams {
  const open = new Map<Readable, string>();
  return {
    count: (caller) => [...open.values()].filter((one) => one === caller).length,
    add: (caller, stream) => {
      open.set(stream, caller);
      stream.on('close', () => open.delete(stream));
    },
    endAll: () => {
      for (const stream of open.keys()) stream.destroy();
    },
  };
}
