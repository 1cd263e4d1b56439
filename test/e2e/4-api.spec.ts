import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { Desk, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

const run = promisify(execFile);
let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

test('a ticket made with the published curl lines appears at once, with its attachment', async ({ page }) => {
  const token = await desk.token();
  expect(token).toMatch(/^[A-Za-z0-9]{60}$/);
  const file = join(desk.dataDir, 'photo of tray.png');
  writeFileSync(file, PNG);
  await signIn(page, desk);
  await expect(
    page
      .getByRole('listbox', { name: 'All open' })
      .or(page.getByRole('region', { name: 'Tickets' }))
      .first(),
  ).toBeVisible();
  const curl = async (path: string, ...fields: string[]): Promise<unknown> => {
    const form = fields.flatMap((field) => ['-F', field]);
    const { stdout } = await run('curl', [
      '-sS',
      '-X',
      'POST',
      '-H',
      `Token: ${token}`,
      desk.url + path,
      ...form,
    ]);
    return JSON.parse(stdout);
  };
  // The lines of the documentation, trailing slashes, quotes and all.
  expect(await curl('/api/users/', 'fullname="John Doe"', 'email="john@acme.example"', 'notify="0"')).toEqual(
    {
      success: 1,
      user_id: 1,
      message: 'User account was created.',
    },
  );
  const fields = [
    'opener="user"',
    'user_id="1"',
    'staff_id="1"',
    'department_id="1"',
    'subject="Hello world"',
    'body="This is a test message."',
  ];
  expect(
    await curl('/api/tickets/create/', ...fields, `attachment[]=@"${file}"`, 'notify="0"'),
  ).toMatchObject({ success: 1, ticket_id: 1 });
  // Without a reload.
  const row = page.getByRole('option', { name: /Hello world/ });
  await expect(row).toBeVisible();
  await expect(row).toHaveAccessibleName(/John Doe.*1 attachment/);
});
