import { Worker } from 'node:worker_threads';
import type { CustomerContents } from '../../../../shared/contract/customers.ts';
import type { SearchInput } from '../../../../shared/contract/queues.ts';
import type { CustomerId, TicketId } from '../../../../shared/model/ids.ts';
import type { DepartmentScope } from '../../domain/actor.ts';
import type { SearchHits } from '../search/searcher.ts';
import type { SuggestQuery } from '../search/suggester.ts';
import type { SlowQuery } from '../slowQueries.ts';
import type { ReaderAnswer, ReaderRequest, ReaderWorkerData, SlowReport } from './protocol.ts';

export type { SearchHits } from '../search/searcher.ts';

/**
 * Whatever can be slow, behind an async port: a running query can't be interrupted, so it must not run where
 * the window waits. `client` names who asks (a browser session): a newer question of the same kind from the same
 * client takes the place of one that still waits, which is then answered with nothing.
 */
export interface Reader {
  search(scope: DepartmentScope, input: SearchInput, client?: string): Promise<SearchHits>;
  suggest(scope: DepartmentScope, input: SuggestQuery, client?: string): Promise<TicketId[]>;
  /** Null when the reader closes meanwhile. */
  customerContents(customerId: CustomerId): Promise<CustomerContents | null>;
  /** Brings what the WAL holds into the file, as far as others let it. */
  checkpoint(): Promise<void>;
  /** Lets the running question end, answers the waiting ones with nothing, and closes the connection. */
  close(): Promise<void>;
}

interface Waiting {
  readonly request: ReaderRequest;
  /** Kind and client; null = never replaced. */
  readonly place: string | null;
  readonly settle: (answer: ReaderAnswer | null) => void;
}

const NOTHING: SearchHits = { ids: [], hasMore: false, continueBelowId: null, pendingTickets: 0 };

// Beside this file in the source, beside the one bundle in dist/core.
const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './readerWorker.ts' : './readerWorker.mjs', import.meta.url);

/** Asks one worker one question after the other; a worker that dies is replaced on the next question. */
function createAsker(file: string, onSlow: (query: SlowQuery) => void) {
  const waiting: Waiting[] = [];
  let running: Waiting | null = null;
  let worker: Worker | null = null;
  let isClosed = false;

  const start = (): Worker => {
    const started = new Worker(workerFile(), { workerData: { file } satisfies ReaderWorkerData });
    // The desk's other parts keep the process alive, not the reader.
    started.unref();
    started.on('message', (said: ReaderAnswer | SlowReport) => {
      if (said.kind === 'slow') onSlow(said.query);
      else finish(said);
    });
    // A worker that dies tells twice, error and exit; the next question must not meet the dead one.
    const ended = (message: string): void => {
      if (worker !== started) return;
      worker = null;
      finish({ kind: 'failed', message, code: '' });
    };
    started.on('error', (error) => ended(String(error)));
    started.on('exit', () => ended('the reader worker ended'));
    return started;
  };
  const next = (): void => {
    running = waiting.shift() ?? null;
    if (!running) {
      worker?.unref();
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(running.request);
  };
  const finish = (answer: ReaderAnswer): void => {
    const answered = running;
    running = null;
    answered?.settle(answer);
    if (answered) next();
  };

  return {
    ask(request: ReaderRequest, client: string | undefined): Promise<ReaderAnswer | null> {
      if (isClosed) return Promise.resolve(null);
      const place = client === undefined ? null : `${request.kind} ${client}`;
      return new Promise((settle) => {
        const older = place === null ? -1 : waiting.findIndex((one) => one.place === place);
        const entry = { request, place, settle };
        if (older >= 0) waiting.splice(older, 1, entry)[0]?.settle(null);
        else waiting.push(entry);
        if (!running) next();
      });
    },
    async close(): Promise<void> {
      isClosed = true;
      for (const one of waiting.splice(0)) one.settle(null);
      const ending = worker;
      if (!ending) return;
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      ending.ref();
      ending.postMessage('close');
      await ended;
    },
  };
}

/** A failed read is our fault or the file's: it throws, and the layer above makes an error value of it. */
function failed(answer: Extract<ReaderAnswer, { kind: 'failed' }>): Error {
  return Object.assign(new Error(answer.message), { code: answer.code });
}

/** Opens the reader of a database file. The worker starts with the first question. */
export function createReader(file: string, onSlow: (query: SlowQuery) => void = () => {}): Reader {
  const asker = createAsker(file, onSlow);
  return {
    async search(scope, input, client) {
      const answer = await asker.ask({ kind: 'search', scope, input }, client);
      if (answer?.kind === 'failed') throw failed(answer);
      return answer?.kind === 'search' ? answer.hits : NOTHING;
    },
    async suggest(scope, input, client) {
      const answer = await asker.ask({ kind: 'suggest', scope, input }, client);
      if (answer?.kind === 'failed') throw failed(answer);
      return answer?.kind === 'suggest' ? answer.ids : [];
    },
    async customerContents(customerId) {
      const answer = await asker.ask({ kind: 'customer_contents', customerId }, undefined);
      if (answer?.kind === 'failed') throw failed(answer);
      return answer?.kind === 'customer_contents' ? answer.contents : null;
    },
    async checkpoint() {
      const answer = await asker.ask({ kind: 'checkpoint' }, 'desk');
      if (answer?.kind === 'failed') throw failed(answer);
    },
    close: asker.close,
  };
}
