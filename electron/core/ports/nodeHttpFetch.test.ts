import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { certificate, testServers } from '../../../test/support/servers.ts';
import type { HttpOptions, HttpPhase, HttpRequest } from './httpFetch.ts';
import { createNodeHttpFetch } from './nodeHttpFetch.ts';

const { listen, serve, closeAll } = testServers();

/** Sends a request with direct connections; answers what came and the phases it went through. */
async function send(request: Partial<HttpRequest> & { url: string }, options: Partial<HttpOptions> = {}) {
  const phases: HttpPhase[] = [];
  const result = await createNodeHttpFetch({})(
    { method: 'GET', ...request },
    { timeoutMs: 20_000, onPhase: (phase) => phases.push(phase), ...options },
  );
  return { result, phases };
}

const failed = (kind: string, phase: string) => ({ ok: false, error: { kind, phase } });

describe('a request that is answered', () => {
  it('brings status, headers and body, and tells each phase as it begins', async () => {
    let got = '';
    const url = await serve((request, response) => {
      request.on('data', (chunk) => (got += String(chunk)));
      request.on('end', () => {
        const { method, headers } = request;
        got += ` ${method} ${headers['content-type']} ${headers['content-length']}`;
        response.writeHead(202, { 'X-Word': 'é'.normalize('NFC') }).end('näh');
      });
    });
    const headers = { 'content-type': 'text/plain' };
    const { result, phases } = await send({ url, method: 'POST', headers, body: 'hé' });
    expect(result).toMatchObject({ ok: true, value: { status: 202 } });
    expect(result.ok && Buffer.from(result.value.body).toString()).toBe('näh');
    expect(got).toBe('hé POST text/plain 3');
    expect(phases).toEqual(['resolve', 'connect', 'sending', 'sent', 'headers', 'body']);
  });

  it('keeps a redirect as it is: the password stays here', async () => {
    let others = 0;
    const elsewhere = await serve((_request, response) => {
      others += 1;
      response.end();
    });
    const url = await serve((_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/steal` }).end(),
    );
    const { result } = await send({ url, method: 'POST', body: 'password=secret' });
    expect(result).toMatchObject({ value: { status: 307, headers: { location: `${elsewhere}/steal` } } });
    expect(others).toBe(0);
  });

  it('is read whole when it comes in pieces', async () => {
    const url = await serve((_request, response) => {
      response.write('one ');
      setImmediate(() => response.end('two'));
    });
    const { result } = await send({ url });
    expect(result.ok && Buffer.from(result.value.body).toString()).toBe('one two');
  });
});

describe('a request that fails says how and in which phase', () => {
  it.each(['ftp://x/', 'http://user:pass@127.0.0.1/', 'nonsense'])('no address: %s', async (url) => {
    expect((await send({ url })).result).toMatchObject(failed('bad_url', 'resolve'));
  });

  it('nobody has the name', async () => {
    const { result } = await send({ url: 'http://nobody.invalid/' });
    expect(result).toMatchObject(failed('unresolved', 'resolve'));
  });

  it('nobody listens', async () => {
    const port = await listen(createTcpServer());
    closeAll();
    expect((await send({ url: `http://127.0.0.1:${port}/` })).result).toMatchObject(
      failed('no_connection', 'connect'),
    );
  });

  it('cut before an answer: everything had been sent', async () => {
    const url = await serve((request) => {
      request.resume();
      request.on('end', () => request.socket.destroy());
    });
    const { result } = await send({ url, method: 'POST', body: 'x' });
    expect(result).toMatchObject(failed('cut', 'sent'));
  });

  it('cut while it was being sent', async () => {
    const port = await listen(
      createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    const body = Buffer.alloc(64 * 1024 * 1024);
    const { result, phases } = await send({ url: `http://127.0.0.1:${port}/`, method: 'POST', body });
    expect(result).toMatchObject(failed('cut', 'sending'));
    expect(phases).not.toContain('sent');
  });

  it('cut in the middle of the answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.socket?.destroy());
    });
    expect((await send({ url })).result).toMatchObject(failed('cut', 'body'));
  });

  it('no HTTP', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('220 smtp.example ESMTP\r\n')));
    const { result } = await send({ url: `http://127.0.0.1:${port}/` });
    expect(result).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  });

  it.each([
    ['silent', undefined, 'sent'],
    ['slow', 'first', 'body'],
  ])('too late: %s', async (_name, words, phase) => {
    const url = await serve((_request, response) => {
      if (words !== undefined) response.write(words);
    });
    expect((await send({ url }, { timeoutMs: 300 })).result).toMatchObject(failed('timeout', phase));
  });

  it('called off', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    const { signal } = controller;
    expect((await send({ url }, { signal })).result).toMatchObject(failed('aborted', 'sent'));
    expect((await send({ url }, { signal })).result).toMatchObject(failed('aborted', 'resolve'));
  });

  it('too much', async () => {
    const url = await serve((_request, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), more);
      };
      more();
    });
    const { result } = await send({ url, maxBytes: 200_000 });
    expect(result).toMatchObject(failed('too_large', 'body'));
  });

  it('a header with a line break is not sent', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      response.end();
    });
    const { result } = await send({ url, headers: { token: 'a\r\nx-evil: 1' } });
    expect(result).toMatchObject({ ok: false, error: { kind: 'malformed' } });
    expect(calls).toBe(0);
  });
});

describe('TLS', () => {
  it('is checked: a certificate of nobody’s is refused, with its authority given it is trusted', async () => {
    const pair = certificate('elsewhere');
    const port = await listen(createTlsServer(pair, (_request, response) => response.end('hello')));
    const url = `https://127.0.0.1:${port}/`;
    expect((await send({ url })).result).toMatchObject(failed('untrusted', 'tls'));
    expect((await send({ url, ca: certificate('localhost').cert })).result).toMatchObject(
      failed('untrusted', 'tls'),
    );
    const facts: unknown[] = [];
    const { result } = await send(
      { url, ca: pair.cert },
      { onPhase: (phase, fact) => void (phase === 'sending' && facts.push(fact)) },
    );
    expect(result).toMatchObject({ ok: true, value: { status: 200 } });
    expect(facts).toEqual([expect.stringMatching(/^TLSv1\.\d, desk\.test/)]);
  });

  it('another machine’s certificate is refused, though its authority is known', async () => {
    const pair = certificate('elsewhere');
    const port = await listen(createTlsServer(pair, (_request, response) => response.end()));
    const { result } = await send({ url: `https://localhost:${port}/`, ca: pair.cert });
    expect(result).toMatchObject({
      error: { kind: 'untrusted', detail: expect.stringContaining('ALTNAME') },
    });
  });

  it('a plain server does not speak it', async () => {
    const url = (await serve((_request, response) => response.end())).replace('http:', 'https:');
    expect((await send({ url })).result).toMatchObject(failed('tls', 'tls'));
  });

  it('an authority that is no certificate is said', async () => {
    const { result } = await send({ url: 'https://127.0.0.1:1/', ca: 'not PEM' });
    expect(result).toMatchObject({ ok: false });
  });
});
