import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { openSetup } from './support/desk.ts';
import { Mirror, row } from './support/remote.ts';
import { test } from './support/test.ts';

let mirror: Mirror;
test.beforeEach(() => {
  mirror = new Mirror();
  addFile(1, 1, 'meter.txt', 'text/plain', 'Reading: 4711');
  addFile(2, 1, 'parts.zip', 'application/zip', 'PK not really');
  addFile(3, 3, 'answered.txt', 'text/plain', 'Of another queue');
  addFile(4, 3, 'tool.bin', 'application/octet-stream', '0101');
});
test.afterEach(() => mirror.remove());

function addFile(id: number, ticketId: number, name: string, filetype: string, content: string): void {
  const messageId = mirror.server.state.messages.get(ticketId)?.[0]?.id ?? 0;
  const file = { id, ticketId, messageId, name, filetype, content: Buffer.from(content) };
  mirror.server.state.attachments.set(id, { ...file, isFileGone: false });
}

const file = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Attachments' }).getByRole('listitem').filter({ hasText: name });
const go = async (page: Page, key: string): Promise<void> => {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
};

test('take All open along, cut the network, read and open what was taken; ask for what was not', async ({
  page,
}) => {
  await mirror.open(page);
  await go(page, 'f');
  const screen = page.getByRole('region', { name: 'Take with me' });
  await expect(screen.getByRole('checkbox', { name: /^All open/ })).toBeChecked();
  const estimate = screen.getByRole('region', { name: 'What that is' });
  await expect(estimate).toContainText('0 of 2 here');
  await screen.getByLabel('Attachments up to').fill('a lot');
  await page.keyboard.press('Enter');
  await expect(screen.getByText('A whole number of megabytes')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await screen.getByLabel('Attachments up to').fill('50');
  await page.keyboard.press('Enter');
  const aboard = screen.getByRole('region', { name: 'Aboard' });
  await expect(aboard).toContainText('Everything is aboard');
  expect(await axeProblems(page)).toEqual([]);

  // The server goes away.
  await mirror.goOffline();
  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: 'All open' })
    .press('Enter');
  await row(page, 'Printer 1').click();
  await expect(file(page, 'meter.txt')).toContainText('on this desk');
  await file(page, 'meter.txt')
    .getByRole('button', { name: /meter\.txt/ })
    .first()
    .press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Reading: 4711');
  await page.keyboard.press('Escape');

  // What was not taken along says so, and can be asked for.
  await go(page, 'w');
  await row(page, 'Printer 3').click();
  await expect(file(page, 'answered.txt')).toContainText('on the server');
  await file(page, 'answered.txt').getByRole('button').first().press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('on the server only, and the server can’t be reached');
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Fetch when online' }).press('Enter');
  await expect(dialog).toContainText('It comes with the next sync.');
  await page.keyboard.press('Escape');
  await expect(file(page, 'answered.txt')).toContainText('Waits to be fetched');
  await file(page, 'tool.bin').getByRole('button').first().press('Enter');
  await expect(file(page, 'tool.bin')).toContainText('The server can’t be reached');
  await file(page, 'tool.bin').getByRole('button', { name: 'Fetch when online' }).press('Enter');
  await expect(file(page, 'tool.bin')).toContainText('Waits to be fetched');
  expect(await axeProblems(page)).toEqual([]);

  await mirror.goOnline();
  await page.keyboard.press('Shift+S');
  await expect(file(page, 'answered.txt')).toContainText('on this desk');
  await expect(file(page, 'tool.bin')).toContainText('on this desk');
});

test('what is not aboard is named, with the reason, and fetched when there is more room', async ({
  page,
}) => {
  const messageId = mirror.server.state.messages.get(1)?.[0]?.id ?? 0;
  const content = Buffer.alloc(1_500_000, 1);
  const big = { id: 9, ticketId: 1, messageId, name: 'big.bin', filetype: 'application/octet-stream' };
  mirror.server.state.attachments.set(9, { ...big, content, isFileGone: false });
  const lost = mirror.server.state.attachments.get(2);
  if (lost) lost.isFileGone = true;
  await mirror.open(page);
  await page.getByRole('navigation', { name: 'Desk' }).getByRole('button', { name: 'Take with me' }).click();
  const screen = page.getByRole('region', { name: 'Take with me' });
  await screen.getByLabel('Attachments up to').fill('1');
  await expect(screen.getByText('more than that are known')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(screen.getByText('Aboard, but not everything')).toBeVisible();
  const ticket = screen.getByRole('listitem').filter({ hasText: 'Printer 1' });
  await expect(ticket).toContainText('Missing: 2 attachments');
  await expect(ticket).toContainText('beyond the budget');
  await expect(ticket).toContainText('the server has lost it');
  expect(await axeProblems(page)).toEqual([]);
  await screen.getByLabel('Attachments up to').fill('5');
  await page.keyboard.press('Enter');
  await expect(ticket).toContainText('Missing: 1 attachment');
});

test('attachments of open tickets are kept on this desk within a budget', async ({ page }) => {
  await mirror.open(page);
  await openSetup(page, 'Server');
  const form = page.getByRole('form', { name: 'Attachments on this desk' });
  await form.getByRole('textbox').fill('many');
  await page.keyboard.press('Enter');
  await expect(form).toContainText('A whole number of megabytes');
  expect(await axeProblems(page)).toEqual([]);
  await form.getByRole('textbox').fill('20');
  await page.keyboard.press('Enter');
  await expect(form).toContainText('Saved');
  await expect(async () => {
    await page.getByRole('navigation', { name: 'Desk' }).getByRole('button', { name: 'All open' }).click();
    await row(page, 'Printer 1').click();
    await expect(file(page, 'meter.txt')).toContainText('on this desk', { timeout: 1000 });
  }).toPass();
  await expect(file(page, 'parts.zip')).toContainText('on this desk');
});
