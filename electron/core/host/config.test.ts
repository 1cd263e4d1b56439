import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConfigSources, isLoopback, readConfig } from './config.ts';

describe('readConfig', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staffdesk-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function read(content: unknown, sources: Partial<ConfigSources> = {}) {
    const file = join(folder, 'staffdesk.json');
    if (content !== undefined)
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readConfig({ flags: {}, env: {}, file, ...sources });
  }

  it('has defaults for a desk without a file', () => {
    expect(read(undefined)).toEqual({
      ok: true,
      value: {
        siteUrl: undefined,
        host: '127.0.0.1',
        port: 8484,
        allowedHosts: [],
        trustedProxies: [],
        tls: undefined,
        useKeychain: true,
      },
    });
  });

  it('lets a flag beat the environment and the environment beat the file', () => {
    const file = { host: '10.0.0.1', port: 1001, siteUrl: 'https://desk.example.com' };
    const env = {
      STAFFDESK_HOST: '10.0.0.2',
      STAFFDESK_PORT: '1002',
      STAFFDESK_ALLOWED_HOSTS: 'a.example, b.example',
    };
    expect(read(file)).toMatchObject({ value: file });
    expect(read(file, { env })).toMatchObject({
      value: {
        host: '10.0.0.2',
        port: 1002,
        siteUrl: 'https://desk.example.com',
        allowedHosts: ['a.example', 'b.example'],
      },
    });
    const flags = { host: '10.0.0.3', port: undefined };
    expect(read(file, { env, flags })).toMatchObject({ value: { host: '10.0.0.3', port: 1002 } });
  });

  it.each([
    ['an unknown key', { prot: 8484 }, 'prot', /no setting named «prot»/],
    [
      'an unknown key further in',
      { tls: { certFile: 'a', keyFile: 'b', cert: 'c' } },
      'tls.cert',
      /«tls\.cert»/,
    ],
    ['a wrong value', { port: 'many' }, 'port', /«port» is wrong/],
    ['a wrong address', { siteUrl: 'ftp://desk' }, 'siteUrl', /«siteUrl» is wrong/],
  ])('refuses %s by name', (_, content, field, message) => {
    const result = read(content);
    expect(result).toMatchObject({ ok: false, error: { code: 'config_invalid', field } });
    expect(result.ok || result.error.message).toMatch(message);
    expect(result.ok || result.error.message).toContain('staffdesk.json');
  });

  it('takes the TLS files from beside the configuration', () => {
    expect(read({ tls: { certFile: 'desk.crt', keyFile: join(folder, 'keys', 'desk.key') } })).toMatchObject({
      value: { tls: { certFile: join(folder, 'desk.crt'), keyFile: join(folder, 'keys', 'desk.key') } },
    });
  });

  it.each(['{', '[]', '3'])('refuses %s', (content) => {
    expect(read(content)).toMatchObject({ ok: false, error: { code: 'config_invalid' } });
  });

  it('refuses a wrong environment', () => {
    const result = read(undefined, { env: { STAFFDESK_PORT: 'http' } });
    expect(result).toMatchObject({ ok: false, error: { code: 'config_invalid', field: 'port' } });
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.0.2', false],
    ['127.example.com', false],
  ])('%s: %s', (host, expected) => expect(isLoopback(host)).toBe(expected));
});
