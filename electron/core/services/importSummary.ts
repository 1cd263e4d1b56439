import type { ImportItem, ImportSummary } from '../../../shared/contract/system.ts';

/** The contract's limit. */
const MOST_ITEMS = 1_000;

/** Counts every mail of an import; keeps the lines a person will look at, failures before all. */
export function createImportSummary() {
  const counts = { new_ticket: 0, reply: 0, duplicate: 0, suspended: 0, failed: 0 };
  const failures: ImportItem[] = [];
  const others: ImportItem[] = [];
  return {
    add(item: ImportItem): void {
      counts[item.outcome] += 1;
      const list = item.outcome === 'failed' ? failures : others;
      if (list.length < MOST_ITEMS) list.push(item);
    },
    result: (wasCancelled: boolean): ImportSummary => ({
      newTickets: counts.new_ticket,
      replies: counts.reply,
      duplicates: counts.duplicate,
      suspended: counts.suspended,
      failed: counts.failed,
      wasCancelled,
      items: [...failures, ...others].slice(0, MOST_ITEMS),
    }),
  };
}
