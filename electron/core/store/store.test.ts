import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok } from '../../../shared/util/result.ts';
import { openConnection } from './connection.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createStore, type Store, storeError } from './store.ts';

let store: Store;
beforeEach(() => {
  const db = openConnection(':memory:');
  migrate(db, readMigrations());
  store = createStore(db);
});
afterEach(() => store.close());

const add = (name: string) => store.departments.insert({ name, isPrivate: false, now: 1 });
const names = () => store.departments.all().map((department) => department.name);

describe('write', () => {
  it('keeps what succeeds and takes back what answers an error or throws', () => {
    expect(store.write(() => ok(add('kept'))).ok).toBe(true);
    expect(
      store.write(() => {
        add('lost');
        return err(appErrorOf('not_found'));
      }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(() =>
      store.write(() => {
        add('lost too');
        throw new Error('a mistake');
      }),
    ).toThrow('a mistake');
    expect(names()).toEqual(['kept']);
  });

  it('tells nobody of what a throw took back', () => {
    const told: string[] = [];
    const write = () =>
      store.write(() => {
        store.afterCommit(() => told.push('lost'));
        throw new Error('a mistake');
      });
    expect(write).toThrow('a mistake');
    store.write(() => ok(store.afterCommit(() => told.push('kept'))));
    expect(told).toEqual(['kept']);
  });

  it('takes back only the inner part when an inner call fails and the outer one goes on', () => {
    const told: string[] = [];
    store.write(() => {
      add('outer');
      store.afterCommit(() => told.push('outer'));
      store.write(() => {
        add('inner');
        store.afterCommit(() => told.push('inner'));
        return err(appErrorOf('not_found'));
      });
      expect(told).toEqual([]);
      return ok(undefined);
    });
    expect(names()).toEqual(['outer']);
    expect(told).toEqual(['outer']);
  });

  it('forgets settings that were rolled back', () => {
    store.write(() => {
      store.settings.set({ siteName: 'Never' });
      expect(store.settings.get().siteName).toBe('Never');
      return err(appErrorOf('invalid_input'));
    });
    expect(store.settings.get().siteName).toBe('Help desk');
  });
});

describe('storeError', () => {
  it.each([
    ['SQLITE_FULL', 'disk_full'],
    ['ENOSPC', 'disk_full'],
    ['SQLITE_CORRUPT_VTAB', 'database_corrupt'],
    ['SQLITE_BUSY_SNAPSHOT', 'database_busy'],
    ['SQLITE_READONLY_DBMOVED', 'folder_not_writable'],
    ['SQLITE_CONSTRAINT', undefined],
  ])('%s is %s', (code, expected) => {
    expect(storeError(Object.assign(new Error('x'), { code }))?.code).toBe(expected);
  });
});
