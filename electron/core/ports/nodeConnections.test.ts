import { createServer as createTcpServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../../../test/support/outgoing.ts';
import { testServers } from '../../../test/support/servers.ts';
import type { HttpPhase } from './httpFetch.ts';
import { createNodeHttpFetch } from './nodeHttpFetch.ts';

const { listen, serve } = testServers();
afterEach(() => void vi.useRealTimers());

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Answers the first request of its first connection; at the first bytes of the second one it goes away. */
async function forgetful(): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  let connections = 0;
  const port = await listen(
    createTcpServer((socket) => {
      const number = ++connections;
      let requests = 0;
      socket.on('data', (chunk) => {
        if (!/^(?:GET|POST)/.test(chunk.toString('latin1'))) return;
        requests += 1;
        heard.push(`${number} ${chunk.toString('latin1').split(' ')[0]}`);
        if (number === 1 && requests === 2) socket.resetAndDestroy();
        else socket.write(ANSWER);
      });
      socket.on('error', () => undefined);
    }),
  );
  return { url: `http://127.0.0.1:${port}/`, heard };
}

describe('a connection that is left open', () => {
  it('serves the next request that allows it, without another look-up', async () => {
    const peers = new Set<number | undefined>();
    const url = await serve((request, response) => {
      peers.add(request.socket.remotePort);
      response.end('hello');
    });
    const fetch = createNodeHttpFetch({});
    const phases: HttpPhase[] = [];
    await ask(fetch, { url });
    expect(await ask(fetch, { url }, { onPhase: (phase) => phases.push(phase) })).toBe('hello');
    expect(peers.size).toBe(1);
    expect(phases).toEqual(['resolve', 'sending', 'sent', 'headers', 'body']);
    await ask(fetch, { url, reuse: false });
    expect(peers.size).toBe(2);
  });

  it('was closed meanwhile: what is only read is asked for on a new one', async () => {
    const { url, heard } = await forgetful();
    const fetch = createNodeHttpFetch({});
    await ask(fetch, { url });
    expect(await ask(fetch, { url })).toBe('ok');
    expect(heard).toEqual(['1 GET', '1 GET', '2 GET']);
  });

  it('was closed meanwhile: what was written whole is not written again, and said to be without an answer', async () => {
    const { url, heard } = await forgetful();
    const fetch = createNodeHttpFetch({});
    const post = { url, method: 'POST', body: 'once' } as const;
    await ask(fetch, post);
    expect(await ask(fetch, post)).toBe('cut sent');
    expect(heard).toEqual(['1 POST', '1 POST']);
  });

  it('that has already been closed is not written on', async () => {
    const heard: string[] = [];
    const port = await listen(
      createTcpServer((socket) =>
        socket.on('data', (chunk) => {
          heard.push(chunk.toString('latin1').split(' ')[0] ?? '');
          socket.write(ANSWER, () => socket.destroy());
        }),
      ),
    );
    const post = { url: `http://127.0.0.1:${port}/`, method: 'POST', body: 'once' } as const;
    const fetch = createNodeHttpFetch({});
    expect(await ask(fetch, post)).toBe('ok');
    expect(await ask(fetch, post)).toBe('ok');
    expect(heard).toEqual(['POST', 'POST']);
  });

  it('was closed while it was being written on: that goes again on a new one', async () => {
    const { url, heard } = await forgetful();
    const fetch = createNodeHttpFetch({});
    await ask(fetch, { url, method: 'POST', body: 'small' });
    const body = Buffer.alloc(64 * 1024 * 1024);
    expect(await ask(fetch, { url, method: 'POST', body })).toBe('ok');
    expect(heard).toEqual(['1 POST', '1 POST', '2 POST']);
  });

  it('is given up where the server says so', async () => {
    const peers = new Set<number | undefined>();
    const url = await serve((request, response) => {
      peers.add(request.socket.remotePort);
      response.writeHead(200, { connection: 'close' }).end('bye');
    });
    const fetch = createNodeHttpFetch({});
    await ask(fetch, { url });
    await ask(fetch, { url });
    expect(peers.size).toBe(2);
  });

  it('is not taken over by what is left of a request that was answered early', async () => {
    const lengths: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      lengths.push(request.headers['content-length']);
      response.end('enough');
    });
    const fetch = createNodeHttpFetch({});
    const body = Buffer.alloc(32 * 1024 * 1024);
    expect(await ask(fetch, { url, method: 'POST', body })).toBe('enough');
    expect(await ask(fetch, { url, method: 'POST', body: 'x' })).toBe('enough');
    expect(lengths).toEqual([String(body.length), '1']);
  });
});

