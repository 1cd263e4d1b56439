import {
  type Environment,
  type ProxyRules,
  readProxyRules,
  type Way,
  type Ways,
  waysOfEnvironment,
} from './proxyRules.ts';

/** Asking takes a way to another process, and a script of the network's there. */
const TOLD_MS = 30_000;
/** A proxy that could not be reached is tried last for so long, as browsers do. */
const BAD_MS = 5 * 60_000;

/** `now`: milliseconds of some steady clock. */
export function createProxyWays(
  env: Environment,
  rules?: ProxyRules,
  now: () => number = () => performance.now(),
) {
  const told = new Map<string, { readonly at: number; readonly ways: Promise<Ways> }>();
  const badAt = new Map<string, number>();
  const ask = (origin: string): Promise<Ways> => {
    const said = rules?.rulesFor(`${origin}/`) ?? Promise.resolve('');
    // Who can't say names no proxy.
    return said.then(readProxyRules, () => readProxyRules(''));
  };
  const isBad = ({ HTTP_PROXY: proxy = '' }: Way): boolean =>
    now() - (badAt.get(proxy) ?? Number.NEGATIVE_INFINITY) < BAD_MS;
  rules?.onChange(() => {
    told.clear();
    badAt.clear();
  });
  return {
    waysTo: async (url: URL): Promise<Ways> => {
      const own = waysOfEnvironment(url, env);
      if (own) return own;
      const known = told.get(url.origin);
      const fresh = known && now() - known.at < TOLD_MS ? known : { at: now(), ways: ask(url.origin) };
      told.set(url.origin, fresh);
      const { ways, unsupported } = await fresh.ways;
      return { ways: [...ways.filter((way) => !isBad(way)), ...ways.filter(isBad)], unsupported };
    },
    /** Nothing was reached this way: the host is asked anew, and a proxy is tried last for a while. */
    failed: (url: URL, way: Way): void => {
      told.delete(url.origin);
      if (way.HTTP_PROXY !== undefined) badAt.set(way.HTTP_PROXY, now());
    },
  };
}
