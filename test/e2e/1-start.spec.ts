import { expect } from '@playwright/test';
import { Desk } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = new Desk();
});
test.afterEach(() => desk.remove());

test('a new desk opens with the wizard, and a second start finds the first', async ({ page }) => {
  await desk.serve();
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Staffdesk' })).toBeVisible();
  await expect(page).toHaveTitle(/Staffdesk/);
  const second = await desk.cli('serve', '--no-open');
  expect(second.code).toBe(0);
  expect(second.stdout).toContain(desk.url);
});

test('the page runs nothing and loads nothing from elsewhere', async ({ page }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url) && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  await desk.setUp();
  await desk.serve();
  const response = await page.goto(desk.url);
  expect(response?.headers()['content-security-policy']).toContain("script-src 'self'");
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(foreign).toEqual([]);
});
