import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { callApi, Desk, openSetup, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

async function oneTicket(): Promise<string> {
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  const ticket = {
    opener: 'user',
    user_id: '1',
    department_id: '1',
    subject: 'Printer',
    body: '<p>It jams</p>',
  };
  await callApi(desk, token, '/api/tickets/create', ticket);
  return token;
}

async function openTicket(page: Page): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Desk' });
  await rail.getByRole('button', { name: /All open/ }).click();
  await page.getByRole('option', { name: /Printer/ }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
}

test('a picture is chosen, shown beside the name, and taken away', async ({ page }) => {
  await signIn(page, desk);
  await openSetup(page, 'Profile');
  const picture = page.getByRole('region', { name: 'Picture' });
  const file = page.getByLabel('Picture file');
  await file.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(picture.getByText(/This is not a picture/)).toBeVisible();
  await file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PNG });
  const shown = picture.locator('img');
  await expect(shown).toHaveAttribute('src', /^\/files\/avatars\/1\?v=/);
  expect(
    await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(256);
  expect(await axeProblems(page)).toEqual([]);
  await openSetup(page, 'Staff');
  await expect(page.getByRole('list', { name: 'Staff' }).locator('img')).toHaveCount(1);
  await openSetup(page, 'Profile');
  await picture.getByRole('button', { name: 'Remove' }).click();
  await expect(shown).toHaveCount(0);
});

test('the signature stands in the reply before it is sent, and only there', async ({ page }) => {
  const token = await oneTicket();
  await signIn(page, desk);
  await openSetup(page, 'Profile');
  const form = page.getByRole('form', { name: 'Signature' });
  await form.getByRole('textbox', { name: 'Signature' }).click();
  await page.keyboard.type('Ada Lovelace, Acme');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved')).toBeVisible();

  await openTicket(page);
  const text = page.getByRole('textbox', { name: 'Reply to Ann Lee' });
  await expect(text).toContainText('Ada Lovelace, Acme');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await page.locator('body').press('r');
  await page.keyboard.type('Please open tray two.');
  await expect(text).toHaveText(/^Please open tray two\.\s*Ada Lovelace, Acme$/);
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.reload();
  await openTicket(page);
  await expect(text).toHaveText(/^Please open tray two\.\s*Ada Lovelace, Acme$/);
  await page.locator('body').press('n');
  await expect(page.getByRole('textbox', { name: /^Note/ })).not.toContainText('Acme');
  await page.keyboard.press('Escape');
  await page.locator('body').press('r');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Answered Ann/)).toBeVisible();
  // Ready for the next one, and that is no draft.
  await expect(text).toContainText('Ada Lovelace, Acme');
  await expect(text).not.toContainText('tray two');

  const sent = async () => JSON.stringify(await callApi(desk, token, '/api/messages/show/1'));
  expect(await sent()).toContain('Please open tray two.');
  expect(await sent()).toContain('Ada Lovelace, Acme');
  // What a script writes is sent as it is.
  await callApi(desk, token, '/api/messages/create', {
    ticket_id: '1',
    replier: 'staff',
    staff_id: '1',
    message: '<p>By script</p>',
  });
  const all = await sent();
  expect(all).toContain('By script');
  expect(all.split('Ada Lovelace, Acme')).toHaveLength(2);
});

test('times are shown in the person’s own zone', async ({ page }) => {
  await oneTicket();
  await signIn(page, desk);
  await openTicket(page);
  const time = page.getByRole('article').first().locator('time').first();
  const before = await time.getAttribute('title');
  await openSetup(page, 'Profile');
  await page.getByRole('button', { name: /Time zone/ }).click();
  await page.keyboard.type('Kiritimati');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Profile' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('form', { name: 'Profile' }).getByText('Saved')).toBeVisible();
  await openTicket(page);
  await expect(time).not.toHaveAttribute('title', before ?? '');
});
