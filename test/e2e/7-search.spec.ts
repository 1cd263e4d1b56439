import { expect } from '@playwright/test';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

test('everything is found as one types: subjects, people, numbers, words of the conversation in any order', async ({
  page,
}) => {
  const token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Zoë Čapek', email: 'zoe@acme.example' });
  const ticket = { opener: 'user', user_id: '1', department_id: '1' };
  await callApi(desk, token, '/api/tickets/create', {
    ...ticket,
    subject: 'Printer on floor 3',
    body: 'The fuser overheats quickly',
  });
  await callApi(desk, token, '/api/tickets/create', {
    ...ticket,
    subject: 'プリンターの紙詰まり',
    body: 'Nothing else',
  });
  await signIn(page, desk);
  const found = async (text: string, hit: RegExp) => {
    await page.locator('body').press('/');
    const field = page.getByRole('combobox', { name: 'Search tickets' });
    await expect(field).toBeFocused();
    await field.fill(text);
    await expect(page.getByRole('option', { name: hit }).first()).toBeVisible();
    await field.press('Enter');
    await expect(page.getByRole('listbox').getByRole('option', { name: hit }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page
      .getByRole('navigation', { name: 'Desk' })
      .getByRole('button', { name: /^Closed/ })
      .click();
  };
  await found('prin', /Printer on floor 3/);
  await found('capek', /Printer on floor 3/);
  await found('#2', /紙詰まり/);
  await page.locator('body').press('/');
  const field = page.getByRole('combobox', { name: 'Search tickets' });
  for (const [text, hit] of [
    ['overheats fuser', /Printer on floor 3/],
    ['紙詰', /紙詰まり/],
  ] as const) {
    await field.fill(text);
    await field.press('Enter');
    await expect(page.getByRole('listbox').getByRole('option', { name: hit }).first()).toBeVisible();
  }
  await field.fill('" OR * ( NEAR');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
