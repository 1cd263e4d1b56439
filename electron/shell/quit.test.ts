import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { app, fake } from '../../test/fakes/electron.ts';
import { quitInOrder } from './quit.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  fake.appEvents.removeAllListeners();
  fake.notices.length = 0;
});
afterEach(() => void vi.useRealTimers());

it('says so when closing takes longer than a moment, and not when it is quick', async () => {
  const ends: (() => void)[] = [];
  const start = () => {
    fake.appEvents.removeAllListeners();
    quitInOrder(app as unknown as Electron.App, {
      closeWindow: () => Promise.resolve(true),
      closeCore: () => new Promise((resolve) => ends.push(resolve)),
    });
    app.quit();
    return vi.advanceTimersByTimeAsync(999);
  };
  await start();
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(fake.notices).toEqual([]);
  await start();
  await vi.advanceTimersByTimeAsync(1);
  expect(fake.notices).toMatchObject([{ title: 'Staffdesk is closing' }]);
});

it('ends page, core and program in this order, however often one asks', async () => {
  const order: string[] = [];
  let pageCloses = false;
  let coreIsClosed = () => {};
  quitInOrder(app as unknown as Electron.App, {
    closeWindow: () => {
      order.push('page');
      return Promise.resolve(pageCloses);
    },
    closeCore: () => {
      order.push('core');
      return new Promise((resolve) => {
        coreIsClosed = resolve;
      });
    },
  });
  fake.appEvents.on('quit', () => order.push('program'));
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  app.quit();
  await settle();
  expect(order).toEqual(['page']); // The person chose to stay.

  pageCloses = true;
  app.quit();
  app.quit();
  await settle();
  expect(order).toEqual(['page', 'page', 'core']);
  app.quit();
  await settle();
  expect(order).toEqual(['page', 'page', 'core']);

  coreIsClosed();
  await settle();
  expect(order).toEqual(['page', 'page', 'core', 'program']);
});
