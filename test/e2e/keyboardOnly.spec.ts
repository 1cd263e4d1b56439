import { expect } from '@playwright/test';
import { ADMIN, callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  for (const subject of ['Older', 'Newer']) {
    await callApi(desk, token, '/api/tickets/create', {
      opener: 'user',
      user_id: '1',
      department_id: '1',
      subject,
      body: 'Help',
    });
  }
});
test.afterEach(() => desk.remove());

test('a ticket is triaged and answered without touching the mouse', async ({ page }) => {
  const { keyboard } = page;
  await page.goto(desk.url);
  await expect(page.getByLabel('User name')).toBeFocused();
  await keyboard.type(ADMIN.username);
  await keyboard.press('Tab');
  await keyboard.type(ADMIN.password);
  await keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /Newer/ })).toBeVisible();
  await keyboard.press('j');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Newer' })).toBeVisible();
  await keyboard.press('s');
  await keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Status: In progress' })).toBeVisible();
  await keyboard.press('i');
  await expect(page.getByRole('button', { name: /^Assignee: you/ })).toBeVisible();
  await keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Reply to Ann Lee' })).toBeFocused();
  await keyboard.type('On my way. je?');
  await keyboard.press('Control+Enter');
  await expect(page.getByText(/Answered Ann/)).toBeVisible();
  await keyboard.press('Escape');
  await keyboard.press('e');
  await expect(page.getByRole('button', { name: /^Closed 1$/ })).toBeVisible();
  await keyboard.press('z');
  await expect(page.getByRole('button', { name: /^Closed$/ })).toBeVisible();
  await keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'All commands' })).toBeFocused();
  await keyboard.type('setup');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Setup|General/ }).first()).toBeVisible();
});

test('closing on reply goes on to the next ticket; taken back, it is there again with its text', async ({
  page,
}) => {
  const { keyboard } = page;
  await signIn(page, desk);
  await expect(page.getByRole('option', { name: /Newer/ })).toBeVisible();
  await keyboard.press('j');
  await keyboard.press('t');
  await expect(page.getByRole('combobox', { name: /^Tags/ })).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('listbox', { name: 'All open' })).toBeFocused();
  await keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Reply to Ann Lee' })).toBeFocused();
  await keyboard.type('Done.');
  await keyboard.press('Control+Shift+Enter');
  await expect(page.getByText(/Answered Ann and closed/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Older' })).toBeVisible();
  await keyboard.press('z');
  await expect(page.getByRole('heading', { level: 1, name: 'Newer' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Reply to Ann Lee' })).toHaveText('Done.');
});

test('letters typed into a field never act on tickets', async ({ page }) => {
  await page.goto(desk.url);
  await page.getByLabel('User name').fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Newer/ }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('e#zxjc');
  await expect(page.getByRole('combobox', { name: 'Search tickets' })).toHaveValue('e#zxjc');
  await expect(page.getByRole('button', { name: /^Closed$/ })).toBeVisible();
});
