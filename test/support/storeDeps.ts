import path from 'node:path';
import { systemClock } from '../../electron/core/ports/clock.ts';
import { systemIds } from '../../electron/core/ports/ids.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { createNodeHttpFetch } from '../../electron/core/ports/nodeHttpFetch.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import { createEventHub, publishAfterCommit } from '../../electron/core/services/eventHub.ts';
import { createFileStore } from '../../electron/core/store/files.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { memorySecrets } from './secrets.ts';

/** What services need to work on a desk whose store a test has opened. */
export function storeDeps(store: Store, folder: string): ServiceDeps {
  return {
    store,
    files: createFileStore(path.join(folder, 'attachments')),
    clock: systemClock,
    ids: systemIds,
    log: silentLogger,
    events: publishAfterCommit(createEventHub(systemClock), store.afterCommit),
    secrets: memorySecrets(),
    httpFetch: createNodeHttpFetch({}),
  };
}
