import { queryClient, trpc } from './client.ts';

/** Tickets that were made here have provisional ids from here up, until the server gives them a number. */
const FIRST_PROVISIONAL = 1_000_000_000;

/** What people know tickets by, as far as the window has them at hand. */
export function ticketNumbers(ids: readonly number[]): number[] {
  return ids.map((id) => (id < FIRST_PROVISIONAL ? id : (knownNumber(id) ?? id)));
}

function knownNumber(id: number): number | undefined {
  for (const [, data] of queryClient.getQueriesData<{ ticket: { id: number; number: number } }>({
    queryKey: trpc.tickets.get.pathKey(),
  })) {
    if (data?.ticket.id === id) return data.ticket.number;
  }
  return undefined;
}
