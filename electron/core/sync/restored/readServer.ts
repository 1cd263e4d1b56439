import type { RestoredStep } from '../../../../shared/contract/restored.ts';
import { pagesAhead } from '../pull/pagesAhead.ts';
import type { Remote, RemoteFailure, RemoteMessage, RemoteResult, RemoteTicket } from '../remote.ts';

/** How a person follows a look at a restored server, and how it is called off. */
export interface LookRun {
  readonly signal: AbortSignal;
  progress(step: RestoredStep, done: number, total: number | null): void;
}

export type ServerTickets = ReadonlyMap<number, RemoteTicket>;

const CALLED_OFF: RemoteFailure = { kind: 'not_sent', detail: 'called off' };
/** Pages over a list that moves are no snapshot (behaviour.md 3.6). */
const MOST_PASSES = 4;

/** All pages of one list; `take` gets each. */
async function readPages<P extends { readonly pages: number }>(
  run: LookRun,
  ask: (page: number) => Promise<RemoteResult<P>>,
  take: (page: P, number: number) => void,
): Promise<RemoteResult<void>> {
  const ahead = pagesAhead(ask);
  try {
    for (let number = 1, pages = 1; number <= pages; number++) {
      if (run.signal.aborted) return { ok: false, error: CALLED_OFF };
      const page = await ahead.take(number);
      if (!page.ok) return page;
      pages = page.value.pages;
      ahead.announce(number + 1, pages);
      take(page.value, number);
    }
    return { ok: true, value: undefined };
  } finally {
    await ahead.end();
  }
}

/** Every ticket; what is known here and was not listed is asked for by itself: only «not found» says that it is gone. */
export async function readTickets(
  remote: Remote,
  run: LookRun,
  own: readonly { readonly number: number }[],
): Promise<RemoteResult<ServerTickets>> {
  const tickets = new Map<number, RemoteTicket>();
  const read = await readPages(
    run,
    (page) => remote.listTickets({ page }),
    (page) => {
      for (const ticket of page.tickets) tickets.set(ticket.id, ticket);
      run.progress('tickets', tickets.size, page.total);
    },
  );
  if (!read.ok) return read;
  const unlisted = own.filter(({ number }) => !tickets.has(number));
  for (const [index, { number }] of unlisted.entries()) {
    if (run.signal.aborted) return { ok: false, error: CALLED_OFF };
    run.progress('missing', index, unlisted.length);
    const answer = await remote.showTicket(number);
    if (answer.ok) tickets.set(number, answer.value);
    else if (answer.error.kind !== 'not_found') return answer;
  }
  return { ok: true, value: tickets };
}

/** A conversation of which nothing slipped past. */
export async function readWhole(
  remote: Remote,
  run: LookRun,
  number: number,
): Promise<RemoteResult<readonly RemoteMessage[]>> {
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const seen = new Map<number, RemoteMessage>();
    let total = 0;
    const read = await readPages(
      run,
      (page) => remote.showMessages(number, page),
      (page) => {
        total = page.total;
        for (const message of page.messages) seen.set(message.id, message);
      },
    );
    if (!read.ok) return read;
    if (seen.size === total) return { ok: true, value: [...seen.values()] };
  }
  return { ok: false, error: { kind: 'no_answer', detail: `Ticket ${number} moves while it is read.` } };
}

export async function readCustomers(
  remote: Remote,
  run: LookRun,
): Promise<RemoteResult<ReadonlyMap<number, { readonly name: string; readonly email: string }>>> {
  const customers = new Map<number, { name: string; email: string }>();
  let pages = 0;
  const read = await readPages(
    run,
    (page) => remote.listCustomers(page),
    (page) => {
      for (const { id, name, email } of page.customers) customers.set(id, { name, email });
      run.progress('customers', ++pages, page.pages);
    },
  );
  return read.ok ? { ok: true, value: customers } : read;
}
