import { join } from 'node:path';
import { expect } from '@playwright/test';
import Database from 'better-sqlite3';
import { THREADS_COMPARED } from '../../electron/core/sync/pull/converge.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { addOpened, REMOTE_PASSWORD, REMOTE_TOKEN } from '../support/remoteDesk.ts';
import { axeProblems } from './support/axe.ts';
import { openSetup, signInAs } from './support/desk.ts';
import { Mirror, row, statusBar } from './support/remote.ts';
import { test } from './support/test.ts';

let mirror: Mirror;
test.beforeEach(async () => {
  mirror = new Mirror();
  await mirror.goOnline();
});
test.afterEach(() => mirror.remove());

/** So many closed tickets beside the three there are. */
function fillClosed(count: number): void {
  for (let number = 1; number <= count; number++) {
    addOpened(mirror.server.state, {
      ...{ subject: `Old ${number}`, message: `Long ago, no. ${number}`, status: 5 },
      date: 1_600_000_000 + number * 60,
    });
  }
}

test('a first sync can be worked in, paused, killed and cut off, and goes on each time where it was', async ({
  page,
}) => {
  fillClosed(150);
  // A handful is read before the pause, and never the one that is opened then.
  mirror.threadMs = 3000;
  await mirror.connect();
  await mirror.desk.serve();
  await mirror.signIn(page);
  const bar = statusBar(page);
  await expect(bar).toContainText(/First sync: \d+ of 153 (tickets|conversations)/);

  // What people work on is there first; what is not there yet is fetched when it is opened.
  await row(page, 'Printer 1').click();
  await expect(page.getByText('It is on fire, no. 1').first()).toBeVisible();
  await bar.getByRole('button', { name: 'Pause syncing' }).click();
  await expect(bar).toContainText('Paused');
  await expect(bar.getByRole('button', { name: 'Resume syncing' })).toBeEnabled();
  const paused = new Set(mirror.threads());
  expect(paused.size).toBeLessThan(153);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('listbox', { name: 'Closed' }).getByRole('option').last().click();
  await expect(page.getByRole('status').filter({ hasText: 'Not fetched yet' })).toContainText(
    '1 message on the server',
  );
  await expect(page.getByText('This conversation is not here yet.')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  expect(new Set(mirror.threads())).toEqual(paused);

  // Killed while it is paused: it stays paused, and goes on when somebody wants it.
  await mirror.desk.stop('SIGKILL');
  await mirror.desk.serve();
  await page.reload();
  await expect(bar).toContainText('Paused');
  await openSetup(page, 'Server');
  await expect(page.getByRole('progressbar', { name: 'Conversations' })).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  mirror.threadMs = 250;
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(bar).toContainText(/First sync: \d+ of 153 conversations/);

  // Killed, and cut off, in the middle of it.
  await mirror.desk.stop('SIGKILL');
  await mirror.desk.serve();
  await page.reload();
  await expect(bar).toContainText(/First sync: \d+ of 153 conversations/);
  await mirror.goOffline();
  await expect(bar).toContainText('Offline');
  expect(await axeProblems(page)).toEqual([]);
  expect(new Set(mirror.threads()).size).toBeLessThan(153);
  mirror.threadMs = 0;
  await mirror.goOnline();
  await page.keyboard.press('Shift+S');
  await expect(bar).toContainText('Synced just now');
  const threads = mirror.threads();
  expect(new Set(threads).size).toBe(153);
  // Nothing but what was on its way just then, the one that was opened, and the comparison at the end.
  expect(threads.length - 153).toBeLessThanOrEqual(4 * 8 + 1 + THREADS_COMPARED);
});

test('a first sync can leave old conversations on the server; they come when they are opened', async ({
  page,
}) => {
  fillClosed(40);
  mirror.threadMs = 400;
  await mirror.connect();
  await mirror.desk.serve();
  await mirror.signIn(page);
  await openSetup(page, 'Server');
  await page.getByRole('button', { name: 'Leave old conversations on the server' }).click();
  await expect(page.getByRole('button', { name: 'Fetch them all' })).toBeVisible({ timeout: 15_000 });
  expect(await axeProblems(page)).toEqual([]);
  expect(new Set(mirror.threads()).size).toBeLessThan(43);
  mirror.threadMs = 0;
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('option').last().click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await openSetup(page, 'Server');
  await page.getByRole('button', { name: 'Fetch them all' }).click();
  await expect.poll(() => new Set(mirror.threads()).size).toBe(43);
});

test('what happened while away is told once the server is back, survives a reload, and goes when it was read', async ({
  page,
}) => {
  await mirror.connect();
  const synced = await mirror.desk.cli('sync', '--once');
  expect(JSON.parse(synced.stdout)).toMatchObject({
    ...{ pushed: 0, conflicts: 0, uncertain: 0, ended: null },
    requests: expect.any(Number) as unknown,
    pulled: expect.any(Number) as unknown,
    duration: expect.any(Number) as unknown,
  });
  // The desk was closed two hours ago.
  const db = new Database(join(mirror.desk.dataDir, 'desk.db'));
  db.prepare('UPDATE remote_desk SET last_sync_at = last_sync_at - 7200000').run();
  db.close();
  await mirror.goOffline();
  expect(await mirror.desk.cli('sync', '--once')).toMatchObject({ code: 1 });
  await mirror.desk.serve();
  await mirror.signIn(page);
  await expect(statusBar(page)).toContainText('Offline');
  await openSetup(page, 'Server');
  await expect(page.getByText('2 h ago')).toBeVisible();

  const { state } = mirror.server;
  for (const number of [1, 2])
    addOpened(state, { subject: `Brand new ${number}`, message: 'Hello', status: 1 });
  const [first, third] = [state.tickets.get(1), state.tickets.get(3)];
  if (!first || !third) throw new Error('no ticket');
  const now = Math.floor(Date.now() / 1000);
  for (const _ of appendReply(state, first, { now, isStaff: false, staffId: 0, message: 'Still on fire' }))
    void _;
  third.status = 5;
  await mirror.goOnline();
  await page.keyboard.press('Shift+S');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  const notice = page.getByRole('region', { name: 'While you were away' });
  await expect(notice).toContainText('While you were away (2 h)');
  await expect(notice.getByRole('button')).toHaveText([
    '',
    '2 new tickets',
    '1 reply in one ticket',
    '1 closed by others',
  ]);
  await notice.getByRole('button', { name: '1 reply in one ticket' }).press('Enter');
  await notice.getByRole('button', { name: /Printer 1/ }).press('Enter');
  await expect(page.getByText('Still on fire').first()).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);
  await page.reload();
  await expect(notice).toContainText('2 new tickets');
  await notice.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(notice).toBeHidden();
  await page.reload();
  await expect(row(page, 'Brand new 1')).toBeVisible();
  await expect(notice).toBeHidden();
});

