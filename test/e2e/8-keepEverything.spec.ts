import { expect } from '@playwright/test';
import { callApi, Desk, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  await callApi(desk, token, '/api/tickets/create', {
    opener: 'user',
    user_id: '1',
    department_id: '1',
    subject: 'Printer',
    body: 'It jams',
  });
});
test.afterEach(() => desk.remove());

test('kill -9 in the middle of an answer loses nothing, the half-written draft and its file included', async ({
  page,
}) => {
  await signIn(page, desk);
  await page.getByRole('option', { name: /Printer/ }).click();
  const composer = page.getByRole('textbox', { name: 'Reply to Ann Lee' });
  await composer.click();
  await page.keyboard.type('Please open tray two and ');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chosen).setFiles({ name: 'tray.png', mimeType: 'image/png', buffer: PNG });
  await expect(page.getByText('tray.png')).toBeVisible();
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await desk.stop('SIGKILL');
  // What is typed while nothing answers stays in the window and is honest about its state.
  await composer.click();
  await page.keyboard.press('End');
  await page.keyboard.type('look inside');
  await expect(page.getByText(/not saved|waiting|reconnect/i).first()).toBeVisible();
  await desk.serve();
  await expect(page.getByText('Connected')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Draft saved/)).toBeVisible({ timeout: 30_000 });
  await desk.stop('SIGKILL');
  await desk.serve();
  await page.goto(desk.url);
  await page.getByRole('option', { name: /Printer/ }).click();
  await expect(composer).toHaveText('Please open tray two and look inside');
  await expect(page.getByText('tray.png')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(/Answered Ann/)).toBeVisible();
});

test('quitting and starting again shows the desk as it was', async ({ page }) => {
  await signIn(page, desk);
  await page.getByRole('option', { name: /Printer/ }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Closed 1$/ })).toBeVisible();
  await desk.stop('SIGTERM');
  await desk.serve();
  await page.goto(desk.url);
  await expect(page.getByRole('button', { name: /^Closed 1$/ })).toBeVisible();
});
