import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { FakeHelpdeskz } from './fakeHelpdeskz.ts';

/**
 * The fake behind a real socket of this machine, on any free port unless one is named. `url` has no slash at its end.
 * `delayMs`: how long it takes over a request. `taken`: before it takes more of one than so many bytes, it waits for this.
 */
export async function serveHelpdeskz(
  fake: Pick<FakeHelpdeskz, 'handle'>,
  wantedPort = 0,
  delayMs: (path: string) => number = () => 0,
  taken: (bytes: number) => Promise<void> | undefined = () => undefined,
): Promise<{
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let takenBytes = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      takenBytes += chunk.length;
      const wait = taken(takenBytes);
      if (!wait) return;
      request.pause();
      void wait.then(() => request.resume());
    });
    request.on('end', async () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const { method = 'GET', url: path = '/' } = request;
      const waitMs = delayMs(path);
      if (waitMs > 0) await setTimeout(waitMs);
      const answer = fake.handle({ method, path, headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, answer.headers);
      response.end(method === 'HEAD' ? '' : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(wantedPort, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
