import { expect } from '@playwright/test';
import { axeProblems as problems } from './support/axe.ts';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = new Desk();
});
test.afterEach(() => desk.remove());

test('the wizard and signing in are clean', async ({ page }) => {
  await desk.serve();
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Staffdesk' })).toBeVisible();
  expect(await problems(page)).toEqual([]);
  await desk.setUp();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await problems(page)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the desk is clean in the ${colorScheme} theme`, async ({ page }) => {
    test.setTimeout(240_000); // seven passes of axe
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await desk.setUp();
    await desk.serve();
    const token = await desk.token();
    await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
    for (const status of ['1', '2', '3', '4']) {
      await callApi(desk, token, '/api/tickets/create', {
        opener: 'user',
        user_id: '1',
        department_id: '1',
        subject: `Ticket ${status}`,
        body: '<p>Help</p>',
      });
      await callApi(desk, token, `/api/tickets/update/${status}`, { status });
    }
    await signIn(page, desk);
    await expect(page.getByRole('option').first()).toBeVisible();
    expect(await problems(page)).toEqual([]);
    await page.getByRole('option', { name: /Ticket 3/ }).click();
    await expect(page.getByRole('article').first()).toBeVisible();
    // Under the pointer the list keeps still: what is closed stays where it was, as one that has left.
    await callApi(desk, token, '/api/tickets/update/1', { status: '5' });
    await expect(page.getByRole('option', { name: /No longer in this list.*Ticket 1/ })).toBeVisible();
    expect(await problems(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Note' }).click();
    expect(await problems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    for (const keys of ['c', 'Control+k', '?']) {
      await page.locator('body').press(keys);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await problems(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'Setup' }).click();
    await expect(
      page
        .getByRole('heading', { level: 1 })
        .or(page.getByRole('heading', { level: 2 }))
        .first(),
    ).toBeVisible();
    expect(await problems(page)).toEqual([]);
  });
}
