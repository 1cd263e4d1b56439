import { expect } from '@playwright/test';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { Mirror, row } from './support/remote.ts';
import { test } from './support/test.ts';

let mirrored: Mirror;
test.beforeEach(async ({ page }) => {
  mirrored = new Mirror();
  await mirrored.open(page);
});
test.afterEach(() => mirrored.remove());

test('opening a closed ticket brings what a colleague wrote, and moves nothing that is read or typed', async ({
  page,
}) => {
  const ticket = mirrored.ticket(2);
  const now = Math.floor(Date.now() / 1000);
  const author = { now, isStaff: true, staffId: 2, message: 'It was the fuser' };
  for (const _ of appendReply(mirrored.server.state, ticket, author)) void _;
  mirrored.threadMs = 1500;
  const threadsBefore = mirrored.threads().filter((path) => path.includes('/2?')).length;
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await row(page, 'Printer 2').click();
  const first = page.getByRole('article').filter({ hasText: 'Ann' });
  await expect(first).toBeVisible();
  await page.keyboard.press('r');
  const reply = page.getByRole('textbox', { name: 'Reply to' });
  await expect(reply).toBeFocused();
  await page.keyboard.type('As I wrote');
  const place = await first.boundingBox();
  await expect(page.getByRole('article').filter({ hasText: 'Sam' })).toHaveCount(1);
  await page.keyboard.type(' before');
  await expect(reply).toHaveText('As I wrote before');
  await expect(reply).toBeFocused();
  expect(mirrored.threads().filter((path) => path.includes('/2?'))).toHaveLength(threadsBefore + 1);
  expect(await first.boundingBox()).toMatchObject({ x: place?.x, y: place?.y });
});
