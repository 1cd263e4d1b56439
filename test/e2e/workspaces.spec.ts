import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createFakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { serveHelpdeskz } from '../fakes/helpdeskz/serve.ts';
import { fillHelpdeskz, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';
import { axeProblems } from './support/axe.ts';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let acme: Desk;
let mirror: Desk;
let served: Awaited<ReturnType<typeof serveHelpdeskz>>;
test.beforeEach(async () => {
  const server = createFakeHelpdeskz({ now: Date.now });
  fillHelpdeskz(server);
  served = await serveHelpdeskz(server);
  acme = new Desk();
  mirror = new Desk({ of: acme });
  await acme.setUp();
  const connected = await mirror.cliWith(
    `${REMOTE_TOKEN}\n${REMOTE_PASSWORD}\n`,
    'remote connect',
    '--url',
    served.url,
    '--staff',
    'ada',
    '--token-stdin',
    '--password-stdin',
  );
  expect(connected, connected.stderr).toMatchObject({ code: 0 });
  expect(await mirror.cli('workspaces add')).toMatchObject({ code: 0 });
  await acme.serve();
});
test.afterEach(async () => {
  await acme.remove();
  await mirror.remove();
  await served.close();
});

const row = (page: Page, subject: string) => page.getByRole('option').filter({ hasText: subject });
const menu = (page: Page) => page.getByRole('menu');
const item = (page: Page, name: RegExp) => menu(page).getByRole('menuitemcheckbox', { name });
const theme = (page: Page) => page.locator('html').getAttribute('data-theme');

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: /: desk menu$/ }).press('Enter');
  await expect(menu(page)).toBeVisible();
}

/** Where the workspaces are is known: their keys work. */
async function signInAtAcme(page: Page): Promise<void> {
  await signIn(page, acme);
  await openMenu(page);
  await expect(menu(page).getByRole('menuitem', { name: /^Add a workspace/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toBeHidden();
}

async function giveTicket(): Promise<void> {
  const token = await acme.token();
  await callApi(acme, token, '/api/users/create', { fullname: 'Jo', email: 'jo@mail.example' });
  await callApi(acme, token, '/api/tickets/create', {
    user_id: '1',
    opener: 'user',
    department_id: '1',
    subject: 'Lamp',
    body: 'It is dark',
  });
}

test('there and back by keyboard: each workspace keeps its own sign-in, theme and what was being typed', async ({
  page,
}) => {
  await giveTicket();
  await signInAtAcme(page);
  await openMenu(page);
  await page.getByRole('menuitemcheckbox', { name: 'Dark' }).press('Enter');
  await expect.poll(() => theme(page)).toBe('dark');
  await row(page, 'Lamp').click();
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toBeFocused();
  await page.keyboard.type('Half a sent');
  // The mirror came into the list first; it opens, and asks for its own sign-in.
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(page.url().startsWith(acme.url)).toBe(false);
  expect(await theme(page)).toBe(null);
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(REMOTE_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(row(page, 'Printer 1')).toBeVisible();
  expect(await theme(page)).toBe(null);

  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toContainText('Half a sent');
  expect(page.url().startsWith(acme.url)).toBe(true);
  expect(await theme(page)).toBe('dark');
  await openMenu(page);
  await expect(item(page, /^Acme Support/)).toBeChecked();
  await expect(item(page, /Mirror of a HelpDeskZ \d+ open/)).not.toBeChecked();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // More than a page that is closing may still send, and no pause after it.
  await page.getByRole('textbox', { name: 'Reply to' }).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(` ${'long '.repeat(14_000)} and its end`);
  await page.keyboard.press('Control+1');
  await expect(row(page, 'Printer 1')).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Synced');
  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await expect(page.getByRole('textbox', { name: 'Reply to' })).toContainText('and its end');
});

test('a workspace is added in a folder of its own, and the way back is there', async ({ page }) => {
  await signInAtAcme(page);
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  const dialog = page.getByRole('dialog', { name: 'Add a workspace' });
  await expect(dialog).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('radio', { name: 'The mirror of a HelpDeskZ elsewhere' }).click();
  await dialog.getByRole('button', { name: 'Add' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Connect to a HelpDeskZ' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Other workspace' }).press('Enter');
  await openMenu(page);
  await item(page, /^New workspace Not set up yet/).press('Enter');
  await expect(page.getByRole('heading', { name: 'Welcome to Staffdesk' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
});

test('a workspace whose folder is gone stays in the list until it is taken off', async ({ page }) => {
  rmSync(mirror.dataDir, { recursive: true });
  await signIn(page, acme);
  await openMenu(page);
  await item(page, /Its folder is not there/).press('Enter');
  const dialog = page.getByRole('dialog', { name: /is not there$/ });
  await expect(dialog).toContainText(mirror.dataDir);
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Take it off the list' }).press('Enter');
  await expect(page.getByText(/is off the list$/)).toBeVisible();
  await openMenu(page);
  await expect(item(page, /Its folder is not there/)).toHaveCount(0);
});

test('a list that can’t be read is named and left alone, and the desk works on', async ({ page }) => {
  const list = join(acme.user, 'workspaces.json');
  writeFileSync(list, '{"version":');
  await signIn(page, acme);
  await openMenu(page);
  await expect(menu(page)).toContainText(list);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+1');
  expect(page.url().startsWith(acme.url)).toBe(true);
  expect(readFileSync(list, 'utf8')).toBe('{"version":');
});

test('what Setup has not saved is not left behind', async ({ page }) => {
  await signInAtAcme(page);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByLabel('Name of the desk').fill('Another name');
  await page.keyboard.press('Control+1');
  await expect(page.getByText('Setup has changes that are not saved.')).toBeVisible();
  await expect(page.getByLabel('Name of the desk')).toHaveValue('Another name');
  expect(page.url().startsWith(acme.url)).toBe(true);
});
