// @vitest-environment node
import { expect, it } from 'vitest';
import type { QueueCounts } from '../../../shared/contract/queues.ts';
import { emptyText } from './emptyText.ts';

const none: QueueCounts = {
  mine: 0,
  unassigned: 0,
  open: 0,
  waiting: 0,
  overdue: 0,
  closed: 0,
  trash: 0,
  departments: [],
};

it('calls a desk without any ticket new, and one that closed all of them done', () => {
  expect(emptyText({ kind: 'open' }, none)).toMatch(/^No tickets yet/);
  expect(emptyText({ kind: 'open' }, { ...none, closed: 1 })).toMatch(/All done/);
  expect(emptyText({ kind: 'overdue' }, none)).toBe('Nothing is overdue.');
});
