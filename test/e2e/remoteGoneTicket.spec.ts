import { expect } from '@playwright/test';
import { removeTicket } from '../fakes/helpdeskz/state.ts';
import { axeProblems } from './support/axe.ts';
import { Mirror, row } from './support/remote.ts';
import { test } from './support/test.ts';

let mirrored: Mirror;
test.beforeEach(async ({ page }) => {
  mirrored = new Mirror();
  await mirrored.open(page);
});
test.afterEach(() => mirrored.remove());

test('a ticket that the server deleted while it was answered says so, keeps the words and takes a note', async ({
  page,
}) => {
  await row(page, 'Printer 1').click();
  await page.keyboard.press('r');
  await page.keyboard.type('Pour water on it');
  await expect(page.getByText('Draft saved')).toBeVisible();
  removeTicket(mirrored.server.state, 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+s');
  await expect(
    page.getByText('The server has deleted this ticket. Restored, it stays on this desk'),
  ).toBeVisible();
  await expect(page.getByText('What you wrote is kept.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore' }).click();
  const notice = page.getByText('so Ann can’t be answered in it.');
  await expect(notice).toBeVisible();
  const reply = page.getByRole('textbox', { name: 'Reply to' });
  await expect(reply).toHaveText('Pour water on it');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('n');
  await page.keyboard.type('Ann called again');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Note added')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(row(page, 'Printer 1')).toContainText('Deleted on the server');
});
