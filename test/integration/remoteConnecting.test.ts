import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { connectDesk } from '../../electron/core/sync/account/connect.ts';
import type { ConnectInput } from '../../shared/contract/sync.ts';
import { eachMirror } from '../support/mirror.ts';
import { AUTHORITY, certificate, testServers } from '../support/servers.ts';

const { serve, listen } = testServers();

const { desk, mirror } = eachMirror({ connects: false });

/** What connecting with these values says; nothing may be written by an attempt that failed. */
async function attempt(change: Partial<ConnectInput>, deps: ServiceDeps = desk.deps) {
  const tried = await connectDesk(deps, mirror.account(change));
  if (!tried.ok) {
    expect(desk.deps.store.remoteDesk.get()).toBeUndefined();
    expect(desk.deps.store.staff.all()).toEqual([]);
  }
  return tried;
}

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/html; charset=UTF-8', ...headers }).end(body);
  };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the address', () => {
  it.each(['/', '/api', '/api/', '/index.php/api/tickets', '/staff/login?from=mail#top'])(
    'may be pasted with «%s» at its end',
    async (tail) => {
      const tried = await attempt({ url: desk.url + tail });
      expect(tried).toMatchObject({ ok: true, value: { url: desk.url } });
      expect(desk.deps.store.remoteDesk.get()?.url).toBe(desk.url);
    },
  );

  it('is found below index.php where the server does not rewrite addresses', async () => {
    const url = await serve((request, response) => {
      const path = request.url ?? '';
      if (path.startsWith('/index.php/')) void forward(desk.url + path, request, response);
      else answers(404, '<h1>Not Found</h1>')(request, response);
    });
    expect(await attempt({ url })).toMatchObject({ ok: true, value: { url: `${url}/index.php` } });
  });

  const forward = async (to: string, ...[request, response]: Parameters<RequestListener>) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', headers } = request;
    const answer = await fetch(to, {
      method,
      headers: { token: String(headers.token), 'content-type': headers['content-type'] ?? 'text/plain' },
      ...(method === 'POST' ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(await answer.text());
  };

  it('is followed to https of the same name, and nowhere else', async () => {
    let seenToken: string | undefined;
    const port = await listen(
      createTlsServer(certificate('issued'), (request, response) => {
        void forward(desk.url + (request.url ?? ''), request, response);
      }),
    );
    const redirecting = (origin: string) =>
      serve((request, response) => answers(301, '', { location: origin + request.url })(request, response));
    const trusting = { ...desk.deps, httpFetch: trusts(AUTHORITY) };
    const elsewhere = await serve((request, response) => {
      seenToken = String(request.headers.token);
      answers(200, '')(request, response);
    });
    expect(await attempt({ url: await redirecting(elsewhere) })).toMatchObject({
      error: { code: 'remote_redirects', field: 'url', message: expect.stringContaining(`${elsewhere}.`) },
    });
    expect(seenToken).toBeUndefined();
    const url = `https://127.0.0.1:${port}`;
    expect(await attempt({ url: await redirecting(url) }, trusting)).toMatchObject({
      ok: true,
      value: { url },
    });
  });
});

const trusts =
  (ca: string): ServiceDeps['httpFetch'] =>
  (request, options) =>
    desk.deps.httpFetch({ ...request, ca }, options);

