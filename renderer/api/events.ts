import { z } from 'zod';
import { create } from 'zustand';
import { type DeskEvent, streamedEvent } from '../../shared/contract/events.ts';
import { onHello, onStreamed, type Position, type Step } from './eventGap.ts';
import { createStreamParser, type StreamMessage } from './eventStream.ts';

export type Connection = 'connecting' | 'connected' | 'reconnecting';

/** Whether this window hears from the core. */
export const useConnection = create<{ connection: Connection }>(() => ({ connection: 'connecting' }));

type Listener = (event: DeskEvent) => void;
const listeners = new Set<Listener>();
const gapListeners = new Set<() => void>();

/** Calls `listener` for every event, in order. Returns the function that stops it. */
export function onDeskEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `listener` when events were missed and everything shown may be old. */
export function onEventGap(listener: () => void): () => void {
  gapListeners.add(listener);
  return () => gapListeners.delete(listener);
}

const hello = z.object({ number: z.number().int() });

/** What the tab that holds the stream tells the others. */
const relayed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), event: z.string(), data: z.string() }),
  z.object({
    kind: z.literal('connection'),
    connection: z.enum(['connecting', 'connected', 'reconnecting']),
  }),
  z.object({ kind: z.literal('who') }),
]);

let position: Position = null;

function tellGap(): void {
  for (const listener of [...gapListeners]) listener();
}

function apply(step: Step): void {
  position = step.position;
  if (step.deliver) for (const listener of [...listeners]) listener(step.deliver);
  if (step.isGap) tellGap();
}

function takeMessage({ event, data }: StreamMessage): void {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return;
  }
  if (event === 'hello') {
    const parsed = hello.safeParse(json);
    if (parsed.success) apply(onHello(position, parsed.data.number));
    return;
  }
  const parsed = streamedEvent.safeParse(json);
  if (parsed.success) apply(onStreamed(position, parsed.data));
}

function setConnection(connection: Connection): void {
  const before = useConnection.getState().connection;
  useConnection.setState({ connection });
  // While the core was away queries failed; a core that started again may count on from the same number.
  if (before === 'reconnecting' && connection === 'connected') tellGap();
}
/** The core says something every 20 s (api/events.ts): a stream that is silent for longer has died without a word. */
const SILENCE_MS = 45_000;
const RETRY_MS = [250, 500, 1000, 2000, 5000];

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Reads one connection to its end. True when the core greeted us. */
async function readStream(
  onMessage: (message: StreamMessage) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let isGreeted = false;
  const silence = new AbortController();
  const giveUp = () => silence.abort();
  let timer = setTimeout(giveUp, SILENCE_MS);
  try {
    const response = await fetch(position === null ? '/events' : `/events?since=${position}`, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) return false;
    const parse = createStreamParser((message) => {
      isGreeted = true;
      onMessage(message);
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
      parse(value);
    }
  } catch {
    // Cut off, refused or silent: the caller tries again.
  } finally {
    clearTimeout(timer);
  }
  return isGreeted;
}

/** Keeps the stream open until `signal` ends it. */
async function holdStream(
  signal: AbortSignal,
  relay: (message: z.infer<typeof relayed>) => void,
): Promise<void> {
  const tell = (connection: Connection) => {
    setConnection(connection);
    relay({ kind: 'connection', connection });
  };
  for (let failures = 0; !signal.aborted; ) {
    const wasGreeted = await readStream((message) => {
      if (useConnection.getState().connection !== 'connected') tell('connected');
      relay({ kind: 'message', ...message });
      takeMessage(message);
    }, signal);
    if (signal.aborted) return;
    tell('reconnecting');
    failures = wasGreeted ? 0 : failures + 1;
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 5000, signal);
  }
}

/**
 * Opens the event stream: one per browser, since the sixth would block every other request. The tab that gets
 * the lock reads it and tells the others; when it closes, the next takes over. Returns the function that stops it.
 */
export function startEvents(workspaceId: string): () => void {
  const stop = new AbortController();
  const name = `staffdesk-events-${workspaceId}`;
  const channel = new BroadcastChannel(name);
  let isLeader = false;
  channel.onmessage = ({ data }) => {
    const parsed = relayed.safeParse(data);
    if (!parsed.success) return;
    if (parsed.data.kind === 'message') takeMessage(parsed.data);
    if (parsed.data.kind === 'connection') setConnection(parsed.data.connection);
    if (parsed.data.kind === 'who' && isLeader) {
      channel.postMessage({ kind: 'connection', connection: useConnection.getState().connection });
      if (position !== null) {
        channel.postMessage({ kind: 'message', event: 'hello', data: JSON.stringify({ number: position }) });
      }
    }
  };
  channel.postMessage({ kind: 'who' });

  const lead = () => {
    isLeader = true;
    return holdStream(stop.signal, (message) => channel.postMessage(message));
  };
  // Web Locks need a secure context; a plain http address in the local network has none.
  const led = navigator.locks ? navigator.locks.request(name, { signal: stop.signal }, lead) : lead();
  led.catch(() => undefined);

  return () => {
    stop.abort();
    channel.close();
    position = null;
    setConnection('connecting');
  };
}
