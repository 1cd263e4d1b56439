import { openConnection } from '../../electron/core/store/connection.ts';
import { migrate, readMigrations } from '../../electron/core/store/migrate.ts';
import { createStore, type Store } from '../../electron/core/store/store.ts';

const free: Store[] = [];

/** A store in memory with every migration; used ones are emptied and used again, since preparing one takes longer than a run. */
export function takeStore(): Store {
  const used = free.pop();
  if (used) return used;
  const db = openConnection(':memory:');
  migrate(db, readMigrations());
  return createStore(db);
}

export function returnStore(store: Store): void {
  const { db } = store;
  db.pragma('foreign_keys = OFF');
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'ticket_search%' AND name NOT LIKE 'ticket_suggest%'`,
    )
    .pluck()
    .all();
  db.transaction(() => {
    for (const table of tables) db.exec(`DELETE FROM ${table}`);
    db.exec('DELETE FROM sqlite_sequence');
    for (const index of ['ticket_search', 'ticket_suggest']) {
      db.exec(`INSERT INTO ${index} (${index}) VALUES ('delete-all')`);
    }
  })();
  db.pragma('foreign_keys = ON');
  store.settings.forget();
  free.push(store);
}
