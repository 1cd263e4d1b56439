import { describe, expect, it } from 'vitest';
import { readProxyRules, waysOfEnvironment } from './proxyRules.ts';

const through = (url: string) => ({ HTTP_PROXY: url, HTTPS_PROXY: url });

describe('what a PAC file answers', () => {
  it.each<[string, string, object[], string[]]>([
    ['one proxy', 'PROXY proxy.corp:3128', [through('http://proxy.corp:3128')], []],
    ['straight', 'DIRECT', [{}], []],
    ['nothing', '', [{}], []],
    ['nothing, with a separator', ' ; ', [{}], []],
    [
      'several, in their order',
      'HTTPS a.corp:443;  proxy  b.corp ;DIRECT;',
      [through('https://a.corp:443'), through('http://b.corp'), {}],
      [],
    ],
    ['an address of version 6', 'PROXY [::1]:80', [through('http://[::1]:80')], []],
    [
      'kinds that can’t be used, between others',
      'SOCKS5 s:1080; HTTP a:1; QUIC q:1; DIRECT',
      [through('http://a:1'), {}],
      ['SOCKS5 s:1080', 'QUIC q:1'],
    ],
    ['nothing that can be used', 'SOCKS s:1080; SOCKS4 s:1081', [], ['SOCKS s:1080', 'SOCKS4 s:1081']],
    ['no address', 'PROXY; PROXY a b:c', [through('http://a')], ['PROXY']],
    ['no host', 'PROXY :80', [], ['PROXY :80']],
  ])('%s', (_, text, ways, unsupported) => {
    expect(readProxyRules(text)).toEqual({ ways, unsupported });
  });
});

describe('without asking the host', () => {
  const url = new URL('https://desk.test/');
  it('this machine is reached straight, whatever the environment says', () => {
    for (const own of ['http://localhost:80', 'http://127.0.0.9', 'http://[::1]/', 'http://a.localhost']) {
      expect(waysOfEnvironment(new URL(own), { HTTP_PROXY: 'http://a' })).toEqual({
        ...{ ways: [{}], unsupported: [] },
      });
    }
  });

  it('the environment counts as a whole, and nothing of it but its proxies', () => {
    const env = { HTTP_PROXY: 'http://a:1', no_proxy: 'b', PATH: '/bin' };
    expect(waysOfEnvironment(url, env)?.ways).toEqual([{ HTTP_PROXY: 'http://a:1', no_proxy: 'b' }]);
    expect(waysOfEnvironment(url, { PATH: '/bin', no_proxy: 'b' })).toBeNull();
  });

  it('a SOCKS proxy of the environment is no reason to go past it; its password is not told', () => {
    const env = { https_proxy: 'socks5://ann:secret@s.corp:1080' };
    expect(waysOfEnvironment(url, env)).toEqual({ ways: [], unsupported: ['socks5://s.corp:1080'] });
    expect(waysOfEnvironment(new URL('http://desk.test/'), env)?.unsupported).toEqual([]);
    expect(waysOfEnvironment(url, { ...env, NO_PROXY: 'desk.test' })?.unsupported).toEqual([]);
  });
});
