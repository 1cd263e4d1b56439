import type { SearchResult, TicketRow } from '../../../shared/contract/queues.ts';

/** The pages with rows as they are now; what still matched stays where it was. */
export function patchPages(pages: readonly SearchResult[], rows: readonly TicketRow[]): SearchResult[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return pages.map((page) => ({ ...page, rows: page.rows.map((row) => byId.get(row.id) ?? row) }));
}
