import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Db } from './connection.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

// Beside this file in the source, beside the bundle in dist/core.
const DEFAULT_FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url));

/** Reads NNNN-name.sql files in order; a gap or a double number is a mistake of ours and throws. */
export function readMigrations(folder: string = DEFAULT_FOLDER): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort();
  return files.map((file, index) => {
    const version = Number(file.slice(0, 4));
    if (version !== index + 1) throw new Error(`Migration ${file} does not follow ${index}`);
    return { version, name: file.slice(5, -4), sql: readFileSync(join(folder, file), 'utf8') };
  });
}

export function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Applies what is missing, each step with its version number in one transaction: a kill leaves a whole step. */
export function migrate(
  db: Db,
  migrations: readonly Migration[],
  onStep: (migration: Migration) => void = () => {},
): void {
  for (const migration of migrations) {
    if (migration.version <= schemaVersion(db)) continue;
    onStep(migration);
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}