test('a desk is disconnected and connected again, and asks the server about a changed password', async ({
  page,
}) => {
  await mirror.connect();
  await mirror.desk.serve();
  await mirror.signIn(page);
  await expect(statusBar(page)).toContainText('Synced just now');
  await openSetup(page, 'Server');
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await expect(page.getByRole('dialog')).toContainText('Nothing waits to be sent.');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(statusBar(page)).toContainText('Disconnected');
  expect(await axeProblems(page)).toEqual([]);

  // Meanwhile the password was changed on the server.
  const changed = 'Ada-password-2';
  for (const member of mirror.server.state.staff.values()) {
    if (member.username === 'ada') member.password = changed;
  }
  await page.getByLabel('API token').fill(REMOTE_TOKEN);
  await page.getByLabel('Your password there').fill(REMOTE_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The server says:')).toBeVisible();
  await page.getByLabel('Your password there').fill(changed);
  await page.keyboard.press('Enter');
  await expect(statusBar(page)).toContainText('Synced just now');

  for (const member of mirror.server.state.staff.values()) {
    if (member.username === 'ada') member.password = 'Ada-password-3';
  }
  await page.context().clearCookies();
  await signInAs(page, mirror.desk, 'ada', 'Ada-password-3');
  await page.getByRole('button', { name: 'Ask the server' }).click();
  await expect(page.getByRole('navigation', { name: 'Desk' })).toBeVisible();
});
