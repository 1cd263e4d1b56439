import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { callApi, Desk, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { Mirror, row } from './support/remote.ts';
import { test } from './support/test.ts';

const file = (page: Page) =>
  page.getByRole('list', { name: 'Attachments' }).getByRole('listitem').filter({ hasText: 'photo.png' });

/** By keys alone: from the file to its menu, and to the last thing in it. */
async function askToDelete(page: Page): Promise<void> {
  await file(page)
    .getByRole('button', { name: /^photo\.png/ })
    .focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Save photo.png' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'More about photo.png' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete this file…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Delete photo.png?' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
}
async function confirm(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test.describe('on a desk of its own', () => {
  let desk: Desk;
  test.beforeEach(async ({ page }) => {
    desk = new Desk();
    await desk.setUp();
    await desk.serve();
    const token = await desk.token();
    await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
    await callApi(desk, token, '/api/tickets/create', {
      ...{ opener: 'user', user_id: '1', department_id: '1', subject: 'Printer', body: '<p>See</p>' },
      'attachment[]': new File([PNG], 'photo.png', { type: 'image/png' }),
    });
    await signIn(page, desk);
    await page.getByRole('option', { name: /Printer/ }).click();
  });
  test.afterEach(() => desk.remove());

  test('a file is deleted after a question, by keys, and comes back by undo', async ({ page }) => {
    await askToDelete(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).press('Enter');
    await expect(file(page)).toBeVisible();

    await askToDelete(page);
    await confirm(page);
    await expect(page.getByText('photo.png deleted')).toBeVisible();
    await expect(file(page)).toHaveCount(0);
    await page.keyboard.press('z');
    await expect(file(page)).toBeVisible();
  });
});

test.describe('in a remote workspace', () => {
  let mirror: Mirror;
  test.beforeEach(() => {
    mirror = new Mirror();
    const messageId = mirror.server.state.messages.get(1)?.[0]?.id ?? 0;
    const photo = { id: 1, ticketId: 1, messageId, name: 'photo.png', filetype: 'image/png', content: PNG };
    mirror.server.state.attachments.set(1, { ...photo, isFileGone: false });
  });
  test.afterEach(() => mirror.remove());

  test('a file that the server has waits in the outbox until somebody confirms it', async ({ page }) => {
    await mirror.open(page);
    await row(page, 'Printer 1').click();
    await askToDelete(page);
    await confirm(page);
    await expect(page.getByText('photo.png deleted here. It waits in the outbox')).toBeVisible();
    await expect(file(page)).toHaveCount(0);
    expect(mirror.server.state.attachments.size).toBe(1);
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.keyboard.press('Shift+s');
    await page.getByRole('button', { name: 'Delete on the server' }).click();
    await expect.poll(() => mirror.server.state.attachments.size).toBe(0);
  });
});
