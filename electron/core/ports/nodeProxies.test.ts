import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ask, tunnelServer } from '../../../test/support/outgoing.ts';
import { certificate, testServers } from '../../../test/support/servers.ts';
import { createNodeHttpFetch } from './nodeHttpFetch.ts';

const { listen, serve } = testServers();

async function tunnelProxy(target: number, status = 200) {
  const { server, asked } = tunnelServer(target, createServer(), status);
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
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
    expect(await ask(createNodeHttpFetch({ HTTPS_PROXY: url }), post)).toBe('proxy_refused resolve');
    const away = createNodeHttpFetch({ HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(await ask(away, post)).toBe('no_connection resolve');
  });
});

describe('the proxies of the host’s settings', () => {
  const rulesOf = (text: string, told: string[] = []) => ({
    rulesFor: (address: string) => {
      told.push(address);
      return Promise.resolve(text);
    },
    onChange: () => undefined,
  });
  const nobody = 'PROXY 127.0.0.1:1';
  const hostOf = (url: string) => url.replace('http://', '');
  const secure = { url: 'https://desk.test/x', ca: certificate('elsewhere').cert };

  it('are used where the environment names none', async () => {
    const { url, asked } = await tunnelProxy(await tlsDesk());
    const told: string[] = [];
    const rules = rulesOf(`SOCKS 127.0.0.1:1; PROXY ${hostOf(url)}; DIRECT`, told);
    expect(await ask(createNodeHttpFetch({}, rules), secure)).toBe('by tunnel');
    expect(told).toEqual(['https://desk.test/']);
    expect(asked).toHaveLength(1);
    const direct = createNodeHttpFetch({}, rulesOf('DIRECT'));
    expect(await ask(direct, { url: 'http://nobody.invalid/' })).toBe('unresolved resolve');
    expect(await ask(createNodeHttpFetch({ HTTPS_PROXY: 'http://127.0.0.1:1' }, rules), secure)).toBe(
      'no_connection resolve',
    );
  });

  it('are tried one after the other: what was not reached has sent nothing', async () => {
    const seen: string[] = [];
    const proxy = await serve((request, response) => {
      seen.push(request.url ?? '');
      request.resume().on('end', () => response.end('by proxy'));
    });
    const fetch = createNodeHttpFetch(
      {},
      rulesOf(`${nobody}; PROXY nobody.invalid:80; PROXY ${hostOf(proxy)}`),
    );
    const post = { url: 'http://desk.test/a', method: 'POST', body: 'once' } as const;
    expect(await ask(fetch, post)).toBe('by proxy');
    const { url, asked } = await tunnelProxy(await tlsDesk());
    expect(await ask(createNodeHttpFetch({}, rulesOf(`${nobody}; PROXY ${hostOf(url)}`)), secure)).toBe(
      'by tunnel',
    );
    expect([seen, asked]).toEqual([['http://desk.test/a'], ['CONNECT desk.test:443']]);
    const none = createNodeHttpFetch({}, rulesOf(`${nobody}; ${nobody}`));
    expect(await ask(none, post)).toBe('no_connection resolve');
  });

  it('that refuse are not gone past', async () => {
    const { url } = await tunnelProxy(0, 407);
    const fetch = createNodeHttpFetch({}, rulesOf(`PROXY ${hostOf(url)}; DIRECT`));
    expect(await ask(fetch, secure)).toBe('proxy_refused resolve');
  });

  it('of a kind that can’t be used are named, and not gone past', async () => {
    const fetch = createNodeHttpFetch({}, rulesOf('SOCKS5 s.corp:1080'));
    const result = await fetch({ method: 'GET', url: secure.url }, { timeoutMs: 20_000 });
    expect(result).toMatchObject({
      error: { kind: 'proxy_unsupported', phase: 'resolve', detail: 'SOCKS5 s.corp:1080' },
    });
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

  it('the operating system’s are trusted of a proxy that speaks TLS itself', async () => {
    const { server, asked } = tunnelServer(await tlsDesk(), createTlsServer(certificate('issued')));
    const script = `
      import { createNodeHttpFetch } from ${JSON.stringify(new URL('./nodeHttpFetch.ts', import.meta.url).href)};
      const rules = { rulesFor: async () => 'HTTPS 127.0.0.1:${await listen(server)}', onChange: () => {} };
      const request = { method: 'GET', url: 'https://desk.test/', ca: process.env.OF_THE_DESK };
      const result = await createNodeHttpFetch({}, rules)(request, { timeoutMs: 20_000 });
      console.log(result.ok ? result.value.status : result.error.kind + result.error.detail);`;
    const authority = fileURLToPath(new URL('../../../test/fixtures/tls/authority.crt', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: {
        ...{ ...process.env, NODE_EXTRA_CA_CERTS: '', SSL_CERT_DIR: '' },
        ...{ SSL_CERT_FILE: authority, OF_THE_DESK: certificate('elsewhere').cert },
      },
    });
    expect(stdout.trim()).toBe('200');
    expect(asked).toEqual(['CONNECT desk.test:443']);
  });
});
