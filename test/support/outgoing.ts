import { connect, type Server, type Socket } from 'node:net';
import type { HttpFetch, HttpOptions, HttpRequest } from '../../electron/core/ports/httpFetch.ts';

/** Asks over kept connections; answers the words that came, or kind and phase of the failure. */
export async function ask(
  fetch: HttpFetch,
  request: Partial<HttpRequest> & { url: string },
  options: Partial<HttpOptions> = {},
) {
  const result = await fetch({ method: 'GET', reuse: true, ...request }, { timeoutMs: 20_000, ...options });
  if (!result.ok) return `${result.error.kind} ${result.error.phase}`;
  return Buffer.from(result.value.body).toString();
}

/** Makes a server a proxy that opens tunnels to a port of this machine whatever name it is asked for. */
export function tunnelServer(target: number, server: Server, status = 200) {
  const asked: string[] = [];
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    asked.push(`${request.method} ${request.url}`);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const there = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  return { server, asked };
}
