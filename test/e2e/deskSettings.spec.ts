import { expect, type Page } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

async function openSetup(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: section }).click();
  await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible();
}

/** Ann's first ticket, with a file when one is given. */
async function openTicket(token: string, file?: File): Promise<unknown> {
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  const ticket = { opener: 'user', user_id: '1', department_id: '1', subject: 'Printer jams', body: 'Help' };
  return callApi(desk, token, '/api/tickets/create', {
    ...ticket,
    ...(file ? { 'attachment[]': file } : {}),
  });
}

test('an administrator says which files come in, and the API obeys at once', async ({ page }) => {
  const token = await desk.token();
  const log = () => new File(['a log'], 'printer.txt', { type: 'text/plain' });
  expect(await openTicket(token, log())).toEqual({ error: 1, message: 'File is not allowed.' });
  await signIn(page, desk);
  await openSetup(page, 'Tickets');
  await expect(page.getByLabel('Largest file')).toHaveValue('2.5');
  await expect(page.getByText('Staff may attach files of any type')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);

  const types = page.getByLabel('Types');
  await expect(types).toHaveValue('jpg, png, gif');
  await types.fill('jpg, tar.gz');
  await types.press('Enter');
  await expect(page.getByText('Extensions such as jpg, png, pdf')).toBeVisible();
  await expect(types).toHaveValue('jpg, tar.gz');
  await types.fill('.txt');
  await types.press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(types).toHaveValue('txt');
  expect(await openTicket(token, log())).toMatchObject({ success: 1 });

  await page.getByLabel('Accept files').click();
  await expect(types).toBeDisabled();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const picture = new File(['no picture'], 'x.png');
  expect(await openTicket(token, picture)).toMatchObject({ success: 1 });
});

test('an answer says that its mail waits, Setup says how many do, and undo takes it back', async ({
  page,
}) => {
  await openTicket(await desk.token());
  await signIn(page, desk);
  await page.getByRole('option', { name: /Printer jams/ }).click();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Reply to' }).fill('Open tray two');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Answered Ann/)).toBeVisible();
  const answer = page.getByRole('article', { name: 'Staff: You' });
  const sentence = 'The mail to ann@acme.example is kept: it will be sent once e-mail is set up.';
  await expect(answer.getByText(sentence)).toBeAttached();
  await expect(page.getByRole('article', { name: /^Customer/ }).getByText(/The mail to/)).toHaveCount(0);
  await openSetup(page, 'E-mail');
  await expect(page.getByText('1 mail waits.')).toBeVisible();
  await expect(page.getByText('Not saved yet')).toHaveCount(0);
  const colleagues = page.getByLabel('A customer wrote');
  await expect(colleagues).not.toBeChecked();
  expect(await axeProblems(page)).toEqual([]);
  await colleagues.click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  // With its key: the notice that offers it may be gone by now.
  await page.keyboard.press('z');
  await expect(page.getByText('No mail waits.')).toBeVisible();
});

test('what is typed into settings is still there after going elsewhere, by the list of commands', async ({
  page,
}) => {
  await signIn(page, desk);
  await openSetup(page, 'Security');
  const days = page.getByLabel('Stay signed in for');
  await days.fill('14');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('setup tick');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Tickets' })).toBeVisible();
  await openSetup(page, 'Security');
  await expect(days).toHaveValue('14');
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await days.press('Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await days.fill('15');
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect(days).toHaveValue('14');
  await expect(page.getByText('Not saved yet')).toHaveCount(0);
});
