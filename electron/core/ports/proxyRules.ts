export type Environment = Readonly<Record<string, string | undefined>>;

/** What the host's own settings say about an address, in the words of a PAC file: «PROXY host:port; DIRECT». */
export type ProxyRules = (url: string) => Promise<string>;

const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;
const NAMES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/**
 * The proxy for an address, as environment variables: those that are set count, else the host's rules; none for this
 * machine, as browsers do.
 */
export async function proxyEnvironment(
  url: URL,
  env: Environment,
  rules?: ProxyRules,
): Promise<Record<string, string | undefined>> {
  if (LOOPBACK.test(url.hostname)) return {};
  const isSet = NAMES.some((name) => env[name] !== undefined);
  if (isSet || !rules) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => /^(?:https?|no)_proxy$/i.test(name)));
  }
  const proxy = await rules(url.href).then(firstProxy, () => null);
  return proxy === null ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
}

/** The first way that we can go; null = straight. SOCKS is passed over. */
function firstProxy(rules: string): string | null {
  for (const rule of rules.split(';')) {
    const [kind = '', address] = rule.trim().split(/\s+/);
    if (/^direct$/i.test(kind)) return null;
    if (/^(?:proxy|http)$/i.test(kind) && address) return `http://${address}`;
    if (/^https$/i.test(kind) && address) return `https://${address}`;
  }
  return null;
}
