export type Environment = Readonly<Record<string, string | undefined>>;

/** What the host's own settings say about proxies. */
export interface ProxyRules {
  /** About one address, in the words of a PAC file: «PROXY host:port; DIRECT». */
  rulesFor(url: string): Promise<string>;
  /** Calls when what was said before may hold no more: the machine may be in another network. */
  onChange(listener: () => void): void;
}

/** One way to a server, as the proxy variables that Node's agents read; empty = straight. */
export type Way = Environment;

/** Ways to a server, the first to be tried first, and what was named besides that we can't go. */
export interface Ways {
  readonly ways: readonly Way[];
  readonly unsupported: readonly string[];
}

const STRAIGHT: Way = {};
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;
const VARIABLE = /^(?:https?|no)_proxy$/i;
const NAMES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/** What holds without asking the host: straight to this machine, as browsers do, else what the environment names; null = ask. */
export function waysOfEnvironment({ hostname, protocol }: URL, env: Environment): Ways | null {
  if (LOOPBACK.test(hostname)) return { ways: [STRAIGHT], unsupported: [] };
  if (!NAMES.some((name) => env[name] !== undefined)) return null;
  const named = Object.fromEntries(Object.entries(env).filter(([name]) => VARIABLE.test(name)));
  const scheme = protocol.slice(0, -1);
  const proxy = env[`${scheme}_proxy`] ?? env[`${scheme.toUpperCase()}_PROXY`] ?? '';
  const hasExceptions = (env.no_proxy ?? env.NO_PROXY ?? '') !== '';
  // Node would go straight, past the proxy that somebody wanted. It may hold a password.
  const socks = hasExceptions ? undefined : /^(socks\w*:\/\/)(?:.*@)?(.*)$/i.exec(proxy);
  return socks ? { ways: [], unsupported: [`${socks[1]}${socks[2]}`] } : { ways: [named], unsupported: [] };
}

/** The ways of a PAC answer in its order; nothing said means straight. SOCKS and what nobody knows is `unsupported`. */
export function readProxyRules(rules: string): Ways {
  const entries = rules.split(';').map((entry) => entry.trim().replace(/\s+/g, ' '));
  const ways: Way[] = [];
  const unsupported: string[] = [];
  for (const entry of entries.filter((text) => text !== '')) {
    const way = readEntry(entry);
    if (way) ways.push(way);
    else unsupported.push(entry);
  }
  return { ways: ways.length + unsupported.length === 0 ? [STRAIGHT] : ways, unsupported };
}

function readEntry(entry: string): Way | null {
  const [kind = '', address = ''] = entry.toLowerCase().split(' ');
  if (kind === 'direct') return STRAIGHT;
  const scheme = { proxy: 'http', http: 'http', https: 'https' }[kind];
  const proxy = `${scheme}://${address}`;
  const isUsable = scheme !== undefined && address !== '' && URL.canParse(proxy);
  return isUsable ? { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } : null;
}
