import { describe, expect, it } from 'vitest';
import type { SourceKind } from '../../../../shared/contract/sources.ts';
import { read, reasonOf, TARGET, TYPED } from '../../../../test/support/sourceReplies.ts';
import type { SourceReply } from './dialect.ts';
import { SOURCE_DIALECTS } from './readSource.ts';

const fields = (kind: SourceKind, at = 0, typed = TYPED) => {
  const request = SOURCE_DIALECTS[kind].signIn(TARGET, typed)[at];
  return { url: request?.url, ...Object.fromEntries(new URLSearchParams(String(request?.body ?? ''))) };
};

describe('what is sent', () => {
  it('HelpDeskZ: token in a header, address of the person, second factor when typed', () => {
    const typed = { username: 'Ann', password: 'pa55 word', ip_address: '10.0.0.7' };
    expect(fields('helpdeskz')).toEqual({ url: 'https://other.example/api/staff/auth', ...typed });
    expect(fields('helpdeskz', 0, { ...TYPED, code: '123456' })).toMatchObject({ two_factor: '123456' });
    expect(SOURCE_DIALECTS.helpdeskz.signIn(TARGET, TYPED)[0]?.headers).toMatchObject({ token: TARGET.key });
  });
  it('Faveo: v1, then v3 with its own names', () => {
    const [password, api_key] = ['pa55 word', TARGET.key];
    const v1 = { url: 'https://other.example/api/v1/authenticate', username: 'Ann', password, api_key };
    expect(fields('faveo')).toEqual(v1);
    const v3 = { url: 'https://other.example/v3/api/login', user_name: 'Ann', password, api_key };
    expect(fields('faveo', 1)).toEqual(v3);
  });
  it('Forma: exactly the Accept that brings JSON', () => {
    const url = 'https://other.example/api/auth/authenticate';
    expect(fields('forma')).toEqual({ url, username: 'Ann', password: 'pa55 word' });
    expect(SOURCE_DIALECTS.forma.signIn(TARGET, TYPED)[0]?.headers?.accept).toBe('application/json');
  });
  it('Octeth: JSON asked for; never Disable2FA; a typed captcha is sent instead of skipping it', () => {
    const common = {
      url: 'https://other.example/api.php',
      Command: 'Admin.Login',
      ResponseFormat: 'JSON',
      Username: 'Ann',
      Password: 'pa55 word',
      AdminApiKey: TARGET.key,
    };
    expect(fields('octeth')).toEqual({ ...common, DisableCaptcha: 'true' });
    const typed = { ...TYPED, captcha: 'X7', code: '123456' };
    expect(fields('octeth', 0, typed)).toEqual({ ...common, Captcha: 'X7', TfaCode: '123456' });
  });
  it.each(Object.keys(SOURCE_DIALECTS) as SourceKind[])('%s: nothing secret in an address', (kind) => {
    const { signIn, askIdentity } = SOURCE_DIALECTS[kind];
    const requests = [...signIn(TARGET, { ...TYPED, code: '998877' }), askIdentity?.(TARGET, 'Ann', 'cr3d')];
    for (const { url } of requests.filter((request) => request !== undefined))
      expect(decodeURIComponent(url)).not.toMatch(/pa55|k3y|998877|cr3d/);
  });
});

describe('whatever else answers', () => {
  const html =
    '<!DOCTYPE html><html><head><title>x</title><script>steal()</script></head><body><h1>It works!</h1></body></html>';
  const surprises: [name: string, body: unknown, more: Partial<SourceReply>, words: string][] = [
    ['a web page', html, { headers: { 'content-type': 'text/html' } }, 'HTTP 200: It works!'],
    ['nothing', '', { status: 500 }, 'HTTP 500'],
    ['broken JSON', '{"token": "abc', {}, 'HTTP 200: {"token"'],
    ['a list', [1, 2], {}, 'HTTP 200: [1,2]'],
    ['another object', { hello: 'world' }, {}, 'HTTP 200: {"hello":"world"}'],
    [
      'a redirect',
      '',
      { status: 301, headers: { location: 'https://new.example/' } },
      'sends on to https://new.example/',
    ],
    ['a page not found', { success: 1, token: 't', Success: 1 }, { status: 302, headers: {} }, 'HTTP 302'],
  ];
  for (const kind of Object.keys(SOURCE_DIALECTS) as SourceKind[]) {
    it.each(surprises)(`${kind}: %s is a protocol surprise in its own words`, (_name, body, more, words) => {
      expect(read(kind, body, more)).toMatchObject({
        ok: false,
        reason: 'protocol',
        isUnderstood: false,
        serverMessage: expect.stringContaining(words),
      });
    });
    it(`${kind}: a gateway that reaches nobody`, () => {
      for (const status of [502, 503, 504]) expect(reasonOf(kind, html, { status })).toBe('unreachable');
    });
    it(`${kind}: too many requests`, () => {
      expect(reasonOf(kind, 'slow down', { status: 429 })).toBe('rate_limited');
    });
    it(`${kind}: words are short, in one line, and without what was typed`, () => {
      const outcome = read(kind, `you sent pa55 word\u0000\r\nk3y-of-desk ${'x'.repeat(5000)}`);
      const words = outcome.ok ? '' : outcome.serverMessage;
      expect(words.length).toBeLessThanOrEqual(300);
      expect(words).not.toMatch(/pa55|k3y|[\r\n]/);
      expect(words).toContain('you sent …');
    });
  }
  it('a byte order mark before the answer is passed over', () => {
    expect(reasonOf('helpdeskz', '\uFEFF\n{"success":1,"message":"You have been logged in."}')).toBe('ok');
  });
  it('deep and odd answers break nothing', () => {
    const deep = `${'<a>'.repeat(5000)}x${'</a>'.repeat(5000)}`;
    const odd = [
      '{"__proto__":{"token":"x"}}',
      '{"data":[]}',
      '{"error":{}}',
      '{"success":"no","token":{}}',
      deep,
    ];
    for (const kind of Object.keys(SOURCE_DIALECTS) as SourceKind[])
      for (const body of odd) expect(reasonOf(kind, body)).toBe('protocol');
  });
});
