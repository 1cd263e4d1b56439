import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who has an account in the other system. */
export interface FakeAccount {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
  /** Second factor; none = it asks for none. */
  readonly code?: string;
  readonly isOff?: boolean;
  readonly role?: string;
}

export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body: unknown;
}

export interface FakeSource {
  readonly url: string;
  /** What was asked so far. */
  readonly calls: readonly FakeCall[];
  /** Another behaviour from now on: surprises. */
  answer(next: (call: FakeCall) => FakeAnswer): void;
  close(): Promise<void>;
}

/** One other system on a loopback port. Whatever it has no path for is a page, as with all four. */
export async function fakeServer(first: (call: FakeCall) => FakeAnswer | null): Promise<FakeSource> {
  const calls: FakeCall[] = [];
  let answer = first;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const { method = 'GET', headers } = request;
    const call = { method, path: pathname, query: searchParams, headers, form: new URLSearchParams(body) };
    calls.push(call);
    const given = answer(call) ?? { status: 404, body: '<html><body><h1>Not Found</h1></body></html>' };
    const isText = typeof given.body === 'string';
    const type = isText ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8';
    response.writeHead(given.status ?? 200, { 'content-type': type, ...given.headers });
    response.end(isText ? given.body : JSON.stringify(given.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (next) => {
      answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
