import { describe, expect, it } from 'vitest';
import { openConnection } from './connection.ts';
import { migrate, readMigrations, schemaVersion } from './migrate.ts';

describe('migrate', () => {
  it('builds a fresh desk by replaying every step', () => {
    const db = openConnection(':memory:');
    const migrations = readMigrations();
    migrate(db, migrations);
    expect(schemaVersion(db)).toBe(migrations.length);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('leaves the version before a step that fails', () => {
    const db = openConnection(':memory:');
    const good = { version: 1, name: 'good', sql: 'CREATE TABLE a (x INTEGER) STRICT' };
    const bad = {
      version: 2,
      name: 'bad',
      sql: 'CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE a (y INTEGER) STRICT',
    };
    expect(() => migrate(db, [good, bad])).toThrow(/already exists/);
    expect(schemaVersion(db)).toBe(1);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'").get()).toEqual({ n: 0 });
  });
});
