import { expect } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { anotherPerson, callApi, Desk, openSetup, signIn, signInAs } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

/** One ticket in each of the first two departments (General and Advertising). */
async function twoTickets(): Promise<void> {
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  for (const [department_id, subject] of [
    ['1', 'Printer jams'],
    ['2', 'Banner is wrong'],
  ] as const) {
    const ticket = { opener: 'user', user_id: '1', department_id, subject, body: '<p>Help</p>' };
    await callApi(desk, token, '/api/tickets/create', ticket);
  }
}

test('an administrator adds an agent, who sees one department and is out when switched off', async ({
  page,
  browser,
}) => {
  await twoTickets();
  await signIn(page, desk);
  await openSetup(page, 'Staff');

  // By keyboard alone.
  await page.getByRole('button', { name: 'Add a staff member' }).press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('Zoë Quinn');
  await page.keyboard.press('Tab');
  await page.keyboard.type('zoe@acme');
  await page.keyboard.press('Tab');
  await page.keyboard.type('zoe quinn');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Letters, digits, - and _ only, up to 50.')).toBeVisible();
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
  await expect(page.getByLabel('User name')).toHaveValue('zoe quinn');
  await page.getByLabel('E-mail').fill('zoe@acme.example');
  await page.getByLabel('User name').fill('zoe');
  await page.getByLabel('Advertising').press('Space');
  await page.getByLabel('User name').press('Enter');
  const once = page.getByRole('region', { name: 'Zoë Quinn can sign in as zoe' });
  const password = (await once.getByRole('status').first().textContent()) ?? '';
  expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
  await once.getByRole('button', { name: 'Done' }).click();
  await expect(
    page.getByRole('button', { name: /Zoë Quinn zoe.*Advertising, never signed in/ }),
  ).toBeVisible();

  const hers = await anotherPerson(browser);
  await signInAs(hers, desk, 'zoe', password);
  await expect(hers.getByRole('option', { name: /Banner is wrong/ })).toBeVisible();
  await expect(hers.getByRole('option')).toHaveCount(1);
  const rail = hers.getByRole('navigation', { name: 'Desk' });
  await expect(rail.getByRole('button', { name: /Advertising/ })).toBeVisible();
  await expect(rail.getByRole('button', { name: /General/ })).toHaveCount(0);

  // Her departments change under her, and then her account is switched off.
  await page.getByRole('button', { name: /Zoë Quinn/ }).click();
  await page.getByLabel('General').click();
  await page.getByLabel('Advertising').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await expect(hers.getByRole('option', { name: /Printer jams/ })).toBeVisible();
  await expect(hers.getByRole('option')).toHaveCount(1);
  await page.getByRole('region', { name: 'Access' }).getByRole('button', { name: 'Switch off' }).click();
  await expect(hers.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('departments are added, ordered and deleted with their tickets moved', async ({ page }) => {
  await twoTickets();
  await signIn(page, desk);
  await openSetup(page, 'Departments');
  await page.getByRole('button', { name: 'Add a department' }).press('Enter');
  await page.keyboard.type('Billing');
  await page.keyboard.press('Enter');
  const lines = page.getByRole('list', { name: 'Departments' }).getByRole('listitem');
  await expect(lines).toHaveText(['General', 'Advertising', 'Sales', 'Billing']);
  const up = page.getByRole('button', { name: 'Move Billing up' });
  await up.press('Enter');
  await expect(lines).toHaveText(['General', 'Advertising', 'Billing', 'Sales']);
  await expect(up).toBeFocused();
  await expect(page.getByText('Billing is 3 of 4')).toBeAttached();
  await page.getByRole('button', { name: 'Change Billing' }).click();
  await page.getByLabel('Private').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(lines.nth(2)).toHaveText('BillingPrivate');
  await expect(page.getByRole('button', { name: 'Change Billing' })).toBeFocused();

  await page.getByRole('button', { name: 'Delete Advertising' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Advertising?' });
  await expect(dialog.getByText('It has one ticket.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete department' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(lines).toHaveText(['General', 'BillingPrivate', 'Sales']);
  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: /General/ })
    .click();
  await expect(page.getByRole('option')).toHaveCount(2);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the screens are clean in the ${colorScheme} theme`, async ({ page }) => {
    test.setTimeout(180_000); // seven passes of axe
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await signIn(page, desk);
    await openSetup(page, 'Staff');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a staff member' }).click();
    await page.getByRole('button', { name: 'Add staff member' }).click();
    await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('Zoë');
    await page.getByLabel('E-mail').fill('zoe@acme.example');
    await page.getByLabel('User name').fill('zoe');
    await page.getByRole('button', { name: 'Add staff member' }).click();
    await expect(page.getByRole('region', { name: /Zoë can sign in/ })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /Zoë zoe/ }).click();
    await expect(page.getByRole('region', { name: 'Access' })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'All staff' }).click();
    await expect(page.getByRole('button', { name: /Zoë zoe/ })).toBeFocused();
    await page.getByRole('button', { name: 'Sign-in log' }).click();
    await expect(page.getByRole('table')).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
    await openSetup(page, 'Departments');
    await page.getByRole('button', { name: 'Change Sales' }).click();
    expect(await axeProblems(page)).toEqual([]);
    await openSetup(page, 'Profile');
    await expect(page.getByRole('list', { name: 'Sessions' })).toBeVisible();
    expect(await axeProblems(page)).toEqual([]);
  });
}
