import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { axeProblems } from './support/axe.ts';
import { ADMIN, anotherPerson, Desk, openSetup, signIn, signInAs } from './support/desk.ts';
import { test } from './support/test.ts';

const PASSPHRASE = 'a few words that nobody guesses';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

const keyFile = () => readFileSync(join(desk.dataDir, 'secret.key'), 'utf8');

/** Switches the administrator's second factor on; answers how to make its codes. */
async function enrol(page: Page): Promise<TOTP> {
  await openSetup(page, 'Profile');
  await page.getByRole('button', { name: 'Set up…' }).click();
  const form = page.getByRole('form', { name: 'Set up two-step sign-in' });
  const secret = ((await form.getByRole('status').first().textContent()) ?? '').replace(/ /g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await form.getByLabel('Six-digit code').fill(totp.generate());
  await form.getByLabel('Your password', { exact: true }).fill(ADMIN.password);
  await form.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return totp;
}

async function signInWithCode(page: Page, totp: TOTP): Promise<void> {
  await signInAs(page, desk, ADMIN.username, ADMIN.password);
  await page.getByLabel('Six-digit code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('the key moves under a passphrase, which unlocks second factors after a restart; starting over names what goes', async ({
  page,
  browser,
}) => {
  await signIn(page, desk);
  await openSetup(page, 'Secrets');
  await expect(page.getByText('Nothing is sealed yet.')).toBeVisible();
  await expect(page.getByText('it will lie in a key file')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);

  const totp = await enrol(page);
  await openSetup(page, 'Secrets');
  const sealed = page.getByRole('region', { name: 'What is sealed' });
  await expect(sealed.getByText(`Second factor of ${ADMIN.name}`)).toBeVisible();
  await expect(page.getByText(join(desk.dataDir, 'secret.key'))).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move the key: System keychain' })).toBeDisabled();
  expect(JSON.parse(keyFile())).toMatchObject({ kind: 'key' });

  // By keyboard alone.
  await page.getByRole('button', { name: 'Move the key: Passphrase' }).press('Enter');
  await expect(page.getByLabel('New passphrase')).toBeFocused();
  await page.keyboard.type('too short');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Use at least 12 characters; a few words are best.')).toBeVisible();
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByLabel('Once more').fill(`${PASSPHRASE}!`);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('Once more').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Their key lies in a file that needs the passphrase.')).toBeVisible();
  expect(JSON.parse(keyFile())).toMatchObject({ kind: 'passphrase' });

  await desk.stop();
  await desk.serve();
  const other = await anotherPerson(browser);
  await signInWithCode(other, totp);
  await expect(other.getByRole('alert')).toContainText('The desk’s secrets are locked');

  await page.goto(desk.url);
  await openSetup(page, 'Secrets');
  await expect(page.getByRole('alert')).toContainText('Locked: enter the passphrase.');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('Passphrase', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('This is not the passphrase of the desk’s secrets.')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Passphrase', { exact: true }).press('Enter');
  await expect(page.getByText('The secrets can be read.')).toBeVisible();
  await signInWithCode(other, totp);
  await expect(other.getByRole('navigation', { name: 'Desk' })).toBeVisible();

  await desk.stop();
  await desk.serve();
  await page.goto(desk.url);
  await openSetup(page, 'Secrets');
  await page.getByRole('button', { name: 'Start over…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start over with a new key?' });
  await expect(dialog.getByText(`Second factor of ${ADMIN.name}`)).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Forget and start over' }).click();
  await expect(page.getByText('Nothing is sealed yet.')).toBeVisible();
  await openSetup(page, 'Profile');
  await expect(page.getByText('Off: signing in takes the password alone.')).toBeVisible();
});
