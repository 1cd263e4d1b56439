// @vitest-environment node
import { expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/system.ts';
import { jobFraction, jobText } from './jobText.ts';

const job = (done: number, total: number | null): Job => ({
  id: '1',
  kind: 'import',
  label: 'Importing inbox.mbox',
  startedBy: null,
  done,
  total,
  state: 'running',
  canCancel: true,
  importSummary: null,
  error: null,
});

it.each<[number, number | null, string, number | null]>([
  [1204, 3000, 'Importing inbox.mbox · 1,204 of 3,000', 1204 / 3000],
  [0, null, 'Importing inbox.mbox', null],
  [5, null, 'Importing inbox.mbox · 5', null],
  [0, 0, 'Importing inbox.mbox', null],
  [12, 10, 'Importing inbox.mbox · 12 of 10', 1],
])('%d of %s', (done, total, text, fraction) => {
  expect(jobText(job(done, total))).toBe(text);
  expect(jobFraction(job(done, total))).toBe(fraction);
});
