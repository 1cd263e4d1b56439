import { ok } from '../../shared/util/result.ts';
import type { DataFolder } from './host/dataFolder.ts';
import type { Clock } from './ports/clock.ts';
import type { HttpFetch } from './ports/httpFetch.ts';
import type { Ids } from './ports/ids.ts';
import type { Logger } from './ports/logger.ts';
import type { Power } from './ports/power.ts';
import type { SecretStore } from './ports/secretStore.ts';
import { createKeychain } from './secrets/keychain.ts';
import { createSecretKeeper } from './secrets/secretKeeper.ts';
import { type EventHub, publishAfterCommit } from './services/eventHub.ts';
import { createJobs } from './services/jobs.ts';
import type { Services } from './services/services.ts';
import { checkpointAll } from './store/checkpoint.ts';
import { type Db, openConnection } from './store/connection.ts';
import { createDeskFile } from './store/deskFile.ts';
import { createFileStore } from './store/files.ts';
import type { Migration } from './store/migrate.ts';
import { createReader } from './store/reader/readerPort.ts';
import { type SlowQuery, watchSlowQueries } from './store/slowQueries.ts';
import { createStore, type Store } from './store/store.ts';
import { createWalKeeper } from './store/walKeeper.ts';
import { ensureWorkspaceId } from './store/workspaceId.ts';
import { createAboardRunner } from './sync/aboard/aboardRunner.ts';
import { createSyncRunner } from './sync/runner.ts';

export interface OpenDeskOptions {
  readonly folder: DataFolder;
  readonly isNew: boolean;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly events: EventHub;
  /** The system's keychain; null where the desk is told not to use it. */
  readonly keychain: SecretStore | null;
  /** Of the desk's secrets, from whoever started the program. */
  readonly passphrase: string | null;
  readonly httpFetch: HttpFetch;
  readonly power: Power;
}

/** A database of this version's schema, open, with everything that works on it. */
export interface OpenDesk {
  readonly services: Services;
  readonly workspaceId: string;
  /** Ends jobs and the reader, then brings the WAL into the file and closes it. */
  close(): Promise<void>;
}

/** Opens the writer connection and what works on it; throws what SQLite throws, with nothing left open. */
export function openDesk(options: OpenDeskOptions): OpenDesk {
  const { folder, clock, ids, log, httpFetch } = options;
  const db = options.isNew
    ? createDeskFile(folder.database, options.migrations)
    : openConnection(folder.database);
  try {
    const onSlow = (query: SlowQuery): void => log.warn('slow_query', { ...query });
    watchSlowQueries(db, onSlow);
    const store = createStore(db);
    const events = publishAfterCommit(options.events, store.afterCommit);
    const jobs = createJobs({ clock, ids, events, log });
    const files = createFileStore(folder.attachments);
    const workspaceId = ensureWorkspaceId(db, ids.secret(12));
    const { box: secrets, keeper } = openSecrets(options, store, workspaceId);
    const reader = createReader(folder.database, onSlow);
    const deps = { store, files, clock, ids, log, events, secrets, httpFetch };
    const sync = createSyncRunner(deps, options.power);
    return {
      services: {
        ...{ deps, reader, jobs, keeper, sync },
        wal: createWalKeeper(db, reader, clock),
        spoolDir: folder.spool,
        aboard: createAboardRunner(deps, jobs, sync),
      },
      workspaceId,
      close: async () => {
        await sync.close();
        await jobs.close();
        await reader.close();
        keeper.close();
        closeDatabase(db, log);
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openSecrets(options: OpenDeskOptions, store: Store, workspaceId: string) {
  const { secretKeys } = store;
  return createSecretKeeper({
    workspaceId,
    keyFile: options.folder.secretKey,
    keychain: createKeychain(options.keychain),
    records: { ...secretKeys, forget: () => store.write(() => ok(secretKeys.forget())) },
    passphrase: options.passphrase,
    log: options.log,
  });
}

function closeDatabase(db: Db, log: Logger): void {
  try {
    checkpointAll(db);
  } catch (error) {
    // A full disk: the WAL stays beside the file and is read at the next start.
    log.warn('checkpoint_failed', { error });
  }
  db.close();
}
