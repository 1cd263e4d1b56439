import { copyFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { Desk } from './support/desk.ts';
import { test } from './support/test.ts';

let desk: Desk;
test.beforeEach(() => {
  desk = new Desk();
});
test.afterEach(() => desk.remove());

test('a desk of an older schema says what will happen, is upgraded, and says what became of it', async ({
  page,
}) => {
  copyFileSync(resolve(import.meta.dirname, '../fixtures/schemas/0001.db'), join(desk.dataDir, 'desk.db'));
  await desk.serve();
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: 'This desk needs an upgrade' })).toBeVisible();
  await expect(page.getByText('Version 1')).toBeVisible();
  const backup = (await page.getByText(join(desk.dataDir, 'backups')).textContent()) ?? '';
  expect(existsSync(backup)).toBe(false);
  await page.getByRole('button', { name: 'Back up and upgrade' }).click();
  await expect(page.getByRole('heading', { name: 'The desk is upgraded' })).toBeVisible();
  expect(existsSync(backup)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
