import type { Page } from '@playwright/test';
import { Mirror } from '../e2e/support/remote.ts';
import { addMessageRow, addTicketRow, addUser, type State } from '../fakes/helpdeskz/state.ts';

const TICKETS = [
  ['Invoice 2231 has the wrong sum', 'The sum on page two does not match the offer.'],
  ['Parcel arrived damaged', 'The box was open when it came.'],
  ['Change of address', 'We move on the first of the month.'],
  ['Second screen stays black', 'It worked until this morning.'],
] as const;

/** Outbox and conflicts of a desk that mirrors a HelpDeskZ, while others work there too. */
export async function remotePictures(
  page: Page,
  shoot: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const mirrored = new Mirror();
  try {
    fill(mirrored.server.state);
    await mirrored.open(page);
    await workOffline(page, mirrored);
    await page.locator('body').press('g');
    await page.locator('body').press('b');
    await page.getByRole('listbox', { name: 'Outbox' }).waitFor();
    await shoot(page, 'outbox');
    await page.locator('body').press('g');
    await page.locator('body').press('k');
    await page.getByRole('option', { name: /Parcel/ }).click();
    await page.getByRole('region', { name: /new message/ }).waitFor();
    await shoot(page, 'conflicts');
  } finally {
    await mirrored.remove();
  }
}

const FIRST = 4;

function fill(state: State): void {
  const date = Math.floor(Date.now() / 1000) - 7200;
  for (const [index, [subject, message]] of TICKETS.entries()) {
    const userId = addUser(
      state,
      ['Ben Novak', 'Clara Ruiz', 'Dan Weber', 'Eva Lind'][index] ?? '',
      `c${index}@mail.example`,
    ).id;
    const ticket = addTicketRow(state, {
      userId,
      departmentId: 1,
      subject,
      date,
      lastUpdate: date,
      status: 1,
      replies: 0,
    });
    addMessageRow(state, { ticketId: ticket.id, date, customer: true, staffId: 0, message });
  }
}

/** Two closes and two answers without a network; meanwhile one ticket grows and another is taken up by somebody. */
async function workOffline(page: Page, mirrored: Mirror): Promise<void> {
  await mirrored.goOffline();
  const call = (name: string, input: object) =>
    page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json' };
        await fetch(path, { method: 'POST', headers, body });
      },
      [`/trpc/${name}`, JSON.stringify(input)] as const,
    );
  await call('tickets.update', { ticketIds: [FIRST, FIRST + 1], change: { status: 5 } });
  await call('tickets.reply', {
    ticketId: FIRST + 2,
    bodyHtml: '<p>Thank you, we have noted the new address 🏠</p>',
  });
  mirrored.ticket(FIRST).status = 4;
  mirrored.customerWrites(FIRST + 1, '<p>One more thing: the <b>lamp</b> inside is broken, too.</p>');
  await mirrored.goOnline();
  await page.locator('body').press('Shift+S');
  await page.getByRole('contentinfo').getByText('3 to decide').waitFor();
  await mirrored.goOffline();
  await call('tickets.reply', {
    ticketId: FIRST + 3,
    bodyHtml: '<p>Please try another cable; I put one in the mail.</p>',
  });
  await call('tickets.update', { ticketIds: [FIRST + 3], change: { departmentId: 2 } });
  await page.getByRole('contentinfo').getByText('2 waiting').waitFor();
}
