import type { SecretKeeper } from '../ports/secretStore.ts';
import type { Reader } from '../store/reader/readerPort.ts';
import type { WalKeeper } from '../store/walKeeper.ts';
import type { AboardRunner } from '../sync/aboard/aboardRunner.ts';
import type { SyncRunner } from '../sync/runner.ts';
import type { ServiceDeps } from './context.ts';
import type { Jobs } from './jobs.ts';

/** What an open desk offers to the API; services are functions over `deps`. */
export interface Services {
  readonly deps: ServiceDeps;
  /** The reader worker: whatever can be slow. */
  readonly reader: Reader;
  readonly wal: WalKeeper;
  readonly jobs: Jobs;
  /** Where the key of `deps.secrets` lies. */
  readonly keeper: SecretKeeper;
  /** Where a body is kept on disk until it has been worked on. */
  readonly spoolDir: string;
  /** Keeps a remote workspace in step; does nothing on a desk of its own. */
  readonly sync: SyncRunner;
  /** Fetches ahead of time what somebody takes along. */
  readonly aboard: AboardRunner;
}
