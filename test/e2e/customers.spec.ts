import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

/** Ann with two tickets, Anna with one, Bo with none. */
async function threePeople(): Promise<void> {
  const token = await desk.token();
  for (const [fullname, email] of [
    ['Ann Lee', 'ann@acme.example'],
    ['Anna Lee', 'anna@home.example'],
    ['Bo Ñandú', 'bo@acme.example'],
  ] as const)
    await callApi(desk, token, '/api/users/create', { fullname, email });
  for (const [user_id, subject] of [
    ['1', 'Printer jams'],
    ['1', 'Scanner is slow'],
    ['2', 'Invoice is missing'],
  ] as const) {
    const ticket = { opener: 'user', user_id, department_id: '1', subject, body: '<p>Help</p>' };
    await callApi(desk, token, '/api/tickets/create', ticket);
  }
}

async function openCustomers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'Customers' }).click();
  await expect(page.getByRole('listbox', { name: 'Customers' })).toBeVisible();
}
const row = (page: Page, name: string | RegExp) =>
  page.getByRole('listbox', { name: 'Customers' }).getByRole('option', { name });

test('a customer is found, changed, given an address, and known by it, with the keyboard alone', async ({
  page,
}) => {
  await threePeople();
  await signIn(page, desk);
  await openCustomers(page);
  await expect(page.getByText('3 customers')).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search customers' })).toBeFocused();
  await page.keyboard.type('ann');
  await expect(page.getByText('2 customers')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ann Lee' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);

  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('-Ito');
  await page.getByRole('button', { name: 'Add an address' }).press('Enter');
  await expect(page.getByLabel('E-mail address 2')).toBeFocused();
  await page.keyboard.type('anna@home.example');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('Anna Lee already has this address. Merge the two if they are one person.'),
  ).toBeVisible();
  await page.getByLabel('E-mail address 2').fill('ito@home.example');

  // Going elsewhere loses nothing.
  await page.getByRole('button', { name: 'All customers' }).press('Enter');
  await expect(page.getByRole('listbox', { name: 'Customers' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await page.getByLabel('E-mail address 2').press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Make ito@home.example the main address' }).press('Enter');
  await expect(page.getByLabel('Main e-mail address')).toHaveValue('ito@home.example');
  await expect(page.getByLabel('Main e-mail address')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  const token = await desk.token();
  expect(await callApi(desk, token, '/api/users?email=ann@acme.example')).toMatchObject({
    user_data: { id: '1', fullname: 'Ann Lee-Ito', email: 'ito@home.example' },
  });
  await page.getByRole('button', { name: 'All customers' }).press('Enter');
  await page.getByRole('searchbox', { name: 'Search customers' }).fill('ito@');
  await expect(row(page, /Ann Lee-Ito/)).toBeVisible();
});

test('a blocked customer’s mail is kept aside, and let in when they no longer are', async ({ page }) => {
  await threePeople();
  await signIn(page, desk);
  await openCustomers(page);
  await row(page, /Ann Lee/).click();
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByText('No mail has been kept aside.')).toBeVisible();
  const file = join(desk.dataDir, 'words.eml');
  writeFileSync(
    file,
    'From: Ann <ann@acme.example>\r\nSubject: Let me in\r\nMessage-ID: <a@b.example>\r\n\r\nPlease\r\n',
  );
  expect((await desk.cli('import', file)).stdout).toContain('blocked');
  const kept = page.getByRole('region', { name: 'Mail kept aside' });
  await page.getByRole('button', { name: 'All customers' }).click();
  await page.getByRole('radio', { name: 'Blocked' }).click();
  await expect(page.getByText('1 customer', { exact: true })).toBeVisible();
  await expect(row(page, /Ann Lee Blocked/)).toBeVisible();
  await row(page, /Ann Lee/).click();
  await expect(kept.getByText('Let me in')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await expect(kept.getByRole('button', { name: 'Let 1 mail in' })).toBeDisabled();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await kept.getByRole('button', { name: 'Let 1 mail in' }).click();
  await expect(page.getByText('1 mail let in')).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Tickets', exact: true }).getByText('Let me in'),
  ).toBeVisible();
});

test('two customers are merged after a look at what moves, and parted again', async ({ page }) => {
  await threePeople();
  await signIn(page, desk);
  await openCustomers(page);
  await row(page, /Ann Lee/).click();
  await page.getByRole('button', { name: 'Merge with another…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Merge another customer into Ann Lee' });
  await expect(dialog.getByLabel('Customer to merge')).toBeFocused();
  await page.keyboard.type('ann');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('region', { name: 'What moves' })).toContainText('1 ticket1 message');
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('radio', { name: 'Anna Lee' }).press('Space');
  await dialog.getByRole('radio', { name: 'anna@home.example' }).press('Space');
  await dialog.getByRole('button', { name: 'Merge' }).press('Enter');
  // It goes by itself, but not from under the pointer.
  await page.getByText('Merged, 1 ticket moved').hover();
  await expect(page.getByRole('heading', { name: 'Anna Lee' })).toBeVisible();
  await expect(page.getByLabel('E-mail address 2')).toHaveValue('ann@acme.example');
  const token = await desk.token();
  expect(await callApi(desk, token, '/api/users/show/2')).toMatchObject({ user_data: { id: '1' } });

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { name: 'Ann Lee' })).toBeVisible();
  expect(await callApi(desk, token, '/api/users/show/2')).toMatchObject({
    user_data: { id: '2', email: 'anna@home.example' },
  });
});

