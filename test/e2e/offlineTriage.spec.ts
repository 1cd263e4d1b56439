import { expect, type Page } from '@playwright/test';
import { addOpened } from '../support/remoteDesk.ts';
import { PNG } from './support/files.ts';
import { Mirror, row, statusBar } from './support/remote.ts';
import { test } from './support/test.ts';

const REPLIES = 14;
const CLOSED = 16;
const WAITING = 1;

let mirror: Mirror;
test.beforeEach(async () => {
  mirror = new Mirror();
  const { state } = mirror.server;
  state.tickets.clear();
  state.ticketRows.length = 0;
  for (let number = 1; number <= REPLIES + CLOSED; number++) {
    const subject = number <= CLOSED ? `Spam ${number}` : `Question ${number}`;
    addOpened(state, { subject, message: `Body ${number}`, status: WAITING, date: 1_700_000_000 + number });
  }
  await mirror.goOnline();
  await mirror.connect();
  expect(await mirror.desk.cli('sync', '--once')).toMatchObject({ code: 0 });
  await mirror.desk.serve();
});
test.afterEach(() => mirror.remove());

/** Answers the ticket that is open, with the keyboard alone but for the file. */
async function answer(page: Page, text: string, withFile: boolean): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Reply to/ });
  await page.keyboard.press('r');
  await expect(composer).toBeFocused();
  await page.keyboard.insertText(text);
  if (withFile) {
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await chosen).setFiles({ name: 'proof.png', mimeType: 'image/png', buffer: PNG });
    await expect(page.getByText('proof.png')).toBeVisible();
    await composer.focus();
  }
  await expect(composer).toHaveText(text);
  // What is still being uploaded holds it.
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: 'Staff: You' })).toHaveCount(1);
}

test('thirty tickets are worked off without a network, and all of it arrives once', async ({ page }) => {
  await mirror.signIn(page);
  await expect(row(page, 'Question 30')).toBeVisible();
  await mirror.goOffline();

  // The newest first: answered one by one, every third with a file.
  await row(page, 'Question 30').click();
  for (let number = CLOSED + REPLIES; number > CLOSED; number--) {
    await expect(page.getByRole('heading', { name: `Question ${number}`, exact: true })).toBeVisible();
    await answer(page, `Answer to ${number}`, number % 3 === 0);
    await page.keyboard.press('j');
  }
  // The rest at once.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('toolbar', { name: 'Selected tickets' })).toContainText(`${CLOSED} selected`);
  await page.keyboard.press('Shift+e');
  await expect(statusBar(page)).toContainText(`${REPLIES + CLOSED} waiting`);

  await mirror.goOnline();
  await page.keyboard.press('Shift+S');
  await expect(statusBar(page)).toContainText('Synced just now', { timeout: 20_000 });
  await expect(statusBar(page).getByRole('button', { name: /^Synced/ })).toHaveText('Synced just now');

  const { state } = mirror.server;
  const told = [...state.tickets.values()].map(({ id, subject, status }) => {
    const answers = (state.messages.get(id) ?? []).filter(({ customer }) => !customer);
    const files = [...state.attachments.values()].filter(({ ticketId }) => ticketId === id);
    return { subject, status, answers: answers.map(({ message }) => textOf(message)), files: files.length };
  });
  const expected = Array.from({ length: REPLIES + CLOSED }, (_, index) => index + 1).map((number) =>
    number <= CLOSED
      ? { subject: `Spam ${number}`, status: 5, answers: [], files: 0 }
      : {
          ...{ subject: `Question ${number}`, status: 2, answers: [`Answer to ${number}`] },
          files: number % 3 === 0 ? 1 : 0,
        },
  );
  expect(told).toEqual(expected);
  expect(state.mails.filter(({ template }) => template === 'staff_reply')).toHaveLength(REPLIES);
});

const textOf = (html: string): string => html.replace(/<[^>]+>/g, '');
