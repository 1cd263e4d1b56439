import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { PNG } from './support/files.ts';
import { Mirror, row, statusBar } from './support/remote.ts';
import { test } from './support/test.ts';

/** More than the system takes for the wire by itself. */
const SIZE = 40 * 1024 * 1024;
const GOING = /Sending plan\.png, \d[\d.]* of 40 MB/;

let mirror: Mirror;
test.beforeEach(async ({ page }) => {
  mirror = new Mirror();
  Object.assign(mirror.server.state.settings, { uploadMaxMb: 100, fileSizeMb: 100, postMaxMb: 100 });
  await mirror.open(page);
});
test.afterEach(() => mirror.remove());

/** Answers with a large picture, and sends it from the outbox as it is. */
async function sendLarge(page: Page): Promise<void> {
  await row(page, 'Printer 1').click();
  await page.keyboard.press('r');
  const composer = page.getByRole('textbox', { name: /^Reply to/ });
  await expect(composer).toBeFocused();
  await page.keyboard.insertText('See this');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  const buffer = Buffer.concat([PNG, Buffer.alloc(SIZE - PNG.length)]);
  await (await chosen).setFiles({ name: 'plan.png', mimeType: 'image/png', buffer });
  await expect(page.getByText('larger than the 8 MB that a server usually takes')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  expect(await axeProblems(page)).toEqual([]);
  await composer.focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: 'Staff: You' })).toBeVisible();
  await statusBar(page).getByRole('button', { name: 'Open the outbox' }).or(outboxLine(page)).first().click();
  await page.getByRole('button', { name: 'Send as it is' }).click();
}

const outboxLine = (page: Page) => statusBar(page).getByRole('button', { name: /Synced|waiting|to decide/ });

test('a large file says how far it is, in the last line, in the outbox and at the message', async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  mirror.uploadGate = gate.promise;
  await sendLarge(page);
  await expect(statusBar(page)).toContainText(GOING);
  await expect(page.getByRole('option')).toContainText(GOING);
  await expect(page.getByRole('region', { name: 'What waits' }).getByRole('progressbar')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Read the ticket' }).click();
  await expect(page.getByRole('article', { name: 'Staff: You' })).toContainText(/Sending \d+ %/);
  gate.resolve();
  await expect(statusBar(page)).toContainText('Synced just now');
  await expect(statusBar(page)).not.toContainText('plan.png');
  expect(mirror.answers(1)).toHaveLength(1);
});

test('it can be stopped on its way: nothing of it is there, and it waits for its writer', async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  mirror.uploadGate = gate.promise;
  await sendLarge(page);
  await page.getByRole('button', { name: 'Stop sending' }).click();
  await expect(page.getByRole('region', { name: 'What waits' })).toContainText('nothing of it is there');
  expect(mirror.answers(1)).toHaveLength(0);
  gate.resolve();
  await page.getByRole('button', { name: 'Send as it is' }).click();
  await expect(page.getByText('Nothing waits.')).toBeVisible();
  expect(mirror.answers(1)).toHaveLength(1);
});
