import type { Db } from '../connection.ts';

/** About what a write of one ticket adds, times the levels it passes through until it lies in the largest run. */
const PAGES = 16;

/**
 * Returns the step that keeps the number of runs small: it merges at most PAGES pages of each index. Run it with
 * every write; a merge that is under way goes on at the next step, so no single write pays for a large one.
 */
export function createMergeStep(db: Db): () => void {
  const steps = ['ticket_search', 'ticket_suggest'].map((table) =>
    db.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${PAGES})`),
  );
  return () => {
    for (const step of steps) step.run();
  };
}
