import { expect, type Page } from '@playwright/test';
import { createFakeHelpdeskz, type FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';
import { axeProblems } from './support/axe.ts';
import { Desk, openSetup } from './support/desk.ts';
import { test } from './support/test.ts';

const ticketOf = (id: number) => server.state.tickets.get(id);

let server: FakeHelpdeskz;
let desk: Desk;
let served: Awaited<ReturnType<typeof serveHelpdeskz>>;
test.beforeEach(async () => {
  server = createFakeHelpdeskz({ now: Date.now });
  fillHelpdeskz(server);
  served = await serveHelpdeskz(server);
  desk = new Desk();
  await desk.serve();
});
test.afterEach(async () => {
  await desk.remove();
  await served.close();
});

/** The wizard, with everything that can go wrong on the way that a person would meet first. */
async function connect(page: Page): Promise<void> {
  await page.goto(desk.url);
  await page.getByRole('button', { name: 'Connect to a HelpDeskZ' }).press('Enter');
  await expect(page.getByLabel('Address')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter an API token of the helpdesk.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('Address').fill(served.url);
  await page.getByLabel('API token').fill('not the token');
  await page.getByLabel('Your user name there').fill('ada');
  await page.getByLabel('Your password there').fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The server does not accept this API token')).toBeVisible();
  await page.getByLabel('API token').fill(REMOTE_TOKEN);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The server says:')).toBeVisible();
  await page.getByLabel('Your password there').fill(REMOTE_PASSWORD);
  await page.keyboard.press('Enter');
}

const bar = (page: Page) => page.getByRole('contentinfo');
const row = (page: Page, subject: string) => page.getByRole('option').filter({ hasText: subject });

test('connect, work offline by keyboard, come back: nothing is lost and every state is shown', async ({
  page,
}) => {
  await connect(page);
  await expect(row(page, 'Printer 1')).toBeVisible();
  await expect(bar(page)).toContainText('Synced just now');
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(page.getByText('Nothing waits.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);

  // The server goes away.
  await served.close();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await row(page, 'Printer 1').click();
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toBeFocused();
  await page.keyboard.type('Pour water on it');
  await page.keyboard.press('Control+Enter');
  const own = page.getByRole('article', { name: 'Staff: You' });
  await expect(own.getByText('Queued', { exact: false }).first()).toBeVisible();
  await expect(bar(page)).toContainText('Offline · 1 waiting');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await row(page, 'Printer 3').click();
  await page.keyboard.press('Shift+E');
  await expect(bar(page)).toContainText('Offline · 2 waiting');
  expect(ticketOf(3)?.status).toBe(2);
  expect(await axeProblems(page)).toEqual([]);

  // Meanwhile somebody else works there.
  const third = ticketOf(3);
  if (!third) throw new Error('no ticket');
  third.status = 4;
  served = await serveHelpdeskz(server, served.port);
  await page.keyboard.press('Shift+S');
  await expect(bar(page)).toContainText('Synced just now · 1 to decide');
  const thread = server.state.messages.get(1) ?? [];
  expect(thread.filter(({ customer }) => !customer)).toHaveLength(1);
  expect(server.state.mails).toHaveLength(1);

  // Settled with the keyboard alone.
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const outbox = page.getByRole('listbox', { name: 'Outbox' });
  await expect(outbox.getByRole('option', { name: 'Set the status: Closed: Printer 3' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Status' })).toContainText('In progress');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep mine' }).press('Enter');
  await expect(page.getByText('Nothing waits.')).toBeVisible();
  await expect.poll(() => ticketOf(3)?.status).toBe(5);
  await expect(bar(page).getByRole('button', { name: /^Synced/ })).toHaveText('Synced just now');
});

test('what belongs to the server is said, and its token can be replaced', async ({ page }) => {
  await connect(page);
  await expect(row(page, 'Printer 1')).toBeVisible();
  await openSetup(page, 'Staff');
  await expect(page.getByText('The token’s view is everybody’s view')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a staff member' })).toBeDisabled();
  expect(await axeProblems(page)).toEqual([]);
  await openSetup(page, 'Server');
  await expect(page.getByText(served.url)).toBeVisible();
  await page.getByRole('button', { name: 'Check the permissions' }).click();
  await expect(page.getByText('The token may do everything that Staffdesk needs.')).toBeVisible();
  await page.getByLabel('New API token').fill('not the token');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The server does not accept this API token')).toBeVisible();
  await page.getByLabel('New API token').fill(REMOTE_TOKEN);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The new token is in use.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
});
