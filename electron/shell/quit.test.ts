import { expect, it, vi } from 'vitest';
import { app, fake } from '../../test/fakes/electron.ts';
import { quitInOrder } from './quit.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

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
