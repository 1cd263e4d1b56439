import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setImmediate } from 'node:timers/promises';
import {
  createSecureContext,
  getCACertificates,
  type SecureContext,
  setDefaultCACertificates,
} from 'node:tls';
import type { HttpRequest } from './httpFetch.ts';
import type { Environment, ProxyRules, Way } from './proxyRules.ts';
import { createProxyWays } from './proxyWays.ts';

/**
 * How long a connection may lie idle. Apache closes after 5 s; what is written must not meet a connection that is being
 * closed (nobody would know whether it was done), so it takes only one that was in use a moment ago.
 */
const IDLE_READ_MS = 4_000;
const IDLE_WRITE_MS = 1_000;

export type Connections = ReturnType<typeof createConnections>;
/** What a request goes over. */
export type Agent = HttpAgent | HttpsAgent;

/** Keeps open connections and the certificates they are checked with. */
export function createConnections(env: Environment, proxyRules?: ProxyRules) {
  const kept = new Map<string, Agent>();
  const authorities = createAuthorities();
  const make = (isTls: boolean, ca: string | undefined, options: AgentOptions): Agent => {
    // The type lacks what tls.connect takes.
    const secured = { ...options, secureContext: authorities.context(ca) };
    return isTls ? new HttpsAgent(secured) : new HttpAgent(options);
  };
  return {
    proxies: createProxyWays(env, proxyRules),
    /** `isFresh`: a new connection, whatever the request allows. */
    agentFor: async (url: URL, request: HttpRequest, proxyEnv: Way, isFresh: boolean): Promise<Agent> => {
      const { ca, reuse = false, method } = request;
      const isTls = url.protocol === 'https:';
      if (!reuse || isFresh) return make(isTls, ca, { proxyEnv });
      const timeout = method === 'GET' ? IDLE_READ_MS : IDLE_WRITE_MS;
      const key = JSON.stringify([isTls, proxyEnv, timeout, authorities.hasSystem(), ca ?? '']);
      const known = kept.get(key);
      if (known && method !== 'GET') await hearOut();
      if (known) return known;
      const agent = make(isTls, ca, { proxyEnv, keepAlive: true, timeout });
      kept.set(key, agent);
      return agent;
    },
    trustsSystem: authorities.hasSystem,
    /** Trusts the system's authorities too from now on; answers whether there are any. */
    trustSystem: authorities.addSystem,
  };
}

/** Lets every end that has arrived take its connection away: one turn hears it, the next has closed it. */
async function hearOut(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/**
 * Whom to trust: the public authorities and NODE_EXTRA_CA_CERTS. Those of the operating system are read when these do
 * not know a certificate: hundreds of them take a tenth of a second.
 */
function createAuthorities() {
  let system: readonly string[] | null = null;
  const contexts = new Map<string, SecureContext>();
  return {
    hasSystem: (): boolean => system !== null,
    addSystem: (): boolean => {
      if (!system) {
        system = getCACertificates('system');
        contexts.clear();
        // A proxy that speaks TLS itself is checked by Node alone, against these.
        setDefaultCACertificates([...getCACertificates('default'), ...system]);
      }
      return system.length > 0;
    },
    context: (ca = ''): SecureContext | undefined => {
      if (ca === '' && !system) return undefined;
      const known = contexts.get(ca);
      if (known) return known;
      const trusted = new Set([...getCACertificates('default'), ...(system ?? []), ...(ca ? [ca] : [])]);
      const made = createSecureContext({ ca: [...trusted] });
      contexts.set(ca, made);
      return made;
    },
  };
}
