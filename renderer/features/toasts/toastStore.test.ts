import { beforeEach, expect, it } from 'vitest';
import { ticketId } from '../../../shared/model/ids.ts';
import { dropUndo, forgetToasts, forgetUndo, showToast, useToasts } from './toastStore.ts';

beforeEach(forgetToasts);

it('remembers more acts to undo than it shows, with the ticket that comes up again', () => {
  showToast({ text: 'Sent and closed', undoGroupId: 'a', reopens: ticketId.parse(7) });
  showToast({ text: 'Note added', undoGroupId: 'b' });
  showToast({ text: 'Copied #7' });
  const { toasts, undoables } = useToasts.getState();
  expect(toasts.map(({ text }) => text)).toEqual(['Note added', 'Copied #7']);
  expect(undoables).toEqual([
    { groupId: 'a', reopens: 7 },
    { groupId: 'b', reopens: null },
  ]);
});

it('takes what was undone off the screen, too', () => {
  showToast({ text: 'Note added', undoGroupId: 'b' });
  forgetUndo('b');
  expect(useToasts.getState()).toMatchObject({ toasts: [], undoables: [] });
});

it('keeps saying what left for the server, and offers to take it back no more', () => {
  showToast({ text: 'Closed #7', undoGroupId: 'a' });
  showToast({ text: 'Answered Ann', undoGroupId: 'b' });
  dropUndo('b');
  const { toasts, undoables } = useToasts.getState();
  expect(toasts).toMatchObject([
    { text: 'Closed #7', undoGroupId: 'a' },
    { text: 'Answered Ann', undoGroupId: null },
  ]);
  expect(undoables).toEqual([{ groupId: 'a', reopens: null }]);
});

it('says nothing twice over', () => {
  showToast({ text: 'Synced.' });
  showToast({ text: 'Synced.' });
  expect(useToasts.getState().toasts).toHaveLength(1);
});
