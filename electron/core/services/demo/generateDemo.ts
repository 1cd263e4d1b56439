import type { Clock } from '../../ports/clock.ts';
import { createBulkWriter } from '../../store/bulk.ts';
import type { FileStore } from '../../store/files.ts';
import { createIndexBuilder, type IndexBuilder } from '../../store/search/indexBuilder.ts';
import type { Store } from '../../store/store.ts';
import { storeDemoFiles } from './demoFiles.ts';
import { planDesk } from './deskPlan.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';
import { createTicketWriter, type TicketOrder } from './writeTicket.ts';

export interface DemoOptions {
  readonly store: Store;
  readonly files: FileStore;
  readonly clock: Clock;
  /** The same seed, count and time give the same desk. */
  readonly seed: number;
  readonly tickets: number;
  /** Exactly this many messages per ticket instead of 1 to 20. */
  readonly messagesPerTicket?: number | undefined;
  /** Somebody works on this desk now: small transactions with room between them, at a tenth of the speed. */
  readonly isDeskInUse?: boolean | undefined;
  /** Written and indexed tickets, each counting half. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DemoSummary {
  readonly tickets: number;
  readonly messages: number;
  readonly attachments: number;
  /** What was written before the cancellation stays, whole and indexed. */
  readonly wasCancelled: boolean;
}

const SPAN_MS = 3 * 365 * 86_400_000;
/** Tickets per transaction, and per stretch between two looks at the event loop. */
const FAST = { write: 5_000, stretch: 25_000 };
const GENTLE = { write: 40, stretch: 40 };
const GENTLE_SLICE_MS = 10;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** When ticket `place` of `count` was opened: evenly over the years, in a small desk denser towards now. */
function createdAt(place: number, count: number, now: number): number {
  const left = 1 - (place + 0.5) / count;
  return now - Math.floor(SPAN_MS * (count < 5000 ? left ** 3 : left));
}

interface Tally {
  tickets: number;
  messages: number;
  attachments: number;
}

/** Makes the orders one after the other and writes each ticket; a closure over the seed's random numbers. */
async function createFiller({ store, files, clock, seed, tickets, messagesPerTicket }: DemoOptions) {
  const random = createRandom(seed);
  const demoFiles = await storeDemoFiles(files);
  const now = clock.now();
  const writer = createBulkWriter(store.db);
  const begun: { fill?: ReturnType<typeof createTicketWriter> } = {};
  const nextCustomer = createPeople(random, writer, writer.nextCustomerNumber());
  // However small the desk, its queues are not empty; however large, most of it is history.
  const recentFrom = tickets - Math.max(tickets * 0.013, Math.min(150, tickets / 3));

  return (from: number, below: number, tally: Tally): void =>
    writer.inTransaction(() => {
      begun.fill ??= createTicketWriter(random, planDesk(store, writer, now), demoFiles);
      for (let place = from; place < below; place++) {
        const at = createdAt(place, tickets, now);
        const order: TicketOrder = {
          customer: nextCustomer(at),
          createdAt: at,
          now,
          isRecent: place >= recentFrom,
          messages: messagesPerTicket,
        };
        const ticket = begun.fill(order);
        writer.ticket(ticket);
        tally.tickets += 1;
        tally.messages += ticket.messages.length;
        for (const message of ticket.messages) tally.attachments += message.attachments.length;
      }
      // Too many to number each; what reads by change number sees that there was one.
      store.changes.record('settings', 1, 'changed', clock.now());
    });
}

/** In a desk in use by short slices with room between them, else in one go. */
async function indexQueued(options: DemoOptions, builder: IndexBuilder): Promise<void> {
  if (!options.isDeskInUse) {
    while (builder.build(FAST.stretch) > 0);
    return;
  }
  while (options.store.search.drain(GENTLE_SLICE_MS, options.clock) > 0) await breathe();
}

/**
 * Fills a desk with believable tickets, through the bulk path. Rows and index entries move in step, so a
 * cancellation or a kill leaves a desk that is whole (what is not indexed yet waits in the queue).
 */
export async function generateDemo(options: DemoOptions): Promise<DemoSummary> {
  const { store, tickets, signal, onProgress } = options;
  const { write, stretch } = options.isDeskInUse ? GENTLE : FAST;
  const fill = await createFiller(options);
  const builder = createIndexBuilder(store.db);
  const tally: Tally = { tickets: 0, messages: 0, attachments: 0 };
  while (tally.tickets < tickets && !signal?.aborted) {
    const indexed = tally.tickets;
    const end = Math.min(tickets, indexed + stretch);
    while (tally.tickets < end) {
      fill(tally.tickets, Math.min(end, tally.tickets + write), tally);
      onProgress?.((tally.tickets + indexed) / 2, tickets);
    }
    await indexQueued(options, builder);
    onProgress?.(tally.tickets, tickets);
    await breathe();
  }
  if (!options.isDeskInUse && tally.tickets > FAST.stretch) builder.finish();
  return { ...tally, wasCancelled: signal?.aborted === true };
}
