import { expect } from '@playwright/test';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

test('every queue is there with its live count', async ({ page }) => {
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  await signIn(page, desk);
  const rail = page.getByRole('navigation', { name: 'Desk' });
  for (const name of [
    'Mine',
    'Unassigned',
    'All open',
    'Waiting on customer',
    'Overdue',
    'Closed',
    'General',
    'Advertising',
    'Sales',
  ]) {
    await expect(rail.getByRole('button', { name: new RegExp(`^${name}`) })).toBeVisible();
  }
  const open = { opener: 'user', user_id: '1', department_id: '3', body: 'It jams' };
  await callApi(desk, token, '/api/tickets/create', { ...open, subject: 'Printer' });
  await callApi(desk, token, '/api/tickets/create', { ...open, subject: 'Scanner' });
  await expect(rail.getByRole('button', { name: 'All open 2' })).toBeVisible();
  await expect(rail.getByRole('button', { name: 'Sales 2' })).toBeVisible();
  await callApi(desk, token, '/api/messages/create', {
    ticket_id: '1',
    replier: 'staff',
    staff_id: '1',
    message: 'Try tray two',
  });
  await expect(rail.getByRole('button', { name: 'Waiting on customer 1' })).toBeVisible();
  await expect(rail.getByRole('button', { name: 'All open 1' })).toBeVisible();
  await callApi(desk, token, '/api/tickets/update/2', { status: '5' });
  await rail.getByRole('button', { name: 'Closed 1' }).click();
  await expect(page.getByRole('option', { name: /Scanner/ })).toBeVisible();
});

test('thousands of rows scroll both ways in a small page', async ({ page }) => {
  test.setTimeout(180_000);
  const made = await desk.cli('demo', '--tickets', '5000', '--force');
  expect(made, made.stderr).toMatchObject({ code: 0 });
  await signIn(page, desk);
  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: /^Closed/ })
    .click();
  const list = page.getByRole('listbox', { name: 'Closed' });
  await expect(list.getByRole('option').first()).toBeVisible();
  const first = await list.getByRole('option').first().textContent();
  for (let step = 0; step < 25; step += 1) {
    await list.hover();
    await page.mouse.wheel(0, 3000);
    await page.waitForTimeout(40);
  }
  await expect(list.getByRole('option').first()).not.toHaveText(first ?? '');
  expect(await page.getByRole('option').count()).toBeLessThan(120);
  await list.focus();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(list.getByRole('option').first()).toHaveText(first ?? '');
});