describe('what is no HelpDeskZ', () => {
  it.each([
    ['a page that is not found', answers(404, '<h1>Not Found</h1>'), 'remote_not_helpdeskz'],
    ['a sign-in page', answers(200, '<form action="/login"></form>'), 'remote_not_helpdeskz'],
    ['a sign-in page elsewhere', answers(302, '', { location: '/login' }), 'remote_not_helpdeskz'],
    ['an empty answer', answers(200, ''), 'remote_not_helpdeskz'],
    ['another helpdesk', answers(401, '{"error":"token_not_provided"}', JSON_TYPE), 'remote_other_system'],
    ['a list of somebody’s', answers(200, '[]', JSON_TYPE), 'remote_other_system'],
    ['a newer HelpDeskZ', answers(200, '{"success":1,"items":[]}', JSON_TYPE), 'remote_changed'],
    ['a guarded API', answers(403, '<h1>Forbidden</h1>'), 'remote_blocked'],
    ['a password of the web server', answers(401, '<h1>Who?</h1>'), 'remote_blocked'],
    ['maintenance', answers(503, '<h1>Back soon</h1>'), 'remote_unavailable'],
    ['a gateway without a server', answers(502, '<h1>Bad Gateway</h1>'), 'remote_unavailable'],
    ['a fault of PHP', answers(500, ''), 'remote_broken'],
  ])('%s', async (_, listener, code) => {
    const tried = await attempt({ url: await serve(listener) });
    expect(tried).toMatchObject({ ok: false, error: { code, field: 'url' } });
  });

  it('a name that nobody has, a port where nobody listens', async () => {
    expect(await attempt({ url: 'http://no-such-host.invalid' })).toMatchObject({
      error: { code: 'remote_name_unknown', field: 'url' },
    });
    expect(await attempt({ url: 'http://127.0.0.1:9' })).toMatchObject({
      error: { code: 'remote_no_connection', field: 'url' },
    });
  });
});

describe('TLS', () => {
  const tls = async (name: Parameters<typeof certificate>[0]) =>
    `https://127.0.0.1:${await listen(createTlsServer(certificate(name), answers(200, '')))}`;

  it('says which thing is wrong with a certificate', async () => {
    const self = await attempt({ url: await tls('localhost') });
    expect(self).toMatchObject({ error: { code: 'remote_certificate_self_signed', field: 'url' } });
    const unknown = await attempt({ url: await tls('issued') });
    expect(unknown).toMatchObject({ error: { code: 'remote_certificate_unknown', field: 'url' } });
    const trusting = { ...desk.deps, httpFetch: trusts(AUTHORITY) };
    const expired = await attempt({ url: await tls('expired') }, trusting);
    expect(expired).toMatchObject({ error: { code: 'remote_certificate_expired', field: 'url' } });
    const url = (await tls('issued')).replace('127.0.0.1', 'localhost');
    expect(await attempt({ url }, trusting)).toMatchObject({
      error: { code: 'remote_certificate_other_host', field: 'url' },
    });
  });

  it('is not spoken there', async () => {
    const url = desk.url.replace('http:', 'https:');
    expect(await attempt({ url })).toMatchObject({ error: { code: 'remote_tls_failed', field: 'url' } });
  });
});

describe('token and account', () => {
  it('names the address that the server sees', async () => {
    for (const token of desk.server.state.tokens) token.ipAddress = '10.0.0.1';
    expect(await attempt({})).toMatchObject({
      error: {
        code: 'remote_address_refused',
        field: 'token',
        message: expect.stringContaining('127.0.0.1'),
      },
    });
  });

  it.each([
    ['Get list/details of tickets.'],
    ['Get information/details of staff users.'],
    ['Validate staff authentication.'],
  ])('names the permission that is missing: %s', async (permission) => {
    const all = [
      'Get list/details of departments.',
      'Get list/details of tickets.',
      'Get information/details of staff users.',
      'Validate staff authentication.',
    ];
    mirror.allowOnly(...all.filter((other) => other !== permission));
    expect(await attempt({})).toMatchObject({
      error: {
        code: 'remote_permission_missing',
        field: 'token',
        message: expect.stringContaining(permission),
      },
    });
  });

  it('tells an account that is switched off from a wrong password, in the server’s words', async () => {
    const ada = desk.server.state.staff.get(1);
    if (!ada) throw new Error('no Ada');
    ada.isActive = false;
    expect(await attempt({})).toMatchObject({ error: { code: 'remote_staff_locked', field: 'username' } });
    ada.isActive = true;
    expect(await attempt({ password: 'wrong' })).toMatchObject({
      error: { code: 'remote_sign_in_refused', message: expect.stringContaining('attempt: 1 of 3') },
    });
  });
});
