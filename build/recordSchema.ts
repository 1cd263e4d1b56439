// Records the newest schema as a small desk in test/fixtures/schemas, for the upgrade tests:
//   node build/recordSchema.ts
// Each schema is the recorded one before it, migrated, plus the rows of NNNN-rows.sql: what a real desk went
// through. Run it once when a migration lands; a recorded schema is never made again after a release.
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { migrate, readMigrations } from '../electron/core/store/migrate.ts';
import { fromRoot } from './lib/paths.ts';

const folder = fromRoot('test/fixtures/schemas');
const numbered = (version: number): string => String(version).padStart(4, '0');
const databaseFile = (version: number): string => path.join(folder, `${numbered(version)}.db`);

function record(version: number): void {
  const file = databaseFile(version);
  rmSync(file, { force: true });
  if (version > 1) copyFileSync(databaseFile(version - 1), file);
  const db = new Database(file);
  // Small pages: the tables are nearly empty, and the file lies in the repository.
  if (version === 1) db.pragma('page_size = 1024');
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  migrate(db, readMigrations().slice(0, version));
  const rows = path.join(folder, `${numbered(version)}-rows.sql`);
  if (existsSync(rows)) db.exec(readFileSync(rows, 'utf8'));
  const empty = emptyTables(db);
  db.close();
  if (empty.length === 0) return;
  rmSync(file);
  throw new Error(
    `Write rows for ${empty.join(', ')} into ${rows}: an upgrade of an empty table proves nothing`,
  );
}

function emptyTables(db: Database.Database): string[] {
  // Tables that SQLite and its indexes keep for themselves are of type «shadow» or «virtual».
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string }[];
  return tables
    .filter(({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => name)
    .filter((name) => db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() === 0);
}

for (const { version } of readMigrations()) {
  if (existsSync(databaseFile(version))) continue;
  record(version);
  console.log(`Recorded ${databaseFile(version)}`);
}
