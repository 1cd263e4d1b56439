// @vitest-environment node
import { expect, it } from 'vitest';
import type { SearchResult } from '../../../shared/contract/queues.ts';
import { rowOf } from '../queue/rowOf.ts';
import { patchPages } from './patchPages.ts';

it('changes rows in place, on every page, and leaves the rest', () => {
  const pages: SearchResult[] = [
    { rows: [rowOf({ id: 3 }), rowOf({ id: 2 })], hasMore: true, continueBelowId: null, pendingTickets: 0 },
    { rows: [rowOf({ id: 1 })], hasMore: false, continueBelowId: null, pendingTickets: 0 },
  ];
  const patched = patchPages(pages, [rowOf({ id: 1, status: 5 }), rowOf({ id: 9 })]);
  expect(patched.map((page) => page.rows.map(({ id, status }) => [id, status]))).toEqual([
    [
      [3, 1],
      [2, 1],
    ],
    [[1, 5]],
  ]);
});
