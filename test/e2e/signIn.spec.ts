import { type Browser, expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { axeProblems } from './support/axe.ts';
import { ADMIN, anotherPerson, Desk, openSetup, signIn, signInAs } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

/** The admin at `page` adds Zoë, who signs in as zoe with the answered password. */
async function addZoe(page: Page): Promise<string> {
  await openSetup(page, 'Staff');
  await page.getByRole('button', { name: 'Add a staff member' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Zoë Quinn');
  await page.getByLabel('E-mail').fill('zoe@acme.example');
  await page.getByLabel('User name').fill('zoe');
  await page.getByRole('button', { name: 'Add staff member' }).click();
  const once = page.getByRole('region', { name: 'Zoë Quinn can sign in as zoe' });
  const password = (await once.getByRole('status').first().textContent()) ?? '';
  await once.getByRole('button', { name: 'Done' }).click();
  return password;
}

const deskOf = (page: Page) => page.getByRole('navigation', { name: 'Desk' });

/** Signs the admin in elsewhere as far as the second factor. */
async function asFarAsTheCode(browser: Browser): Promise<Page> {
  const other = await anotherPerson(browser);
  await signInAs(other, desk, ADMIN.username, ADMIN.password);
  await expect(other.getByLabel('Six-digit code')).toBeFocused();
  return other;
}

test('two-step sign-in is set up in the profile; codes of the phone and recovery codes sign in', async ({
  page,
  browser,
}) => {
  await signIn(page, desk);
  await page.locator('body').press('g');
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Set up…' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const form = page.getByRole('form', { name: 'Set up two-step sign-in' });
  const secret = ((await form.getByRole('status').first().textContent()) ?? '').replace(/ /g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await form.getByLabel('Six-digit code').fill(totp.generate());
  await form.getByLabel('Your password', { exact: true }).fill(ADMIN.password);
  expect(await axeProblems(page)).toEqual([]);
  await form.getByRole('button', { name: 'Switch on' }).click();

  const sheet = page.getByRole('region', { name: 'Recovery codes' });
  await expect(sheet).toBeFocused();
  const codes = await sheet.getByRole('listitem').allTextContents();
  expect(codes).toHaveLength(10);
  expect(await axeProblems(page)).toEqual([]);
  const saved = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Download' }).click();
  expect((await saved).suggestedFilename()).toBe('staffdesk-recovery-codes.txt');
  await page.emulateMedia({ media: 'print' });
  await expect(sheet.getByText(codes[9] ?? 'no code')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Setup' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await sheet.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('On: signing in takes a code from your phone.')).toBeVisible();
  await expect(page.getByText('Recovery codes left: 10 of 10.')).toBeVisible();

  const phone = await asFarAsTheCode(browser);
  // The code of the next half minute: this one's is used up, and the desk allows one step either side.
  await phone.getByLabel('Six-digit code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await expect(deskOf(phone)).toBeVisible();

  const without = await asFarAsTheCode(browser);
  await without.getByRole('button', { name: 'Use a recovery code' }).click();
  await without.getByLabel('Recovery code').fill((codes[0] ?? '').toUpperCase());
  expect(await axeProblems(without)).toEqual([]);
  await without.keyboard.press('Enter');
  await expect(deskOf(without)).toBeVisible();
  await expect(without.getByText('Recovery code used; 9 left.')).toBeVisible();

  const again = await asFarAsTheCode(browser);
  await again.getByRole('button', { name: 'Use a recovery code' }).click();
  await again.getByLabel('Recovery code').fill(codes[0] ?? '');
  await again.keyboard.press('Enter');
  await expect(again.getByText('The code is wrong, too old or was used already.')).toBeVisible();

  // New codes take the place of the old ones; the password is asked for.
  await page.getByRole('button', { name: 'New codes…' }).click();
  await page
    .getByRole('form', { name: 'Make new recovery codes' })
    .getByLabel('Your password', { exact: true })
    .fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await expect(sheet).toBeVisible();
  const renewed = await sheet.getByRole('listitem').allTextContents();
  expect(renewed.some((code) => codes.includes(code))).toBe(false);
});

test('who is locked out is listed, and released', async ({ page, browser }) => {
  await signIn(page, desk);
  const password = await addZoe(page);
  const hers = await anotherPerson(browser);
  for (let time = 0; time < 3; time += 1) {
    await signInAs(hers, desk, 'zoe', 'not it');
    await expect(hers.getByText('The user name or the password is wrong.')).toBeVisible();
  }
  await signInAs(hers, desk, 'zoe', password);
  await expect(hers.getByText('Too many wrong attempts. Wait a few minutes and try again.')).toBeVisible();

  await openSetup(page, 'Security');
  const locked = page.getByRole('list', { name: 'Locked out' }).getByRole('listitem');
  await expect(locked).toHaveText(/Zoë Quinn \(zoe\)on this machine, 3 wrong attempts, until/);
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Release Zoë Quinn (zoe) on this machine' }).press('Enter');
  await expect(page.getByText('Nobody is locked out.')).toBeVisible();
  await hers.getByRole('button', { name: 'Sign in' }).click();
  await expect(deskOf(hers)).toBeVisible();

  await page.getByLabel('Wrong attempts').fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('A whole number from 1 to 100.')).toBeVisible();
  await page.getByLabel('Wrong attempts').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
});

test('a reset link that went to the wrong person is taken back', async ({ page, browser }) => {
  await signIn(page, desk);
  await addZoe(page);
  await page.getByRole('button', { name: /Zoë Quinn zoe/ }).click();
  const takeBack = page.getByRole('button', { name: 'Take the link back' });
  await expect(takeBack).toHaveCount(0);
  await page.getByRole('button', { name: 'Make a reset link' }).click();
  const shown = page.getByRole('region', { name: 'Zoë Quinn sets a new password with this' });
  const link = (await shown.getByRole('status').first().textContent()) ?? '';
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(/A link is out until/)).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await takeBack.press('Enter');
  await expect(takeBack).toHaveCount(0);
  await expect(page.getByText(/A link is out until/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make a reset link' })).toBeFocused();
  const wrong = await anotherPerson(browser);
  await wrong.goto(link);
  await expect(wrong.getByText(/This link/)).toBeVisible();
});

test('a reset link sets a new password once', async ({ page, browser }) => {
  await signIn(page, desk);
  const password = await addZoe(page);
  const hers = await anotherPerson(browser);
  await signInAs(hers, desk, 'zoe', password);
  await expect(deskOf(hers)).toBeVisible();

  await page.getByRole('button', { name: /Zoë Quinn zoe/ }).click();
  await page.getByRole('button', { name: 'Make a reset link' }).click();
  const shown = page.getByRole('region', { name: 'Zoë Quinn sets a new password with this' });
  const link = (await shown.getByRole('status').first().textContent()) ?? '';
  expect(link.startsWith(`${desk.url.replace(/\/$/, '')}/#/reset/`)).toBe(true);
  expect(await axeProblems(page)).toEqual([]);

  const mailbox = await anotherPerson(browser);
  const asked: string[] = [];
  mailbox.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`));
  await mailbox.goto(link);
  await expect(mailbox.getByText('For Zoë Quinn, who signs in as zoe.')).toBeVisible();
  expect(mailbox.url()).not.toContain('reset');
  const secret = link.split('/').at(-1) ?? 'none';
  expect(asked.filter((line) => line.slice(link.length - secret.length).includes(secret))).toEqual([]);
  await mailbox.getByLabel('New password', { exact: true }).fill('short');
  await mailbox.keyboard.press('Enter');
  await expect(mailbox.getByText('Too short. Take 8 characters or more.')).toBeVisible();
  expect(await axeProblems(mailbox)).toEqual([]);
  await mailbox.getByLabel('New password', { exact: true }).fill('battery staple');
  await mailbox.getByLabel('New password again').fill('battery staple');
  await mailbox.keyboard.press('Enter');
  await expect(mailbox.getByText('zoe is signed out everywhere.')).toBeVisible();
  await expect(hers.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await mailbox.getByRole('button', { name: 'Sign in' }).click();
  await mailbox.getByLabel('User name').fill('zoe');
  await mailbox.getByLabel('Password', { exact: true }).fill('battery staple');
  await mailbox.getByRole('button', { name: 'Sign in' }).click();
  await expect(deskOf(mailbox)).toBeVisible();

  // Used up: pasted on the sign-in screen it says so, and what to do.
  await hers.getByRole('button', { name: 'Forgot your password?' }).click();
  await hers.getByLabel('Link or code').fill(link);
  await hers.keyboard.press('Enter');
  await expect(hers.getByText(/can’t be used any more/)).toBeVisible();
  expect(await axeProblems(hers)).toEqual([]);
  await hers.getByRole('button', { name: 'Back to sign in' }).click();
  await expect(hers.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
