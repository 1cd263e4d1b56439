// @vitest-environment node
import { expect, it } from 'vitest';
import { noteTransfer, saveBeforeLeaving, saveToLeave } from './leaving.ts';

it('lets the page go once everything is saved, and not before', async () => {
  expect(await saveToLeave()).toBeNull();
  let isSaved = false;
  const stop = saveBeforeLeaving(async () => {
    await Promise.resolve();
    isSaved = true;
    return true;
  });
  expect([await saveToLeave(), isSaved]).toEqual([null, true]);
  const stopFailing = saveBeforeLeaving(async () => false);
  expect(await saveToLeave()).toContain('could not be saved');
  stopFailing();
  stop();
  expect(await saveToLeave()).toBeNull();
});

it('keeps the page while a file is on its way', async () => {
  const ends = [noteTransfer(), noteTransfer()];
  ends[0]?.();
  expect(await saveToLeave()).toContain('still being attached');
  ends[1]?.();
  expect(await saveToLeave()).toBeNull();
});
