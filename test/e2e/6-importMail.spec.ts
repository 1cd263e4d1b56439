import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Desk, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

const head = (id: string, more: string) =>
  `From: Ann Lee <ann@acme.example>\r\nTo: support@desk.example\r\nMessage-ID: <${id}@acme.example>\r\n${more}`;
const QUESTION = `${head('1', 'Subject: Printer jams\r\nDate: Mon, 05 Jan 2026 09:00:00 +0000\r\n')}\r\nIt jams every time.\r\n`;
const ANSWER = `${head(
  '2',
  'Subject: Re: Printer jams\r\nReferences: <1@acme.example>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n',
)}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>See <b>photo</b></p>\r\n--b\r\nContent-Type: image/png; name="photo.png"\r\nContent-Disposition: attachment; filename="photo.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n${PNG.toString('base64')}\r\n--b--\r\n`;

test('mail files become tickets and replies from the terminal, twice without doubling', async ({ page }) => {
  const folder = join(desk.dataDir, 'mails');
  mkdirSync(folder);
  writeFileSync(join(folder, 'question.eml'), QUESTION);
  writeFileSync(join(folder, 'answer.eml'), ANSWER);
  writeFileSync(join(folder, 'broken.eml'), Buffer.from([0, 255, 254, 0, 1, 2, 3]));
  const first = await desk.cli('import', folder);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/1 new tickets?, 1 repl/);
  await signIn(page, desk);
  await page.getByRole('option', { name: /Printer jams.*1 attachment/ }).click();
  await expect(page.getByRole('button', { name: /^photo\.png/ })).toBeVisible();
  const again = await desk.cli('import', folder);
  expect(again.stdout).toMatch(/0 new tickets, 0 replies/);
  await expect(page.getByRole('button', { name: /^All open 1$/ })).toBeVisible();
});

test('mail dropped on the window becomes a ticket, and the summary says what became of each', async ({
  page,
}) => {
  await signIn(page, desk);
  const data = await page.evaluateHandle(
    ([question, mbox]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([question ?? ''], 'question.eml', { type: 'message/rfc822' }));
      transfer.items.add(new File([mbox ?? ''], 'more.mbox', { type: 'application/mbox' }));
      return transfer;
    },
    [QUESTION, `From ann@acme.example Mon Jan  5 10:00:00 2026\n${ANSWER.replaceAll('\r\n', '\n')}\n`],
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator('body').dispatchEvent(type, { dataTransfer: data });
  }
  // The summary lies over the list, which is hidden from readers meanwhile.
  const summary = page.getByRole('dialog', { name: 'Import done' });
  await expect(summary.getByText('1 new ticket, 1 reply.')).toBeVisible();
  await expect(
    summary.getByText('names the mail <1@acme.example> of ticket #1', { exact: true }),
  ).toBeVisible();
  await summary.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('option', { name: /Printer jams/ })).toBeVisible();
});
