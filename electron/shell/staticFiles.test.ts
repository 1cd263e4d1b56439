import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStaticFile, staticFilePath } from './staticFiles.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-static-'));
const root = path.join(folder, 'renderer');
const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString();

beforeAll(() => {
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'index.html'), '<title>Staffdesk</title>');
  writeFileSync(path.join(root, 'assets', 'main-1a2b.js'), 'run()');
  writeFileSync(path.join(root, 'assets', 'odd name.css'), 'p{}');
  writeFileSync(path.join(root, 'assets', 'data.sqlite'), 'x');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'renderer-secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readStaticFile', () => {
  it.each([
    ['/', '<title>Staffdesk</title>', 'text/html; charset=utf-8'],
    ['/index.html', '<title>Staffdesk</title>', 'text/html; charset=utf-8'],
    ['/tickets/12', '<title>Staffdesk</title>', 'text/html; charset=utf-8'],
    ['/assets/main-1a2b.js', 'run()', 'text/javascript; charset=utf-8'],
    ['/assets/odd%20name.css', 'p{}', 'text/css; charset=utf-8'],
  ])('%s', async (pathname, body, mediaType) => {
    const file = await readStaticFile(root, pathname);
    expect([text(file?.body), file?.mediaType]).toEqual([body, mediaType]);
  });

  it.each(['/missing.js', '/assets/data.sqlite', '/assets/main-1a2b.js/x.js'])(
    '%s is nothing',
    async (pathname) => expect(await readStaticFile(root, pathname)).toBeNull(),
  );

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/..%2Fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/../renderer-secret.txt',
    '//secret.txt',
    '/%00/../secret.txt',
    '/index.html%00.txt',
    '/C:/secret.txt',
    '/index.html::$DATA.txt',
    '/%',
    '/%ff.txt',
  ])('%s never leaves the folder', async (pathname) => {
    expect(text((await readStaticFile(root, pathname))?.body)).not.toContain('secret');
  });

  it('would read what it refuses, were it not refused', async () => {
    expect(text((await readStaticFile(folder, '/secret.txt'))?.body)).toBe('secret');
    expect(staticFilePath(root, '/../secret.txt')).toBeNull();
    expect(staticFilePath(root, '/')).toBeNull();
  });
});
