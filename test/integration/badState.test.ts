import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { type Core, startCore } from '../../electron/core/startCore.ts';
import { installInput } from '../../shared/contract/desk.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

const schemas = path.resolve(import.meta.dirname, '..', 'fixtures', 'schemas');
const newestSchema = path.join(
  schemas,
  readdirSync(schemas)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .at(-1) ?? '',
);
const install = installInput.parse({
  siteName: 'Test desk',
  admin: { username: 'ada', name: 'Ada', email: 'ada@desk.example', password: 'correct horse' },
});

describe('a desk in trouble', () => {
  const temporaryFolder = temporaryFolders();
  const cores: Core[] = [];
  let data = '';
  let database = '';
  beforeEach(() => {
    data = temporaryFolder();
    database = path.join(data, 'desk.db');
  });
  afterEach(async () => {
    for (const core of cores.splice(0)) await core.close();
  });

  const start = async (dataDir = data) => {
    const started = await startCore({
      dataDir,
      port: 0,
      serveApp: true,
      rendererDir: null,
      env: {},
      log: silentLogger,
    });
    if (started.ok) cores.push(started.value);
    return started;
  };
  const started = async (): Promise<Core> => {
    const core = await start();
    if (!core.ok) throw new Error(core.error.code);
    return core.value;
  };
  const get = async (core: Core, where: string) => {
    const response = await fetch(`${core.servers?.windowUrl}${where}`, { headers: { Token: 'x' } });
    return { status: response.status, body: await response.json() };
  };

  /** What every screen and every script is told when the desk can't be opened. */
  async function expectFailed(code: string, before: Buffer): Promise<void> {
    const core = await started();
    expect(core.desk.status()).toMatchObject({ state: 'failed', error: { code } });
    expect(await get(core, '/trpc/system.status')).toMatchObject({
      status: 200,
      body: { result: { data: { state: 'failed', error: { code } } } },
    });
    const api = await get(core, '/api/tickets');
    expect(api).toMatchObject({ status: 503, body: { error: 1 } });
    expect(await core.desk.install(install)).toMatchObject({ ok: false, error: { code } });
    expect(await core.desk.upgrade()).toMatchObject({ ok: true, value: { state: 'failed' } });
    await core.close();
    expect(readFileSync(database)).toEqual(before);
  }

  it('of a newer version is left as it is', async () => {
    copyFileSync(newestSchema, database);
    const db = new Database(database);
    db.pragma('user_version = 9999');
    db.close();
    await expectFailed('database_too_new', readFileSync(database));
  });

  it('that is no database is left as it is', async () => {
    writeFileSync(database, 'Not a database at all. '.repeat(1000));
    await expectFailed('database_corrupt', readFileSync(database));
  });

  it('whose copy broke off is left as it is', async () => {
    copyFileSync(newestSchema, database);
    truncateSync(database, 40_000);
    await expectFailed('database_corrupt', readFileSync(database));
  });

  it('whose pages are damaged is left as it is', async () => {
    const bytes = readFileSync(newestSchema);
    bytes.fill(0xa5, 1024, 20 * 1024);
    writeFileSync(database, bytes);
    await expectFailed('database_corrupt', bytes);
  });

  it('that belongs to another program is left as it is', async () => {
    const db = new Database(database);
    db.exec('CREATE TABLE bookmarks (url TEXT)');
    db.close();
    await expectFailed('database_corrupt', readFileSync(database));
  });

  it('of an older version answers upgrade_needed to scripts and windows', async () => {
    copyFileSync(path.join(schemas, '0001.db'), database);
    const core = await started();
    const api = await get(core, '/api/tickets');
    expect(api).toMatchObject({ status: 503, body: { error: 1 } });
    expect(await get(core, '/trpc/queues.counts')).toMatchObject({
      body: { error: { data: { appError: { code: 'upgrade_needed' } } } },
    });
    expect(await core.desk.install(install)).toMatchObject({ ok: false, error: { code: 'upgrade_needed' } });
  });

  it('in a folder that can’t be made says which', async () => {
    const file = path.join(data, 'file');
    writeFileSync(file, 'mine');
    const below = path.join(file, 'desk');
    const refused = await start(below);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'folder_not_writable', details: { path: below } },
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('whose lock can’t be written says so', async () => {
    mkdirSync(path.join(data, 'lock.db'));
    expect(await start()).toMatchObject({ ok: false, error: { code: 'folder_not_writable' } });
  });

  it('on a full disk refuses the change and keeps what is there', async () => {
    const core = await started();
    expect(await core.desk.install(install)).toMatchObject({ ok: true });
    const services = core.desk.ready();
    if (!services.ok) throw new Error(services.error.code);
    const { store } = services.value.deps;
    const name = store.settings.get().siteName;
    // A database that may not grow fails exactly as on a full disk: SQLITE_FULL.
    store.db.pragma(`max_page_count = ${store.db.pragma('page_count', { simple: true })}`);
    writeFileSync(path.join(data, 'allow-setup'), '');
    const grown = {
      ...install,
      siteName: 'x',
      admin: { ...install.admin, username: 'eve', email: 'eve@desk.example', name: 'E'.repeat(100) },
    };
    let refused = await core.desk.install(grown);
    for (let number = 0; refused.ok; number += 1) {
      writeFileSync(path.join(data, 'allow-setup'), '');
      refused = await core.desk.install({
        ...grown,
        siteName: 'x',
        admin: { ...grown.admin, username: `eve${number}`, email: `eve${number}@desk.example` },
      });
    }
    expect(refused.error.code).toBe('disk_full');
    expect(store.staff.all()[0]?.username).toBe('ada');
    expect(['x', name]).toContain(store.settings.get().siteName);
  });

  it('is set up by exactly one of two who try at once', async () => {
    const core = await started();
    const attempts = ['ada', 'eve', 'bob', 'kim'].map((username) =>
      core.desk.install({ ...install, siteName: username, admin: { ...install.admin, username } }),
    );
    const results = await Promise.all(attempts);
    const winners = results.flatMap((result) => (result.ok ? [result.value.username] : []));
    expect(winners).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.error.code === 'already_installed')).toHaveLength(
      3,
    );
    expect(core.desk.status().siteName).toBe(winners[0]);
  });

  it('belongs to one process, also within it', async () => {
    await started();
    expect(await start()).toMatchObject({ ok: false, error: { code: 'database_busy' } });
  });
});