test('a customer is deleted after a look at what goes: into the trash, or for good', async ({ page }) => {
  await threePeople();
  await signIn(page, desk);
  // From a ticket's customer pane.
  await page.getByRole('option', { name: /Printer jams/ }).click();
  await page.getByRole('button', { name: 'Change Ann Lee' }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Ann Lee?' });
  await expect(dialog.getByRole('region', { name: 'What Ann Lee has' })).toContainText(
    '2 tickets2 messagesno attachments',
  );
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete customer' }).click();
  await page.getByText('Ann Lee deleted, 2 tickets in the trash').hover();
  await expect(page.getByText('2 customers')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('3 customers')).toBeVisible();

  await row(page, /Ann Lee/).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('radio', { name: 'Erase everything for good' }).click();
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('Ann Lee deleted, 2 tickets erased')).toBeVisible();
  const token = await desk.token();
  expect(await callApi(desk, token, '/api/tickets')).toMatchObject({ total_tickets: 1 });
});

test('a deletion that takes long takes no keys, and calls nobody back who went on', async ({ page }) => {
  await threePeople();
  await signIn(page, desk);
  await openCustomers(page);
  await row(page, /Ann Lee/).click();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/customers\.delete/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Ann Lee?' });
  await dialog.getByRole('button', { name: 'Delete customer' }).click();
  await expect(dialog.getByRole('button', { name: 'Delete customer' })).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('option', { name: /Invoice is missing/ })).toBeVisible();
  answer();
  await expect(page.getByText('Ann Lee deleted, 2 tickets in the trash')).toBeVisible();
  await expect(page.getByRole('option', { name: /Invoice is missing/ })).toBeVisible();
});

test('a customer is added, and agents are told who may', async ({ page }) => {
  await signIn(page, desk);
  await page.getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'Customers' }).click();
  await expect(page.getByText('Nobody has written yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Add a customer' }).press('Enter');
  await page.keyboard.type('Zoë');
  await page.keyboard.press('Tab');
  await page.keyboard.type('zoe');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
  await page.keyboard.type('@acme.example');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Zoë' })).toBeVisible();
});

test('the picker of a new ticket takes what is typed fast, and gives the focus on', async ({ page }) => {
  await threePeople();
  await signIn(page, desk);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  const field = dialog.getByLabel('Customer', { exact: true });
  await expect(field).toBeFocused();
  // Enter before the answer is there takes what the answer brings, not what stood there before.
  await page.keyboard.type('bo@acme.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Bo Ñandú')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Choose someone else' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.type('ann');
  await expect(dialog.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('option')).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(dialog.getByText('anna@home.example')).toBeVisible();
  await dialog.getByRole('button', { name: 'Choose someone else' }).click();
  await page.keyboard.type('new@acme.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Name of the new customer')).toBeFocused();
  await page.keyboard.type('Newman');
  await dialog.getByLabel('Subject').fill('Called');
  await page.getByText('Draft saved').waitFor();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // A draft that is gone on with still has them.
  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: /Drafts/ })
    .click();
  await page.getByRole('button', { name: /Called/ }).click();
  await expect(dialog.getByLabel('Name of the new customer')).toHaveValue('Newman');
  await expect(dialog.getByText('new@acme.example')).toBeVisible();
});
