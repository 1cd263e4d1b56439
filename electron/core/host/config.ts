import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 8484;

const port = z.number().int().min(0).max(65_535);
const hostConfig = z.strictObject({
  /** What links in mails and API answers start with; also an allowed host name. */
  siteUrl: z.url({ protocol: /^https?$/ }).optional(),
  host: z.string().min(1).max(255).optional(),
  port: port.optional(),
  /** Names the desk answers to besides its own address. */
  allowedHosts: z.array(z.string().min(1).max(255)).optional(),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustedProxies: z.array(z.string().min(1).max(64)).optional(),
  tls: z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
  /** false: the key of the desk's secrets never goes to the system's keychain. */
  useKeychain: z.boolean().optional(),
});
/** What staffdesk.json may say. */
export type ConfigFile = z.infer<typeof hostConfig>;

export interface HostConfig {
  readonly siteUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly useKeychain: boolean;
}

export interface ConfigSources {
  readonly flags: { readonly host?: string | undefined; readonly port?: number | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: string;
}

/** Flag beats environment beats staffdesk.json beats default. An unknown key is refused by name. */
export function readConfig(sources: ConfigSources): Result<HostConfig> {
  const file = readConfigFile(sources.file);
  if (!file.ok) return file;
  const env = parse(fromEnvironment(sources.env), 'The environment');
  if (!env.ok) return env;
  const flags = Object.fromEntries(Object.entries(sources.flags).filter(([, value]) => value !== undefined));
  const merged: ConfigFile = { ...file.value, ...env.value, ...flags };
  return ok({
    siteUrl: merged.siteUrl,
    host: merged.host ?? DEFAULT_HOST,
    port: merged.port ?? DEFAULT_PORT,
    allowedHosts: merged.allowedHosts ?? [],
    trustedProxies: merged.trustedProxies ?? [],
    tls: merged.tls,
    useKeychain: merged.useKeychain ?? true,
  });
}

/** Whether only this very machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function readConfigFile(file: string): Result<ConfigFile> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok({});
    return err(configError(file, 'It can’t be read.'));
  }
  try {
    const parsed = parse(JSON.parse(text), file);
    return parsed.ok ? ok(besideFile(parsed.value, file)) : parsed;
  } catch {
    return err(configError(file, 'It is not valid JSON.'));
  }
}

/** Files are named relative to staffdesk.json, wherever the program was started. */
function besideFile(config: ConfigFile, file: string): ConfigFile {
  if (!config.tls) return config;
  const { certFile, keyFile } = config.tls;
  const folder = dirname(file);
  return { ...config, tls: { certFile: resolve(folder, certFile), keyFile: resolve(folder, keyFile) } };
}

function parse(value: unknown, source: string): Result<ConfigFile> {
  const parsed = hostConfig.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const at = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const key = [at, issue.keys[0]].filter(Boolean).join('.');
    return err(configError(source, `There is no setting named «${key}».`, key));
  }
  return err(configError(source, `The setting «${at}» is wrong: ${issue?.message ?? 'not an object'}.`, at));
}

function configError(source: string, reason: string, field?: string) {
  return appErrorOf('config_invalid', { message: `${source}: ${reason}`, ...(field ? { field } : {}) });
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function fromEnvironment(env: ConfigSources['env']): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if (env.STAFFDESK_SITE_URL) found.siteUrl = env.STAFFDESK_SITE_URL;
  if (env.STAFFDESK_HOST) found.host = env.STAFFDESK_HOST;
  if (env.STAFFDESK_PORT) found.port = Number(env.STAFFDESK_PORT);
  if (env.STAFFDESK_ALLOWED_HOSTS) found.allowedHosts = list(env.STAFFDESK_ALLOWED_HOSTS);
  if (env.STAFFDESK_TRUSTED_PROXIES) found.trustedProxies = list(env.STAFFDESK_TRUSTED_PROXIES);
  if (env.STAFFDESK_TLS_CERT_FILE || env.STAFFDESK_TLS_KEY_FILE) {
    found.tls = { certFile: env.STAFFDESK_TLS_CERT_FILE ?? '', keyFile: env.STAFFDESK_TLS_KEY_FILE ?? '' };
  }
  const wish = env.STAFFDESK_USE_KEYCHAIN;
  // Anything else is refused by name, as a wrong value of staffdesk.json is.
  if (wish) found.useKeychain = wish === 'yes' || (wish === 'no' ? false : wish);
  return found;
}
