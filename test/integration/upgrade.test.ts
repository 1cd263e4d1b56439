import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { Desk } from '../../electron/core/desk.ts';
import { dataFolder, prepareDataFolder } from '../../electron/core/host/dataFolder.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../electron/core/ports/nodeHttpFetch.ts';
import { createPower } from '../../electron/core/ports/power.ts';
import { startCore } from '../../electron/core/startCore.ts';
import { type Migration, migrate, readMigrations } from '../../electron/core/store/migrate.ts';
import { searchInput } from '../../shared/contract/queues.ts';
import type { SystemStatus } from '../../shared/contract/system.ts';
import { fakeClock, fakeIds } from '../fakes/ports.ts';
import { temporaryFolders } from '../support/temporaryFolder.ts';

const schemas = path.resolve(import.meta.dirname, '..', 'fixtures', 'schemas');
const recorded = globSync('*.db', { cwd: schemas })
  .sort()
  .map((file) => ({ file: path.join(schemas, file), version: Number(file.slice(0, 4)) }));
const newest = readMigrations().length;

vi.setConfig({ testTimeout: 60_000 });

type Row = Record<string, unknown>;

function withDatabase<T>(file: string, read: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

function tablesOf(db: Database.Database): string[] {
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string }[];
  return tables
    .filter(({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => name);
}

/** All rows of the tables, without what an upgrade may add: new columns, and work queued for later. */
function rowsOf(file: string, columnsFrom = file): Record<string, Row[]> {
  const columns = withDatabase(columnsFrom, (db) =>
    tablesOf(db)
      .filter((table) => table !== 'search_queue')
      .map(
        (table) =>
          [
            table,
            (db.pragma(`table_info("${table}")`) as { name: string }[]).map((c) => `"${c.name}"`).join(', '),
          ] as const,
      ),
  );
  return withDatabase(file, (db) =>
    Object.fromEntries(
      columns.map(([table, list]) => [table, db.prepare<[], Row>(`SELECT ${list} FROM "${table}"`).all()]),
    ),
  );
}

function schemaOf(db: Database.Database): Row[] {
  return db
    .prepare<[], Row>('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name')
    .all();
}

describe('recorded schemas', () => {
  it('are there for every migration', () => {
    expect(recorded.map(({ version }) => version)).toEqual(readMigrations().map(({ version }) => version));
  });

  it.each(recorded)('schema $version is what its migrations make', ({ file, version }) => {
    const fresh = new Database(':memory:');
    migrate(fresh, readMigrations().slice(0, version));
    expect(withDatabase(file, schemaOf)).toEqual(schemaOf(fresh));
  });
});

describe('upgrade', () => {
  const temporaryFolder = temporaryFolders();

  function deskOf(file: string) {
    const folder = dataFolder(path.join(temporaryFolder(), 'desk'));
    prepareDataFolder(folder);
    copyFileSync(file, folder.database);
    return folder;
  }

  function openDesk(
    folder: ReturnType<typeof dataFolder>,
    migrations: readonly Migration[] = readMigrations(),
  ): Desk {
    const desk = new Desk({
      folder,
      migrations,
      clock: fakeClock(),
      ids: fakeIds(),
      log: silentLogger,
      httpFetch: createNodeHttpFetch({}),
      power: createPower(),
      needsSetupCode: false,
      keychain: null,
      passphrase: null,
    });
    desk.open();
    return desk;
  }

  it.each(recorded.filter(({ version }) => version < newest))(
    'of schema $version keeps every row',
    async ({ file, version }) => {
      const folder = deskOf(file);
      const desk = openDesk(folder);
      expect(desk.status()).toMatchObject({
        state: 'needs_upgrade',
        workspaceId: 'old-workspace',
        upgrade: { fromVersion: version, toVersion: newest },
      });
      expect(desk.ready()).toMatchObject({ ok: false, error: { code: 'upgrade_needed' } });
      expect(readFileSync(folder.database)).toEqual(readFileSync(file));

      const seen: SystemStatus[] = [];
      desk.events.subscribe(({ event }) => event.type === 'system' && seen.push(event.status));
      const upgraded = await desk.upgrade();
      expect(upgraded).toMatchObject({ ok: true, value: { state: 'ready', siteName: 'Old desk' } });
      await desk.close();

      expect(rowsOf(folder.database, file)).toEqual(rowsOf(file));
      const steps = seen.flatMap((status) => status.upgradeProgress?.step ?? []);
      expect(steps).toEqual(
        expect.arrayContaining([
          'backup',
          ...readMigrations()
            .slice(version)
            .map(({ name }) => name),
        ]),
      );
      const [backup = ''] = readdirSync(folder.backups).map((name) => path.join(folder.backups, name));
      expect(backup).toBe(seen[0]?.upgrade?.backupPath);
      expect(rowsOf(backup)).toEqual(rowsOf(file));
      expect(withDatabase(backup, (db) => db.pragma('user_version', { simple: true }))).toBe(version);
    },
  );

  it('fills the search index afterwards, beside the people who work', async () => {
    const folder = deskOf(recorded[0]?.file ?? '');
    const options = {
      dataDir: folder.root,
      port: 0,
      serveApp: true,
      rendererDir: null,
      env: {},
      log: silentLogger,
    };
    const core = await startCore(options);
    if (!core.ok) throw new Error(core.error.code);
    const { desk, close } = core.value;
    await desk.upgrade();
    const services = desk.ready();
    if (!services.ok) throw new Error(services.error.code);
    const { deps, reader } = services.value;
    await vi.waitUntil(() => deps.store.search.pending() === 0, { timeout: 20_000 });
    const found = await reader.search('all', searchInput.parse({ text: 'smoke' }));
    expect(found.ids).toEqual([1]);
    await close();
  });

  it('of the newest schema is not needed', async () => {
    const newestFile = recorded.at(-1)?.file ?? '';
    const desk = openDesk(deskOf(newestFile));
    expect(desk.status()).toMatchObject({ state: 'ready', workspaceId: 'old-workspace' });
    expect(await desk.upgrade()).toMatchObject({ ok: true, value: { state: 'ready' } });
    await desk.close();
  });

  it('goes on after a kill in the middle, with every row', async () => {
    const { file, version } = recorded[0] ?? { file: '', version: 0 };
    const folder = deskOf(file);
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'upgradeAndHang.ts'), folder.root, String(version)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    for await (const step of createInterface({ input: child.stdout })) if (step === 'endless') break;
    // The step blocks its thread inside the transaction from here on; its file grows.
    const wal = `${folder.database}-wal`;
    const before = statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
    while ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) <= before + 100_000)
      await new Promise((r) => setTimeout(r, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const more = { version: newest + 1, name: 'more', sql: 'ALTER TABLE tickets ADD COLUMN more TEXT' };
    const desk = openDesk(folder, [...readMigrations(), more]);
    expect(desk.status()).toMatchObject({
      state: 'needs_upgrade',
      upgrade: { fromVersion: newest, toVersion: newest + 1 },
    });
    expect(await desk.upgrade()).toMatchObject({ ok: true, value: { state: 'ready' } });
    await desk.close();
    expect(rowsOf(folder.database, file)).toEqual(rowsOf(file));
    expect(withDatabase(folder.database, (db) => db.pragma('integrity_check', { simple: true }))).toBe('ok');
    expect(withDatabase(folder.database, tablesOf)).not.toContain('half_done');
  });

  it('that fails leaves the desk as it was and says why', async () => {
    const { file } = recorded[0] ?? { file: '' };
    const folder = deskOf(file);
    const full = {
      version: newest + 1,
      name: 'too-much',
      sql: 'PRAGMA max_page_count = 1; CREATE TABLE much (x BLOB) STRICT; INSERT INTO much VALUES (zeroblob(1000000))',
    };
    const desk = openDesk(folder, [...readMigrations(), full]);
    expect(await desk.upgrade()).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    expect(desk.status()).toMatchObject({
      state: 'needs_upgrade',
      upgrade: { fromVersion: newest },
      error: { code: 'disk_full' },
    });
    await desk.close();
    expect(rowsOf(folder.database, file)).toEqual(rowsOf(file));
  });

  it('that cannot write its backup touches nothing', async () => {
    const { file } = recorded[0] ?? { file: '' };
    const folder = deskOf(file);
    const desk = openDesk({ ...folder, backups: path.join(folder.root, 'staffdesk.json') });
    writeFileSync(folder.configFile, '{}');
    const upgraded = await desk.upgrade();
    expect(upgraded).toMatchObject({ ok: false, error: { code: 'folder_not_writable' } });
    expect(desk.status().state).toBe('needs_upgrade');
    await desk.close();
    expect(readFileSync(folder.database)).toEqual(readFileSync(file));
  });
});
