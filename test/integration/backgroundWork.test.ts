import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { startImportUpload } from '../../electron/core/services/importUpload.ts';
import type { Services } from '../../electron/core/services/services.ts';
import { type Core, startCore } from '../../electron/core/startCore.ts';
import { installInput } from '../../shared/contract/desk.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 60_000 });

const mail = (number: number) =>
  `From: Jo <jo@mail.example>\r\nMessage-ID: <m${number}@mail.example>\r\nDate: Mon, 5 Jan 2026 09:00:00 +0000\r\nSubject: Subject ${number}\r\n\r\nHello\r\n`;

describe('work that a desk does by itself', () => {
  const temporaryFolder = temporaryFolders();
  let data = '';
  let core: Core;
  const start = async (): Promise<Services> => {
    const started = await startCore({
      dataDir: data,
      port: 0,
      serveApp: false,
      rendererDir: null,
      env: {},
      log: silentLogger,
    });
    if (!started.ok) throw new Error(started.error.code);
    core = started.value;
    const admin = { username: 'ada', name: 'Ada', email: 'ada@desk.example', password: 'correct horse' };
    await core.desk.install(installInput.parse({ siteName: 'Test desk', admin }));
    const services = core.desk.ready();
    if (!services.ok) throw new Error(services.error.code);
    return services.value;
  };
  const ticketCount = ({ deps }: Services): number => deps.store.counts.counts('all', 0, 0).open;

  beforeEach(() => {
    data = temporaryFolder();
  });
  afterEach(() => core.close());

  it('takes up an import that a kill interrupted, and forgets an upload that never ended', async () => {
    const whole = path.join(data, 'spool', 'import-whole');
    const part = path.join(data, 'spool', 'import-part');
    for (const folder of [whole, part]) mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(whole, 'mail.eml'), mail(1));
    writeFileSync(path.join(part, 'mail.eml.part'), mail(2).slice(0, 20));
    const services = await start();
    await vi.waitUntil(() => !existsSync(whole) && !existsSync(part), { timeout: 20_000 });
    expect(ticketCount(services)).toBe(1);
  });

  it('takes up an import after the program was closed in the middle', async () => {
    const services = await start();
    const box = Array.from({ length: 200 }, (_, number) => `From jo\r\n${mail(number)}\r\n`).join('');
    await startImportUpload(services, 1 as StaffId, 'many.mbox', Readable.from([Buffer.from(box)]));
    await vi.waitUntil(() => ticketCount(services) > 0, { timeout: 20_000, interval: 1 });
    await core.close();
    expect(readdirSync(path.join(data, 'spool'))).toHaveLength(1);

    const again = await start();
    await vi.waitUntil(() => readdirSync(path.join(data, 'spool')).length === 0, { timeout: 40_000 });
    expect(ticketCount(again)).toBe(200);
  });

  it('stops indexing when the desk closes, and goes on at the next start', async () => {
    const { deps } = await start();
    const box = Array.from({ length: 20 }, (_, number) => `From jo\r\n${mail(number)}\r\n`).join('');
    const services = core.desk.ready();
    if (!services.ok) throw new Error(services.error.code);
    await startImportUpload(services.value, 1 as StaffId, 'some.mbox', Readable.from([Buffer.from(box)]));
    await vi.waitUntil(() => ticketCount(services.value) === 20, { timeout: 20_000 });
    deps.store.search.enqueue(
      Array.from({ length: 20 }, (_, index) => (index + 1) as Parameters<typeof deps.store.tickets.byId>[0]),
    );
    await core.close();
    const again = await start();
    await vi.waitUntil(() => again.deps.store.search.pending() === 0, { timeout: 20_000 });
    expect(ticketCount(again)).toBe(20);
  });
});
