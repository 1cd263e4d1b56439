import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { ApiDesk } from './apiDesk.ts';

export interface ReadEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

export interface EventReader {
  readonly response: IncomingMessage;
  /** What has come so far, without `hello`. */
  readonly events: readonly ReadEvent[];
  /** The whole text so far. */
  text(): string;
  readonly closed: Promise<unknown>;
  close(): void;
}

/** Opens GET /api/events as a browser's EventSource does; a refusal has its answer in `text` once it is closed. */
export async function openEvents(
  desk: ApiDesk,
  token: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<EventReader> {
  const request = get({
    host: '127.0.0.1',
    port: desk.port,
    path: `/api/events${query}`,
    headers: { Token: token, ...headers },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  request.on('error', () => undefined);
  let text = '';
  const events: ReadEvent[] = [];
  let parsed = 0;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', parsed); end >= 0; end = text.indexOf('\n\n', parsed)) {
      const block = text.slice(parsed, end);
      parsed = end + 2;
      const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (value('event') !== 'change') continue;
      events.push({ event: 'change', id: value('id'), data: JSON.parse(value('data')) as ReadEvent['data'] });
    }
  });
  response.on('error', () => undefined);
  const closed = new Promise((resolve) => response.on('close', resolve));
  return { response, events, text: () => text, closed, close: () => request.destroy() };
}
