import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { Mirror } from './support/remote.ts';
import { test } from './support/test.ts';

let mirrored: Mirror;
test.beforeEach(async ({ page }) => {
  mirrored = new Mirror();
  await mirrored.open(page);
});
test.afterEach(() => mirrored.remove());

const bar = (page: Page) => page.getByRole('contentinfo');
const rail = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** With the keyboard: a queue, a ticket of it. */
async function select(page: Page, queue: string, subject: string): Promise<void> {
  await press(page, 'g', queue);
  await page.getByRole('option').filter({ hasText: subject }).click();
}

test('a conflict is settled by keyboard: base, mine and theirs side by side', async ({ page }) => {
  await mirrored.goOffline();
  await select(page, 'w', 'Printer 3');
  await press(page, 'Shift+E');
  await expect(bar(page)).toContainText('1 waiting');
  mirrored.ticket(3).status = 4;
  await mirrored.goOnline();
  await press(page, 'Shift+S');
  await expect(bar(page)).toContainText('1 to decide');
  await press(page, 'g', 'k');
  const list = page.getByRole('listbox', { name: 'Conflicts' });
  await expect(list).toBeFocused();
  const cells = page.getByRole('table', { name: 'Status' }).getByRole('cell');
  await expect(cells).toHaveText([/^Answered/, /^Closed.*Ada/, /^In progress.*does not tell who/]);
  expect(await axeProblems(page)).toEqual([]);
  await press(page, 'm');
  await expect(page.getByText('No conflicts.')).toBeVisible();
  await expect.poll(() => mirrored.ticket(3).status).toBe(5);
});

test('a close is held for review; the new message is read there, then it is closed anyway', async ({
  page,
}) => {
  await mirrored.goOffline();
  await select(page, 'a', 'Printer 1');
  await press(page, 'Shift+E');
  await expect(bar(page)).toContainText('1 waiting');
  mirrored.customerWrites(1, '<p>Wait, it <b>still</b> burns</p><script>parent.hacked = 1</script>');
  await mirrored.goOnline();
  await press(page, 'Shift+S');
  await expect(bar(page)).toContainText('1 to decide');
  await press(page, 'g', 'k');
  const news = page.getByRole('region', { name: '1 new message since' });
  await expect(news.frameLocator('iframe').getByText('Wait, it still burns')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await expect(page.getByRole('button', { name: 'Leave open' })).toBeVisible();
  await page.getByRole('button', { name: 'Close anyway' }).press('Enter');
  await expect(page.getByText('No conflicts.')).toBeVisible();
  await expect.poll(() => mirrored.ticket(1).status).toBe(5);
});

test('a refused reply is edited where it was written, and sent', async ({ page }) => {
  const [token] = mirrored.server.state.tokens;
  if (!token) throw new Error('no token');
  token.permissions = ['Get list/details of tickets.', 'Get messages from a ticket.'];
  await select(page, 'a', 'Printer 1');
  await press(page, 'r');
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toBeFocused();
  await page.keyboard.type('Pour water on it');
  await press(page, 'Control+Enter');
  await expect(bar(page)).toContainText('1 to decide');
  await press(page, 'Escape', 'g', 'b');
  const waiting = page.getByRole('listbox', { name: 'Outbox' });
  await expect(waiting.getByRole('option', { name: 'Reply: Printer 1. Refused' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Reply' })).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What you wrote' }).frameLocator('iframe').getByText('Pour water on it'),
  ).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  token.permissions = 'all';
  await press(page, 'e');
  const text = page.getByRole('textbox', { name: 'Reply to' });
  await expect(text).toBeFocused();
  await expect(text).toContainText('Pour water on it');
  await press(page, 'Control+End');
  await page.keyboard.type(', carefully');
  await press(page, 'Control+Enter');
  await expect.poll(() => mirrored.answers(1).length).toBe(1);
  expect(mirrored.answers(1)[0]).toContain('Pour water on it, carefully');
  await expect(rail(page, 'Outbox')).toHaveText('Outbox');
});

test('many are chosen and decided at once; a waiting status takes another value', async ({ page }) => {
  await mirrored.goOffline();
  for (const [queue, subject] of [
    ['w', 'Printer 3'],
    ['a', 'Printer 1'],
  ] as const) {
    await select(page, queue, subject);
    await press(page, 'Shift+E');
  }
  await expect(bar(page)).toContainText('2 waiting');
  await press(page, 'g', 'b');
  const waiting = page.getByRole('listbox', { name: 'Outbox' });
  await expect(waiting.getByRole('option')).toHaveText([/Printer 3/, /Printer 1/]);
  await press(page, 'j', 'f');
  await expect(waiting.getByRole('option')).toHaveText([/Printer 1/, /Printer 3/]);
  await press(page, 'e', 'p');
  await expect(waiting.getByRole('option', { name: 'Set the status: In progress: Printer 1' })).toBeVisible();
  await press(page, 'Control+a');
  await expect(page.getByText('2 selected')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await press(page, 'Delete');
  await expect(page.getByText('Nothing waits.')).toBeVisible();
});
