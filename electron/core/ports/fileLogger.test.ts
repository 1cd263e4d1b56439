import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLogger } from './fileLogger.ts';

describe('createFileLogger', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staffdesk-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const text = () => readFileSync(join(folder, 'core.log'), 'utf8');

  it('writes one JSON object per line', () => {
    const log = createFileLogger(folder);
    log.info('desk_opened', { tickets: 3 });
    log.debug('detail');
    log.close();
    expect(text().trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(text())).toMatchObject({ level: 'info', event: 'desk_opened', tickets: 3 });
  });

  it('never writes what stands under the name of a secret', () => {
    const log = createFileLogger(folder);
    const secret = 'open sesame';
    log.warn('request', {
      password: secret,
      apiToken: secret,
      api_key: secret,
      AdminApiKey: secret,
      headers: {
        authorization: secret,
        cookie: secret,
        'set-cookie': [secret],
        'x-staffdesk-control': secret,
      },
      list: [{ totpSecret: secret }],
      error: Object.assign(new Error('failed'), { password: secret }),
      tokenId: 4,
    });
    log.close();
    expect(text()).not.toContain(secret);
    expect(JSON.parse(text())).toMatchObject({ tokenId: 4, error: { message: 'failed' } });
  });

  it('moves a full file away and keeps only so many', () => {
    const log = createFileLogger(folder, { maxBytes: 400, keep: 2 });
    for (let number = 0; number < 40; number += 1) log.info('line', { number });
    log.close();
    const files = readdirSync(folder).sort();
    expect(files).toEqual(['core.log', 'core.log.1', 'core.log.2']);
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(400);
    expect(text()).toContain('"number":39');
  });

  it('goes on without a log when the folder is gone', () => {
    const log = createFileLogger(join(folder, 'nowhere'));
    log.error('lost');
    log.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
