import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ask } from '../../../test/support/outgoing.ts';
import { testServers } from '../../../test/support/servers.ts';
import type { HttpPhase } from './httpFetch.ts';
import { createNodeHttpFetch } from './nodeHttpFetch.ts';

const { listen, serve } = testServers();

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

  it('that can’t be read to its end has not been sent', async () => {
    const url = await serve((request, response) => void request.resume().on('end', () => response.end()));
    const upload = {
      sizeBytes: 200_000,
      async *read() {
        yield Buffer.alloc(100_000);
        throw new Error('the disk is gone');
      },
    };
    expect(await ask(createNodeHttpFetch({}), { url, method: 'POST', upload })).toBe('cut sending');
  });
});
