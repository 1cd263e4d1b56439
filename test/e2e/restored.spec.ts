import { expect, type Page, test } from '@playwright/test';
import { backUp, openedAgo } from '../support/backUp.ts';
import { axeProblems } from './support/axe.ts';
import { Mirror, row, statusBar } from './support/remote.ts';

let mirrored: Mirror;
test.beforeEach(async ({ page }) => {
  mirrored = new Mirror();
  await mirrored.open(page);
});
test.afterEach(() => mirrored.remove());

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('after a restore of the server its state is taken by keyboard, and what it lost is decided', async ({
  page,
}) => {
  const { state } = mirrored.server;
  const restore = backUp(state);
  openedAgo(state, 'Lost by the backup', 600);
  openedAgo(state, 'Kept here', 500);
  mirrored.customerWrites(1, 'More smoke');
  await expect(statusBar(page)).toContainText('Synced just now');
  const read = mirrored.threads().length;
  await press(page, 'Shift+S');
  await expect.poll(() => mirrored.threads().length - read).toBeGreaterThanOrEqual(3);
  await expect(page.getByRole('button', { name: 'All open 3' })).toBeVisible();
  restore();
  await press(page, 'Shift+S');
  await expect(statusBar(page)).toContainText('The server was restored from a backup');

  await press(page, 'g', 's');
  const section = page.getByRole('button', { name: 'Server', exact: true });
  await section.focus();
  await press(page, 'Enter');
  const take = page.getByRole('button', { name: 'Take the server’s state…' });
  await take.focus();
  expect(await axeProblems(page)).toEqual([]);
  await press(page, 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Take the server’s state?' });
  const told = dialog.getByRole('list', { name: 'What will happen' });
  await expect(told).toContainText('2 tickets were lost there.');
  await expect(told).toContainText('1 message was lost in tickets that it has.');
  expect(await axeProblems(page)).toEqual([]);
  await press(page, 'Tab', 'Tab', 'Tab');
  await expect(dialog.getByRole('button', { name: 'Take the server’s state', exact: true })).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('dialog', { name: 'The server’s state is taken' })).toBeVisible();
  await press(page, 'Escape', 'Escape', 'g', 'k');

  const list = page.getByRole('listbox', { name: 'Conflicts' });
  await expect(list.getByRole('option')).toHaveCount(3);
  await expect(list).toBeFocused();
  await expect(page.getByRole('button', { name: 'Make it again on the server' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await press(page, 'm');
  await expect(list.getByRole('option')).toHaveCount(2);
  await press(page, 'Delete');
  await expect(list.getByRole('option')).toHaveCount(1);
  await press(page, 'Delete');
  await expect(page.getByText('No conflicts.')).toBeVisible();
  await press(page, 'Shift+S');
  const subjects = () => [...state.tickets.values()].map(({ subject }) => subject);
  await expect.poll(() => subjects().filter((one) => one === 'Lost by the backup')).toHaveLength(1);
  expect(subjects()).not.toContain('Kept here');
  await press(page, 'g', 'a');
  await row(page, 'Kept here').click();
  await expect(page.getByText('Not on the server since it was restored from a backup.')).toBeVisible();
});
