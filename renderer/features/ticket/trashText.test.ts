// @vitest-environment node
import { expect, it } from 'vitest';
import { trashText } from './trashText.ts';

const there = { isGone: false, hasDraft: false };

it('says that a restored ticket can be answered, unless the server has deleted it', () => {
  expect(trashText(there, false)).toBe('This ticket is in the trash. Restore it to answer.');
  expect(trashText(there, true)).toContain('Restore it to answer.');
  const gone = trashText({ ...there, isGone: true }, true);
  expect(gone).toContain('The server has deleted this ticket.');
  expect(gone).toContain('not answered.');
  expect(gone).not.toContain('Restore it to answer');
});

it('says where words went that were meant for a ticket the server deleted meanwhile', () => {
  expect(trashText({ isGone: true, hasDraft: true }, true)).toMatch(/What you wrote is kept\.$/);
});
