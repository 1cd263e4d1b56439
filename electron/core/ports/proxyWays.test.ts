import { beforeEach, expect, it } from 'vitest';
import { createProxyWays } from './proxyWays.ts';

const desk = new URL('https://desk.test/support/api');
const asked: string[] = [];
let now = 0;
let says = () => Promise.resolve('PROXY a:1; PROXY b:1; DIRECT');
let change = (): void => {};
const open = () =>
  createProxyWays(
    {},
    {
      rulesFor: (url) => {
        asked.push(url);
        return says();
      },
      onChange: (listener) => {
        change = listener;
      },
    },
    () => now,
  );
const names = async (proxies: ReturnType<typeof open>) =>
  (await proxies.waysTo(desk)).ways.map(({ HTTP_PROXY = 'straight' }) => HTTP_PROXY);

beforeEach(() => {
  asked.length = 0;
  now = 0;
  says = () => Promise.resolve('PROXY a:1; PROXY b:1; DIRECT');
});

it('asks once for many requests, by the server alone, and again after half a minute', async () => {
  const proxies = open();
  await Promise.all([names(proxies), names(proxies)]);
  now = 29_999;
  await names(proxies);
  expect(asked).toEqual(['https://desk.test/']);
  now = 30_000;
  await names(proxies);
  expect(asked).toHaveLength(2);
});

it('asks again at once in another network', async () => {
  const proxies = open();
  await names(proxies);
  says = () => Promise.resolve('DIRECT');
  change();
  expect(await names(proxies)).toEqual(['straight']);
});

it('tries a proxy that was not reached last, for five minutes or until the network is another', async () => {
  const proxies = open();
  const failFirst = async () => {
    const [way] = (await proxies.waysTo(desk)).ways;
    if (way) proxies.failed(desk, way);
  };
  await failFirst();
  expect(await names(proxies)).toEqual(['http://b:1', 'straight', 'http://a:1']);
  expect(asked).toHaveLength(2);
  await failFirst();
  expect(await names(proxies)).toEqual(['straight', 'http://a:1', 'http://b:1']);
  now = 5 * 60_000;
  expect(await names(proxies)).toEqual(['http://a:1', 'http://b:1', 'straight']);
  await failFirst();
  change();
  expect(await names(proxies)).toEqual(['http://a:1', 'http://b:1', 'straight']);
});

it('goes straight where the host can’t say', async () => {
  says = () => Promise.reject(new Error('no settings'));
  expect(await names(open())).toEqual(['straight']);
});
