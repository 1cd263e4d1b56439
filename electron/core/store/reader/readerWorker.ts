import { parentPort, workerData } from 'node:worker_threads';
import { checkpoint } from '../checkpoint.ts';
import { type Db, openConnection } from '../connection.ts';
import { createCustomerContents } from '../customerContents.ts';
import { createSearcher } from '../search/searcher.ts';
import { watchSlowQueries } from '../slowQueries.ts';
import type { ReaderAnswer, ReaderRequest, ReaderWorkerData, SlowReport } from './protocol.ts';

const CACHE_KIB = 16_384;

type Answerers = ReturnType<typeof createAnswerers>;
const createAnswerers = (db: Db, file: string) => {
  let writer: Db | null = null;
  return {
    searcher: createSearcher(db),
    contentsOf: createCustomerContents(db),
    // Read-only connections can't.
    checkpoint: () => {
      writer ??= openConnection(file);
      checkpoint(writer);
    },
    close: () => writer?.close(),
  };
};

function answer({ searcher, contentsOf, checkpoint }: Answerers, request: ReaderRequest): ReaderAnswer {
  switch (request.kind) {
    case 'search':
      return { kind: 'search', hits: searcher.search(request.scope, request.input) };
    case 'suggest':
      return { kind: 'suggest', ids: searcher.suggest(request.scope, request.input) };
    case 'customer_contents':
      return { kind: 'customer_contents', contents: contentsOf(request.customerId) };
    case 'checkpoint':
      checkpoint();
      return { kind: 'checkpoint' };
  }
}

/** The worker's whole life: one question, one answer, on a read-only connection of its own. */
function serve(port: NonNullable<typeof parentPort>): void {
  const { file } = workerData as ReaderWorkerData;
  const db = openConnection(file, { readonly: true, cacheKib: CACHE_KIB });
  watchSlowQueries(db, (query) => port.postMessage({ kind: 'slow', query } satisfies SlowReport));
  const answerers = createAnswerers(db, file);
  port.on('message', (request: ReaderRequest | 'close') => {
    if (request === 'close') {
      answerers.close();
      db.close();
      port.close();
      return;
    }
    try {
      port.postMessage(answer(answerers, request));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      port.postMessage({ kind: 'failed', message: String(error), code } satisfies ReaderAnswer);
    }
  });
}

if (parentPort) serve(parentPort);
