import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TicketId } from '../../../../shared/model/ids.ts';
import { addTicket, openStoreDesk } from '../../../../test/fakes/storeDesk.ts';
import { type Db, openConnection } from '../connection.ts';
import { createSearchIndex } from '../search/searchIndex.ts';
import { createReader, type Reader } from './readerPort.ts';

let folder: string;
let db: Db;
let reader: Reader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reader-'));
  db = openStoreDesk(join(folder, 'desk.db'));
  reader = createReader(join(folder, 'desk.db'));
});
afterEach(async () => {
  await reader.close();
  db.close();
  rmSync(folder, { recursive: true });
});

function add(subject: string): TicketId {
  const id = addTicket(db, { subject }) as TicketId;
  createSearchIndex(db).index(id);
  return id;
}
const search = (text: string, client?: string) =>
  reader.search('all', { text, limit: 20, beforeId: null }, client);

describe('the reader worker', () => {
  it('answers from its own thread and sees what was committed a moment ago', async () => {
    const first = add('lamp');
    expect((await search('lamp')).ids).toEqual([first]);
    const second = add('lamp again');
    expect((await search('lamp')).ids).toEqual([second, first]);
    expect(await reader.suggest('all', { text: 'lam', limit: 5 })).toEqual([second, first]);
  });

  it('drops a waiting question when the same client asks a newer one, and only then', async () => {
    const id = add('lamp');
    const running = search('lamp', 'window');
    const replaced = search('lamp', 'window');
    const newest = search('lamp', 'window');
    const other = search('lamp', 'another window');
    const suggestion = reader.suggest('all', { text: 'lamp', limit: 5 }, 'window');
    expect((await running).ids).toEqual([id]);
    expect((await replaced).ids).toEqual([]);
    expect((await newest).ids).toEqual([id]);
    expect((await other).ids).toEqual([id]);
    expect(await suggestion).toEqual([id]);
  });

  it('answers waiting questions with nothing when it closes, and later ones too', async () => {
    add('lamp');
    const running = search('lamp');
    const waiting = search('lamp');
    const closed = reader.close();
    expect((await running).ids).toHaveLength(1);
    expect((await waiting).ids).toEqual([]);
    await closed;
    expect((await search('lamp')).ids).toEqual([]);
  });

  it('brings the WAL into the file', async () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    const id = add('lamp');
    const inFile = (): unknown[] => {
      copyFileSync(join(folder, 'desk.db'), join(folder, 'copy.db'));
      const copy = openConnection(join(folder, 'copy.db'));
      const ids = copy.prepare("SELECT id FROM tickets WHERE subject = 'lamp'").pluck().all();
      copy.close();
      return ids;
    };
    expect(inFile()).toEqual([]);
    await reader.checkpoint();
    expect(inFile()).toEqual([id]);
  });

  it('reports a file it can not read, and works once the file is there', async () => {
    const missing = createReader(join(folder, 'later.db'));
    await expect(missing.suggest('all', { text: 'lamp', limit: 5 })).rejects.toThrow(/unable to open/);
    openStoreDesk(join(folder, 'later.db')).close();
    expect(await missing.suggest('all', { text: 'lamp', limit: 5 })).toEqual([]);
    await missing.close();
  });
});
