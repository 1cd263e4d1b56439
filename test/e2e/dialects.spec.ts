import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { ADMIN, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

const run = promisify(execFile);
let desk: Desk;
test.beforeEach(async ({ page }) => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, desk);
  await page.getByRole('button', { name: 'Setup' }).click();
  await openSection(page, 'API');
});
test.afterEach(() => desk.remove());

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name }).click();
}

/** Runs a line as it was shown, in a real shell; the person puts their password in. */
async function paste(line: string, password = ADMIN.password): Promise<Record<string, unknown>> {
  const typed = line.replace('YOUR-PASSWORD', password);
  const { stdout } = await run('sh', ['-c', `${typed} -sS --noproxy '*' --max-time 20`]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function switchOn(page: Page, name: string): Promise<string> {
  const card = page.getByRole('region', { name, exact: true });
  await card.getByLabel(`Answer clients of ${name}`).check();
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText('On', { exact: true })).toBeVisible();
  return (await page.getByLabel(`Try ${name}`).textContent()) ?? '';
}

test('an administrator switches dialects on and uses the lines that are shown', async ({ page }) => {
  const octeth = await switchOn(page, 'Octeth');
  expect(await paste(octeth)).toMatchObject({ Success: true, AdminInfo: { AdminID: '1', Username: 'ada' } });
  expect(await paste(octeth, 'wrong')).toEqual({ Success: false, ErrorCode: [3] });
  expect(await paste(await switchOn(page, 'Forma LMS'))).toMatchObject({
    success: true,
    data: { userid: 'ada' },
  });
  const faveo = await paste(await switchOn(page, 'Faveo'));
  expect(faveo).toMatchObject({ user_id: { user_name: 'ada', role: 'admin' } });
  const tickets = `curl "${desk.url}/api/tickets" -H "Authorization: Bearer ${faveo.token}"`;
  expect(await paste(tickets)).toMatchObject({ success: 1, total_tickets: 0 });
  expect(await axeProblems(page)).toEqual([]);

  await openSection(page, 'Profile');
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(4);
  await sessions
    .filter({ hasText: 'Faveo' })
    .getByRole('button', { name: /Sign out/ })
    .click();
  await expect(sessions).toHaveCount(3);
  expect(await paste(tickets)).toEqual({ error: 1, message: 'Invalid authentication.' });
});

test('a mandatory key is in the line, and the old one stops when another is generated', async ({ page }) => {
  await switchOn(page, 'Faveo');
  const card = page.getByRole('region', { name: 'Faveo', exact: true });
  await card.getByLabel('API key is mandatory').check();
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('button', { name: 'Generate a key' }).click();
  const shown = page.getByLabel('Try Faveo');
  await expect(shown).not.toContainText('THE-KEY');
  const first = (await shown.textContent()) ?? '';
  expect(await paste(first)).toMatchObject({ user_id: { id: 1 } });
  await card.getByRole('button', { name: 'Generate a new key' }).click();
  await expect(shown).not.toHaveText(first);
  expect(await paste(first)).toEqual({ result: 'wrong api key' });
  await page.reload();
  expect(await paste((await shown.textContent()) ?? '')).toMatchObject({ user_id: { id: 1 } });
});

test('minutes that are none are refused beside their field', async ({ page }) => {
  const card = page.getByRole('region', { name: 'Octeth', exact: true });
  await card.getByLabel('Answer clients of Octeth').check();
  await card.getByLabel('Session ends after').fill('soon');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card.getByText('A whole number of minutes from 1 to 43200 (30 days).')).toBeVisible();
  await expect(card.getByLabel('Session ends after')).toHaveValue('soon');
});

test('an app password signs in where no code can be asked, until it is removed', async ({ page }) => {
  const line = await switchOn(page, 'Forma LMS');
  await openSection(page, 'Profile');
  const part = page.getByRole('region', { name: 'App passwords', exact: true });
  await part.getByRole('button', { name: 'New app password' }).click();
  await part.getByLabel('Name of the app password').fill('phone');
  await part.getByLabel('Your password').fill('not this one');
  await part.getByRole('button', { name: 'Make it' }).click();
  await expect(part.getByText('This is not your password.')).toBeVisible();
  await part.getByLabel('Your password').fill(ADMIN.password);
  await part.getByRole('button', { name: 'Make it' }).click();
  const password = (await part.getByLabel('App password', { exact: true }).textContent()) ?? '';
  expect(await paste(line, password)).toMatchObject({ success: true });
  expect(await axeProblems(page)).toEqual([]);
  await part.getByRole('button', { name: 'Done' }).click();
  await part.getByRole('button', { name: 'Remove the app password phone' }).click();
  await expect(part.getByRole('listitem')).toHaveCount(0);
  expect(await paste(line, password)).toMatchObject({ success: false, error: 'Error: invalid user.' });
});