describe('an upload', () => {
  it('is read while it is sent, and tells how far it got', async () => {
    let sizeBytes = 0;
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
      });
      request.on('end', () => response.end(`${request.headers['content-length']} ${sizeBytes}`));
    });
    const piece = Buffer.alloc(100_000);
    const upload = {
      sizeBytes: 500_000,
      async *read() {
        for (let number = 0; number < 5; number++) yield piece;
      },
    };
    const sent: number[] = [];
    const onSent = (bytes: number) => sent.push(bytes);
    expect(await ask(createNodeHttpFetch({}), { url, method: 'POST', upload }, { onSent })).toBe(
      '500000 500000',
    );
    expect(sent).toEqual([100_000, 200_000, 300_000, 400_000, 500_000]);
  });

  it('that can’t be read to its end is broken off, and not begun again on another connection', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    let begun = 0;
    const upload = {
      sizeBytes: 200_000,
      async *read() {
        begun += 1;
        yield Buffer.alloc(100_000);
        throw new Error('the disk is gone');
      },
    };
    const fetch = createNodeHttpFetch({});
    expect(await ask(fetch, { url, method: 'POST', body: 'x' })).toBe('ok');
    expect(await ask(fetch, { url, method: 'POST', upload })).toBe('unreadable sending');
    expect(begun).toBe(1);
  });

  it('goes from its beginning where a kept connection had been closed', async () => {
    const { url, heard } = await forgetful();
    const fetch = createNodeHttpFetch({});
    await ask(fetch, { url, method: 'POST', body: 'small' });
    let begun = 0;
    const upload = {
      sizeBytes: 64 * 1024 * 1024,
      async *read() {
        begun += 1;
        const piece = Buffer.alloc(1024 * 1024);
        for (let number = 0; number < 64; number++) yield piece;
      },
    };
    expect(await ask(fetch, { url, method: 'POST', upload })).toBe('ok');
    expect(begun).toBe(2);
    expect(heard).toEqual(['1 POST', '1 POST', '2 POST']);
  });

  it('is read no further than the other side takes it', async () => {
    let resume = (): void => {};
    const url = await serve((request, response) => {
      resume = () => void request.resume().on('end', () => response.end('ok'));
      stalled.resolve();
    });
    const stalled = Promise.withResolvers<void>();
    const piece = Buffer.alloc(64 * 1024);
    let readBytes = 0;
    const upload = {
      sizeBytes: 50 * 1024 * 1024,
      async *read() {
        for (; readBytes < this.sizeBytes; readBytes += piece.length) yield piece;
      },
    };
    let sentBytes = 0;
    const onSent = (bytes: number): void => {
      sentBytes = bytes;
      expect(readBytes - bytes).toBeLessThanOrEqual(piece.length);
    };
    const answer = ask(createNodeHttpFetch({}), { url, method: 'POST', upload }, { onSent });
    await stalled.promise;
    // What the system takes for the wire; the rest stays where it is.
    for (let before = -1; before !== readBytes; await pause(200)) before = readBytes;
    expect(readBytes).toBeLessThan(upload.sizeBytes / 2);
    resume();
    expect(await answer).toBe('ok');
    expect(sentBytes).toBe(upload.sizeBytes);
  });

  it('takes as long as it moves: only a standstill is too late', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const upload = (stepMs: number) => ({
      sizeBytes: 5,
      async *read() {
        for (let step = 0; step < this.sizeBytes; step++) {
          vi.advanceTimersByTime(stepMs);
          yield Buffer.alloc(1);
        }
      },
    });
    const post = (stepMs: number) =>
      ask(createNodeHttpFetch({}), { url, method: 'POST', upload: upload(stepMs) }, { timeoutMs: 1_000 });
    expect(await post(900)).toBe('ok');
    expect(await post(1_100)).toMatch(/^timeout /);
  });
});
