import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { openSetup } from './support/desk.ts';
import { Mirror, row } from './support/remote.ts';
import { test } from './support/test.ts';

let mirror: Mirror;
test.beforeEach(async ({ page }) => {
  mirror = new Mirror();
  await mirror.open(page);
});
test.afterEach(() => mirror.remove());

const names = () => [...mirror.server.state.departments.values()].map(({ name }) => name);

async function openOutbox(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('b');
}

/** What is to be deleted waits for a person, once the server has been looked at. */
async function confirmDeletion(page: Page): Promise<void> {
  await page.keyboard.press('Shift+S');
  await openOutbox(page);
  await page
    .getByRole('button', { name: /^Delete on the server/ })
    .first()
    .click();
}

test('departments and customers are changed from here, and deleted once it is confirmed', async ({
  page,
}) => {
  await openSetup(page, 'Departments');
  await expect(page.getByText('The order can only be changed there.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move Sales up' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a department' }).click();
  await page.getByLabel('Name').fill('Returns');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Departments' }).getByText('Returns')).toBeVisible();
  await expect.poll(names).toEqual(['General', 'Sales', 'Returns']);
  expect(await axeProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Delete General' }).click();
  await expect(page.getByText('It leaves this desk’s lists now.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete department' }).click();
  await expect(page.getByText(/^General deleted here/)).toBeVisible();
  await confirmDeletion(page);
  await expect.poll(names).toEqual(['Sales', 'Returns']);
  expect([...mirror.server.state.tickets.values()].map(({ departmentId }) => departmentId)).toEqual([
    2, 2, 2,
  ]);

  await openSetup(page, 'Customers');
  await page.getByRole('option', { name: /Ann O'Lee/ }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeDisabled();
  await expect(page.getByLabel('Main e-mail address')).toBeFocused();
  await page.getByLabel('Main e-mail address').fill('ann@new.example');
  await page.keyboard.press('Enter');
  await expect.poll(() => mirror.server.state.users.get(1)?.email).toBe('ann@new.example');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await expect(page.getByText('They and their tickets leave this desk’s lists now.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete customer' }).click();
  await expect(page.getByText(/^Ann O'Lee deleted here/)).toBeVisible();
  await confirmDeletion(page);
  await expect.poll(() => mirror.server.state.users.size).toBe(0);
});

test('the trash is this desk’s alone, until it is emptied on the server too', async ({ page }) => {
  await row(page, 'Printer 1').click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('moved to this desk’s trash')).toBeVisible();
  expect(mirror.server.state.tickets.has(1)).toBe(true);
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  // Not the row that is still leaving the list before.
  await expect(page.getByRole('listbox', { name: 'Trash' })).toBeVisible();
  await row(page, 'Printer 1').click();
  await expect(page.getByText('which the server knows nothing of')).toBeVisible();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByLabel('Delete on the server too').check();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
  await expect(page.getByText('One ticket to be deleted on the server')).toBeVisible();
  await confirmDeletion(page);
  await expect.poll(() => mirror.server.state.tickets.has(1)).toBe(false);
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  await expect(row(page, 'Printer 1')).toHaveCount(0);
});
