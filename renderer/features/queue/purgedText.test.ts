// @vitest-environment node
import { expect, it } from 'vitest';
import { purgedText } from './purgedText.ts';

it.each([
  [1, 0, 0, 'One ticket deleted for good'],
  [0, 0, 0, '0 tickets deleted for good'],
  [0, 2, 0, '2 tickets to be deleted on the server: see the outbox'],
  [3, 0, 1, '3 tickets deleted for good. One ticket kept in the trash: the server still has it'],
  [0, 0, 4, '4 tickets kept in the trash: the server still has them'],
])('%d deleted, %d asked for, %d kept', (purged, queued, kept, text) => {
  expect(purgedText(purged, queued, kept)).toBe(text);
});
