import Database from 'better-sqlite3';

export type Db = Database.Database;

const CACHE_KIB = 65_536;
/** 32 MB, should nobody else bring the WAL into the file (`walKeeper.ts`): the writer would wait for the disk. */
const WAL_PAGES = 8_192;

/**
 * Opens a database with the rules every connection must have.
 * synchronous=FULL is set on each one: the binding's WAL default is NORMAL and would lose the last commits
 * on a power cut. mmap stays off: it took the process to 1.9 GB at a million tickets.
 */
export function openConnection(file: string, options: { readonly?: boolean; cacheKib?: number } = {}): Db {
  const db = new Database(file, { readonly: options.readonly ?? false, timeout: 5000 });
  if (!options.readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
  }
  db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${options.cacheKib ?? CACHE_KIB}`);
  db.pragma('mmap_size = 0');
  db.pragma('temp_store = MEMORY');
  return db;
}
