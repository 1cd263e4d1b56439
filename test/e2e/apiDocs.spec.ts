import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { axeProblems } from './support/axe.ts';
import { Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

const run = promisify(execFile);
let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

test('an admin goes from Setup to the page of all calls, copies a line, and it works', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read']);
  await signIn(page, desk);
  await page.getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'API' }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'All calls, with lines to copy' }).click();
  const docs = await opened;
  const complaints: string[] = [];
  docs.on('console', (message) => complaints.push(message.text()));
  await docs.reload();
  await docs
    .getByRole('navigation', { name: 'Calls' })
    .getByRole('link', { name: 'List all departments' })
    .click();
  const article = docs.getByRole('article').filter({ hasText: 'List all departments' });
  await expect(article).toBeInViewport();
  await article.getByRole('button', { name: 'Copy' }).click();
  await expect(article.getByRole('button', { name: 'Copied' })).toBeVisible();
  const line = await docs.evaluate(() => navigator.clipboard.readText());
  expect(line).toBe(`curl -H "Token: $TOKEN" '${desk.url}/api/departments'`);
  const env = { ...process.env, TOKEN: await desk.token(), no_proxy: '*' };
  const { stdout } = await run('sh', ['-c', line], { env });
  expect(JSON.parse(stdout)).toMatchObject({ success: 1 });
  expect(complaints).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page of all calls is clean in the ${colorScheme} theme, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${desk.url}/api/docs`);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page
        .getByText(/refusals$/)
        .first()
        .click();
      expect(await axeProblems(page)).toEqual([]);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await page.evaluate(overflow)).toBe(0);
    }
  });
}
