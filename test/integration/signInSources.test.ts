import { describe, expect, it } from 'vitest';
import type { SourceKind } from '../../shared/contract/sources.ts';
import type { FakeSource } from '../fakes/signInSources/fakeServer.ts';
import { FAVEO_KEY, fakeFaveo } from '../fakes/signInSources/faveo.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { fakeHelpdeskz } from '../fakes/signInSources/helpdeskz.ts';
import { fakeOcteth, OCTETH_CAPTCHA } from '../fakes/signInSources/octeth.ts';
import { ACCOUNTS, sourceDesk } from '../support/sourceDesk.ts';

const { started, add, refusal, who } = sourceDesk();

const VARIANTS: readonly [string, SourceKind, string, () => Promise<FakeSource>, hasEmail: boolean][] = [
  ['HelpDeskZ', 'helpdeskz', 'hdz-token', () => fakeHelpdeskz(ACCOUNTS), true],
  [
    'HelpDeskZ, token may not read staff',
    'helpdeskz',
    'hdz-token',
    () => fakeHelpdeskz(ACCOUNTS, { mayReadStaff: false }),
    false,
  ],
  ['Faveo v1', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v1'), true],
  ['Faveo v1 with a key', 'faveo', FAVEO_KEY, () => fakeFaveo(ACCOUNTS, 'v1_with_key'), true],
  ['Faveo v1 commercial', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v1_commercial'), true],
  ['Faveo v3', 'faveo', '', () => fakeFaveo(ACCOUNTS, 'v3'), true],
  ['Forma of the seed', 'forma', '', () => fakeForma(ACCOUNTS, 'seed'), true],
  ['Forma of the source', 'forma', '', () => fakeForma(ACCOUNTS, 'source'), true],
  ['Forma in XML', 'forma', '', () => fakeForma(ACCOUNTS, 'xml'), true],
  ['Octeth v4', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'v4'), true],
  ['Octeth v4 in XML', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'xml'), true],
  ['Octeth api-docs', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'api_docs'), true],
  ['Octeth dev (seed)', 'octeth', 'admin-key', () => fakeOcteth(ACCOUNTS, 'dev'), false],
];

describe.each(VARIANTS)('%s', (_name, kind, key, start, hasEmail) => {
  it('signs somebody in by user name, and by e-mail address where it tells one', async () => {
    const { url } = await started(start());
    expect(await who(await add({ kind, key, url, name: 'A' }))).toBe('sam');
    const byEmail = await add({ kind, key, url, name: 'B', matchBy: 'email' });
    if (hasEmail) expect(await who(byEmail)).toBe('sam');
    else expect(await refusal(byEmail)).toMatchObject({ code: 'source_no_email' });
  });

  it('refuses a wrong password, asking once, and says it in its own words', async () => {
    const fake = await started(start());
    const source = await add({ kind, key, url: fake.url });
    const error = await refusal(source, { password: 'wrong' });
    expect(error).toMatchObject({ code: 'source_bad_credentials', details: { source: 'School' } });
    expect(error.message).toContain('«School»');
    expect(error.details?.serverMessage).toMatch(/invalid|Unauthorized|ErrorCode 3/i);
    // v3 is found behind a page that is not there.
    const asked = fake.calls.filter(({ form }) => form.get('password') ?? form.get('Password'));
    expect(new Set(asked.map(({ path }) => path)).size).toBe(asked.length);
  });

  it('says so when it answers as nobody expects', async () => {
    const fake = await started(start());
    const source = await add({ kind, key, url: fake.url });
    fake.answer(() => ({
      body: '<html><body><script>alert(1)</script><b>Site under repair</b></body></html>',
    }));
    expect(await refusal(source)).toMatchObject({
      code: 'source_protocol',
      details: { serverMessage: 'HTTP 200: Site under repair' },
    });
  });
});

describe('a second factor of the other system', () => {
  it.each([
    ['HelpDeskZ', 'helpdeskz', 'hdz-token', () => fakeHelpdeskz(ACCOUNTS)],
    ['Octeth, code 101', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'dev')],
    ['Octeth, code 6', 'octeth', '', () => fakeOcteth(ACCOUNTS, 'api_docs')],
  ] as const)('%s: is asked for and sent', async (_name, kind, key, start) => {
    const { url } = await started(start());
    const source = await add({ kind, key, url });
    const ada = { username: 'ada' };
    expect(await refusal(source, ada)).toMatchObject({ code: 'source_code_missing', field: 'code' });
    expect(await refusal(source, { ...ada, code: '000000' })).toMatchObject({ code: 'source_code_wrong' });
    expect(await who(source, { ...ada, code: '123 456' })).toBe('ada');
  });
});

describe('a captcha', () => {
  it('is shown, and the answer sent', async () => {
    const fake = await started(fakeOcteth(ACCOUNTS, 'dev', { captcha: true }));
    const source = await add({ kind: 'octeth', url: fake.url });
    expect(await refusal(source)).toMatchObject({
      code: 'source_captcha',
      field: 'captcha',
      details: { captchaText: OCTETH_CAPTCHA.text },
    });
    expect(await refusal(source, { captcha: '7' })).toMatchObject({ code: 'source_captcha' });
    expect(await who(source, { captcha: OCTETH_CAPTCHA.answer })).toBe('sam');
    expect(fake.calls.map(({ form }) => form.get('DisableCaptcha'))).toEqual(['true', null, null]);
  });
});
