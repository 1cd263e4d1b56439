import type { Clock } from '../ports/clock.ts';
import type { HttpFetch } from '../ports/httpFetch.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { SecretBox } from '../ports/secretStore.ts';
import type { FileStore } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './eventHub.ts';

/** What every service is given. */
export interface ServiceDeps {
  readonly store: Store;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly events: EventHub;
  /** For whatever must be readable again; never inside `store.write`. */
  readonly secrets: SecretBox;
  /** The way to other systems. */
  readonly httpFetch: HttpFetch;
}
