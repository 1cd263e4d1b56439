import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { Desk, signIn } from './support/desk.ts';
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
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'API' }).click();
});
test.afterEach(() => desk.remove());

/** Runs a line as it was shown, in a real shell. */
async function paste(line: string): Promise<unknown> {
  const { stdout } = await run('sh', ['-c', `${line} -sS --noproxy '*' --max-time 20`]);
  return JSON.parse(stdout);
}

async function makeToken(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New token' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Read only' }).click();
  await dialog.getByRole('button', { name: 'This machine' }).click();
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await expect(dialog).toBeHidden();
}

async function act(page: Page, name: string, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: `Token ${name}: more` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const shownLine = async (page: Page) => (await page.getByLabel('Try it').textContent()) ?? '';
const refused = { error: 1, message: 'Invalid authentication.' };

test('the shown curl line works, and is refused once the token is switched off', async ({ page }) => {
  await makeToken(page, 'Shop');
  const panel = page.getByRole('region', { name: 'The token «Shop»' });
  await expect(panel).toBeFocused();
  const line = await shownLine(page);
  expect(line).toContain(desk.url);
  expect(await paste(line)).toMatchObject({ success: 1, total_tickets: 0 });
  await panel.getByRole('button', { name: 'I have it' }).click();
  await expect(panel).toHaveCount(0);

  const row = page.getByRole('list', { name: 'Tokens' }).getByRole('listitem');
  await expect(row).toContainText('Active');
  await act(page, 'Shop', /Switch off/);
  await expect(row).toContainText('Switched off');
  expect(await paste(line)).toEqual(refused);
  await act(page, 'Shop', /Switch on/);
  await expect(row).toContainText('Active');
  expect(await paste(line)).toMatchObject({ success: 1 });
  // Written every few seconds.
  await expect(row).toContainText('from 127.0.0.1: GET /api/tickets', { timeout: 30_000 });
  await act(page, 'Shop', /Last calls/);
  // The one that was refused is among them.
  await expect(page.getByRole('region', { name: 'Calls' }).getByRole('row')).toHaveText([
    /^Time/,
    /200 fine/,
    /400 Invalid authentication\./,
    /200 fine/,
  ]);
});

test('a regenerated token works beside the old one, then both go with the token', async ({ page }) => {
  await makeToken(page, 'Shop');
  const old = await shownLine(page);
  await act(page, 'Shop', /Regenerate/);
  await page.getByRole('dialog').getByRole('button', { name: 'Regenerate' }).click();
  await expect(page.getByText(/The token before it works until/)).toBeVisible();
  const next = await shownLine(page);
  expect(next).not.toBe(old);
  expect([await paste(old), await paste(next)]).toMatchObject([{ success: 1 }, { success: 1 }]);

  await act(page, 'Shop', /History/);
  const history = page.getByRole('dialog', { name: 'History of «Shop»' });
  await expect(history.getByRole('listitem')).toHaveText([
    /^Ada Lovelace.*Regenerated with an overlap of one day$/,
    /^Ada Lovelace.*Made «Shop»: 7 permissions · from 127\.0\.0\.1, ::1$/,
  ]);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await act(page, 'Shop', /Delete/);
  const dialog = page.getByRole('dialog', { name: 'Delete the token «Shop»?' });
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('No token yet.')).toBeVisible();
  await expect(page.getByLabel('Try it')).toHaveCount(0);
  expect([await paste(old), await paste(next)]).toEqual([refused, refused]);
});

test('what is wrong stands beside its field, and what was typed stays', async ({ page }) => {
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(
    /Say what the token is for/,
  );
  await expect(dialog.getByText('Tick what the token may do')).toBeVisible();

  await dialog.getByLabel('Name', { exact: true }).fill('Shop');
  await dialog.getByRole('checkbox', { name: 'Tickets', exact: true }).click();
  await dialog.getByLabel('From these addresses only').fill('10.0.0.1, office');
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  const addresses = dialog.getByLabel('From these addresses only');
  await expect(addresses).toHaveAccessibleDescription(/«office» is neither an address nor/);
  await expect(addresses).toHaveValue('10.0.0.1, office');

  await addresses.fill('10.0.0.*');
  await dialog.getByLabel('Expires on').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await expect(dialog.getByLabel('Expires on')).toHaveAccessibleDescription(/This day has begun already/);
  await expect(dialog.getByLabel('Expires on')).toBeFocused();
  await dialog.getByLabel('Expires on').fill('2099-01-01');
  await dialog.getByRole('combobox', { name: 'Writes in the name of' }).click();
  await page.getByRole('option', { name: 'Ada Lovelace' }).click();
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  const row = page.getByRole('list', { name: 'Tokens' }).getByRole('listitem');
  await expect(row).toContainText('Expires 2099-01-01');
  await expect(row).toContainText('4 permissions · from 10.0.0.* · writes as Ada Lovelace');

  await act(page, 'Shop', /Edit/);
  const edit = page.getByRole('dialog', { name: 'Edit «Shop»' });
  await expect(edit.getByLabel('Expires on')).toHaveValue('2099-01-01');
  await edit.getByLabel('Name', { exact: true }).fill('Shop two');
  await edit.getByLabel('Expires on').fill('');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Shop two');
  await expect(row).toContainText('Active');
});

test('without the mouse, and clean for axe', async ({ page }) => {
  test.setTimeout(120_000);
  await page.getByRole('button', { name: 'New token' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('Keys');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Everything' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'Staff: Check sign-in' })).toBeChecked();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('Name', { exact: true }).press('Enter');
  await expect(page.getByRole('region', { name: 'The token «Keys»' })).toBeFocused();
  expect(await axeProblems(page)).toEqual([]);
  const line = await shownLine(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'I have it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'New token' })).toBeFocused();
  expect(await paste(line)).toMatchObject({ success: 1 });

  const more = page.getByRole('button', { name: 'Token Keys: more' });
  await more.focus();
  for (const [item, name] of [
    ['Last calls', 'Calls of «Keys»'],
    ['Regenerate', 'Regenerate «Keys»'],
    ['Delete', 'Delete the token «Keys»?'],
  ] as const) {
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    if (item === 'Last calls')
      await expect(page.getByRole('region', { name: 'Calls' })).toContainText('/api/tickets', {
        timeout: 30_000,
      });
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(more).toBeFocused();
  }
});
