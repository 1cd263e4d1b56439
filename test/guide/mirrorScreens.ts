import type { Page } from '@playwright/test';
import { Mirror } from '../e2e/support/remote.ts';
import type { FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { addMessageRow, addTicketRow } from '../fakes/helpdeskz/state.ts';

const FILES = [
  ['serial-numbers.pdf', 820_000],
  ['paper-jam.jpg', 1_450_000],
  ['meter-reading.txt', 2_300],
  ['service-video.mp4', 9_800_000],
] as const;

/** A server with a morning's work on it, some of it with files. */
function fill({ state }: FakeHelpdeskz): void {
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
  const mirror = new Mirror();
  fill(mirror.server);
  try {
    await mirror.open(page);
    await page.locator('body').press('g');
    await page.locator('body').press('f');
    await page.getByLabel('Attachments up to').fill('8');
    await page.keyboard.press('Enter');
    await page.getByText('Aboard, but not everything').waitFor();
    await shoot('take-with-me');
  } finally {
    await mirror.remove();
  }
}
