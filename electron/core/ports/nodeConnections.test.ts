import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { certificate, testServers } from '../../../test/support/servers.ts';
import type { HttpFetch, HttpOptions, HttpPhase, HttpRequest } from './httpFetch.ts';
import { createNodeHttpFetch } from './nodeHttpFetch.ts';

const { listen, serve } = testServers();

/** Asks over kept connections; answers the words that came, or kind and phase of the failure. */
async function ask(
  fetch: HttpFetch,
  request: Partial<HttpRequest> & { url: string },
  options: Partial<HttpOptions> = {},
) {
  const result = await fetch({ method: 'GET', reuse: true, ...request }, { timeoutMs: 20_000, ...options });
  if (!result.ok) return `${result.error.kind} ${result.error.phase}`;
  return Buffer.from(result.value.body).toString();
}

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

/** A proxy that opens tunnels to a port of this machine whatever name it is asked for. */
async function tunnelProxy(target: number, status = 200) {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket: Socket, head: Buffer) => {
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
  return { url: `http://127.0.0.1:${await listen(proxy)}`, asked };
}

const tlsDesk = () =>
  listen(createTlsServer(certificate('elsewhere'), (_request, response) => response.end('by tunnel')));

describe('a proxy', () => {
  it('opens a tunnel to a server that speaks TLS, and it is kept; the certificate is still checked', async () => {
    const { url, asked } = await tunnelProxy(await tlsDesk());
    const fetch = createNodeHttpFetch({ HTTPS_PROXY: url });
    const desk = { url: 'https://desk.test/', ca: certificate('elsewhere').cert };
    expect(await ask(fetch, desk)).toBe('by tunnel');
    expect(await ask(fetch, desk)).toBe('by tunnel');
    expect(asked).toEqual(['CONNECT desk.test:443']);
    expect(await ask(fetch, { url: 'https://desk.test/' })).toMatch(/^untrusted /);
  });

  it('passes on what is not encrypted, but never for this machine or for names it is not for', async () => {
    const seen: string[] = [];
    const proxy = await serve((request, response) => {
      seen.push(request.url ?? '');
      response.end('by proxy');
    });
    const own = await serve((_request, response) => response.end('direct'));
    const fetch = createNodeHttpFetch({ HTTP_PROXY: proxy, NO_PROXY: 'inside.invalid' });
    expect(await ask(fetch, { url: 'http://desk.test/a' })).toBe('by proxy');
    expect(await ask(fetch, { url: own })).toBe('direct');
    expect(await ask(fetch, { url: 'http://inside.invalid/' })).toBe('unresolved resolve');
    expect(seen).toEqual(['http://desk.test/a']);
  });

  it('that refuses or is not there: nothing was sent', async () => {
    const { url } = await tunnelProxy(0, 407);
    const post = { url: 'https://desk.test/', method: 'POST', body: 'x' } as const;
    expect(await ask(createNodeHttpFetch({ HTTPS_PROXY: url }), post)).toBe('no_connection resolve');
    const away = createNodeHttpFetch({ HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(await ask(away, post)).toBe('no_connection resolve');
  });

  it('of the host’s settings is used where the environment names none', async () => {
    const { url, asked } = await tunnelProxy(await tlsDesk());
    const told: string[] = [];
    const rules = async (address: string) => {
      told.push(address);
      return `SOCKS 127.0.0.1:1; PROXY ${url.replace('http://', '')}; DIRECT`;
    };
    const desk = { url: 'https://desk.test/x', ca: certificate('elsewhere').cert };
    expect(await ask(createNodeHttpFetch({}, rules), desk)).toBe('by tunnel');
    expect(told).toEqual(['https://desk.test/x']);
    expect(asked).toHaveLength(1);
    const direct = createNodeHttpFetch({}, () => Promise.resolve('DIRECT'));
    expect(await ask(direct, { url: 'http://nobody.invalid/' })).toBe('unresolved resolve');
  });
});

describe('authorities', () => {
  // Node reads both variables when it starts, so each needs a process of its own.
  const file = fileURLToPath(new URL('../../../test/fixtures/tls/elsewhere.crt', import.meta.url));
  it.each([
    ['the operating system’s', { SSL_CERT_FILE: file }],
    ['those of NODE_EXTRA_CA_CERTS', { NODE_EXTRA_CA_CERTS: file }],
  ])('%s are trusted, for many requests at once too', async (_name, env) => {
    const { url: proxy } = await tunnelProxy(await tlsDesk());
    const script = `
      import { createNodeHttpFetch } from ${JSON.stringify(new URL('./nodeHttpFetch.ts', import.meta.url).href)};
      const fetch = createNodeHttpFetch({ HTTPS_PROXY: ${JSON.stringify(proxy)} });
      const one = () => fetch({ method: 'GET', url: 'https://desk.test/', reuse: true }, { timeoutMs: 20_000 });
      const all = await Promise.all([one(), one(), one()]);
      console.log(all.map((result) => result.ok ? result.value.status : result.error.kind).join(' '));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: '', SSL_CERT_FILE: '', SSL_CERT_DIR: '', ...env },
    });
    expect(stdout.trim()).toBe('200 200 200');
  });
});
