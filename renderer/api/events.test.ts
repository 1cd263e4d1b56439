import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startEvents, useConnection } from './events.ts';

const SILENCE_MS = 45_000;
let opened: { send: (text: string) => void }[];

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  vi.stubGlobal('fetch', async (_path: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        opened.push({ send: (text) => controller.enqueue(new TextEncoder().encode(text)) });
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body, { status: 200 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const connection = () => useConnection.getState().connection;

it('takes a stream that has fallen silent for dead and opens another', async () => {
  const stop = startEvents('test');
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  opened[0]?.send('event: hello\ndata: {"number":1}\n\n');
  await vi.waitFor(() => expect(connection()).toBe('connected'));
  await vi.advanceTimersByTimeAsync(SILENCE_MS - 1000);
  opened[0]?.send(': here\n\n');
  await vi.advanceTimersByTimeAsync(SILENCE_MS - 1000);
  expect(connection()).toBe('connected');
  await vi.advanceTimersByTimeAsync(2000);
  expect(opened.length).toBeGreaterThan(1);
  expect(connection()).toBe('reconnecting');
  opened.at(-1)?.send('event: hello\ndata: {"number":2}\n\n');
  await vi.waitFor(() => expect(connection()).toBe('connected'));
  stop();
});
