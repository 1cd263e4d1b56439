import type { Job } from '../../../shared/contract/system.ts';

const grouped = new Intl.NumberFormat('en');

/** How far a job is, 0 to 1; null where the end is not known. */
export function jobFraction({ done, total }: Job): number | null {
  return total === null || total <= 0 ? null : Math.min(1, Math.max(0, done / total));
}

/** «Importing inbox.mbox · 1,204 of 3,000». */
export function jobText({ label, done, total }: Job): string {
  if (!total) return done > 0 ? `${label} · ${grouped.format(done)}` : label;
  return `${label} · ${grouped.format(done)} of ${grouped.format(total)}`;
}
