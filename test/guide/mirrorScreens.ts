import type { Page } from '@playwright/test';
import { Desk } from '../e2e/support/desk.ts';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { addMessageRow, addTicketRow } from '../fakes/helpdeskz/state.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';

const FILES = [
  ['serial-numbers.pdf', 820_000],
  ['paper-jam.jpg', 1_450_000],
  ['meter-reading.txt', 2_300],
  ['service-video.mp4', 9_800_000],
] as const;

/** A server with a morning's work on it, some of it with files. */
function fill(server: FakeHelpdeskz): void {
  const { state } = server;
  fillHelpdeskz(server);
  const date = Math.floor(Date.now() / 1000) - 7200;
  for (const [at, [name, size]] of FILES.entries()) {
    const row = { userId: 1, departmentId: (at % 2) + 1, status: 1, replies: 0, date, lastUpdate: date + at };
    const { id: ticketId } = addTicketRow(state, { ...row, subject: `Copier on floor ${at + 2}` });
    const message = {
      ticketId,
      date: date + at,
      customer: true,
      staffId: 0,
      message: 'Please see the file.',
    };
    const { id: messageId } = addMessageRow(state, message);
    const file = { id: at + 1, messageId, ticketId, name, filetype: 'application/octet-stream' };
    state.attachments.set(file.id, { ...file, content: Buffer.alloc(size, 1), isFileGone: false });
  }
}

/** What a remote workspace takes along, with one file that is beyond the budget. */
export async function takeWithMe(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const server = createFakeHelpdeskz({ now: Date.now });
  fill(server);
  const served = await serveHelpdeskz(server);
  const desk = new Desk();
  try {
    await desk.serve();
    await page.goto(desk.url);
    await page.getByRole('button', { name: 'Connect to a HelpDeskZ' }).click();
    await page.getByLabel('Address').fill(served.url);
    await page.getByLabel('API token').fill(REMOTE_TOKEN);
    await page.getByLabel('Your user name there').fill('ada');
    await page.getByLabel('Your password there').fill(REMOTE_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('contentinfo').getByText('Synced just now').waitFor();
    await page.locator('body').press('g');
    await page.locator('body').press('f');
    await page.getByLabel('Attachments up to').fill('8');
    await page.keyboard.press('Enter');
    await page.getByText('Aboard, but not everything').waitFor();
    await shoot('take-with-me');
  } finally {
    await desk.remove();
    await served.close();
  }
}
