import { expect } from '@playwright/test';
import { ADMIN, cli, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.serve();
});
test.afterEach(() => desk.remove());

test('the wizard checks, asks, and opens the desk; mistakes are named beside their fields', async ({
  page,
}) => {
  await page.goto(desk.url);
  await expect(page.getByText('can be written')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Name of the desk')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Name of the desk').fill('Acme Support');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Your name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill('nonsense');
  await page.getByLabel('User name').fill(ADMIN.username);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('User name')).toHaveValue(ADMIN.username);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  for (const [index, name] of ['General', 'Advertising', 'Sales'].entries()) {
    await expect(page.getByLabel(`Department ${index + 1}`)).toHaveValue(name);
  }
  await page.getByRole('button', { name: 'Create the desk' }).click();
  await expect(page.getByRole('navigation', { name: 'Desk' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sales/ })).toBeVisible();
});

test('a desk that is set up refuses the wizard everywhere and names the step that unlocks it', async ({
  page,
}) => {
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Staffdesk' })).toBeVisible();
  await desk.setUp();
  // On screen: the wizard that was open already.
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name of the desk').fill('Other');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Your name').fill('Eve');
  await page.getByLabel('E-mail').fill('eve@acme.example');
  await page.getByLabel('User name').fill('eve');
  await page.getByLabel('Password', { exact: true }).fill('password1');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Create the desk' }).click();
  await expect(page.getByText(/already set up/i).first()).toBeVisible();
  await expect(page.getByText(/allow-setup/).first()).toBeVisible();
  // Over HTTP.
  const admin = { username: 'eve', name: 'Eve', email: 'eve@acme.example', password: 'password1' };
  const answer = await fetch(`${desk.url}/trpc/system.install`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: desk.url },
    body: JSON.stringify({ siteName: 'Other', admin }),
  });
  expect(await answer.json()).toMatchObject({ error: { data: { appError: { code: 'already_installed' } } } });
  // In the CLI.
  const args = [
    '--site',
    'Other',
    '--admin-username',
    'eve',
    '--admin-name',
    'Eve',
    '--admin-email',
    'eve@acme.example',
  ];
  const refused = await cli(
    ['setup', '--data', desk.dataDir, ...args, '--admin-password-stdin'],
    'password1',
  );
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/already_installed.*allow-setup/s);
  await signIn(page, desk);
});

test('the demo desk opens with tickets in one press', async ({ page }) => {
  await page.goto(desk.url);
  await page.getByRole('button', { name: 'Try the demo desk' }).click();
  await page.getByRole('button', { name: /open/i }).click();
  await expect(
    page
      .getByRole('listbox', { name: /All open|Mine/ })
      .getByRole('option')
      .first(),
  ).toBeVisible();
});
