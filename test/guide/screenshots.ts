import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../e2e/support/browser.ts';
import { ADMIN, callApi, Desk, openSetup, signIn } from '../e2e/support/desk.ts';
import { PNG } from '../e2e/support/files.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { takeWithMe } from './mirrorScreens.ts';
import { remotePictures } from './remotePictures.ts';

const TARGET = resolve(import.meta.dirname, '../../docs/img');
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Makes every picture of docs/ anew: `npm run screenshots`, after any change that people see. */
async function main(): Promise<void> {
  mkdirSync(TARGET, { recursive: true });
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  try {
    await wizard(page);
    await workspace(page);
    await takeWithMe(page, (name) => shoot(page, name));
    await remotePictures(page, shoot);
  } finally {
    await browser.close();
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(700); // fonts, frames, fades
  await page.screenshot({ path: join(TARGET, `${name}.png`) });
  console.log(`docs/img/${name}.png`);
}

async function wizard(page: Page): Promise<void> {
  const desk = new Desk();
  try {
    await desk.serve();
    await page.goto(desk.url);
    await page.getByText('can be written').waitFor();
    await shoot(page, 'wizard-checks');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the desk').fill('Acme Support');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Your name').fill(ADMIN.name);
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await shoot(page, 'wizard-account');
  } finally {
    await desk.remove();
  }
}

/** A demo desk of which only what every machine has letters for stays in the work queues. */
async function prepare(desk: Desk): Promise<void> {
  await desk.setUp();
  await desk.cli('demo', '--tickets', '900', '--seed', '7', '--force');
  await desk.serve();
  const token = await desk.token();
  for (const status of ['1', '3', '4']) {
    const path = `/api/tickets?status=${status}`;
    const { pages } = (await callApi(desk, token, path)) as { pages: number };
    for (let number = pages; number > 0; number -= 1) {
      const page = (await callApi(desk, token, `${path}&page=${number}`)) as {
        tickets: { id: string; subject: string; user_fullname: string }[];
      };
      for (const ticket of page.tickets) {
        if (LATIN.test(ticket.subject + ticket.user_fullname)) continue;
        await callApi(desk, token, `/api/tickets/update/${ticket.id}`, { status: '5' });
      }
    }
  }
}

async function workspace(page: Page): Promise<void> {
  const desk = new Desk();
  try {
    await prepare(desk);
    await signIn(page, desk);
    const rows = page.getByRole('listbox', { name: 'All open' }).getByRole('option');
    await rows.filter({ hasText: 'Awaiting reply' }).first().click();
    await page.getByRole('article').first().waitFor();
    await write(page);
    await shoot(page, 'queue');
    await page.getByRole('region', { name: 'Reply' }).screenshot({ path: join(TARGET, 'composer.png') });
    await page.getByRole('region', { name: /^Ticket #/ }).screenshot({ path: join(TARGET, 'ticket.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.keyboard.press('Escape');
    await overlays(page);
    await workspaces(page, desk);
    await signingIn(page, desk);
  } finally {
    await desk.remove();
  }
}

/** The desk menu with a second workspace of the same user in it. */
async function workspaces(page: Page, desk: Desk): Promise<void> {
  const other = new Desk({ of: desk });
  try {
    await other.setUp('Northwind Helpdesk');
    await other.cli('workspaces add');
    await page.locator('body').press('g');
    await page.locator('body').press('a');
    await page.getByRole('button', { name: /: desk menu$/ }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: /^Northwind/ }).waitFor();
    await shoot(page, 'workspaces');
    await page.keyboard.press('Escape');
  } finally {
    await other.remove();
  }
}

async function write(page: Page): Promise<void> {
  await page.locator('body').press('r');
  await page.keyboard.type(
    'Hello, thank you for the details. A replacement leaves today; the label is attached.',
  );
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chosen).setFiles({ name: 'return-label.png', mimeType: 'image/png', buffer: PNG });
  await page.getByText(/Draft saved/).waitFor();
}

async function overlays(page: Page): Promise<void> {
  await page.locator('body').press('/');
  await page.getByRole('combobox', { name: 'Search tickets' }).fill('invo');
  await page.getByRole('option').first().waitFor();
  await shoot(page, 'search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (const [keys, name] of [
    ['Control+k', 'palette'],
    ['c', 'new-ticket'],
    ['?', 'shortcuts'],
  ] as const) {
    await page.locator('body').press(keys);
    await page.getByRole('dialog').waitFor();
    await shoot(page, name);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Setup' }).click();
  await shoot(page, 'setup');
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'Customers' }).click();
  await page.getByRole('listbox', { name: 'Customers' }).getByRole('option').first().click();
  await page.getByRole('region', { name: 'Actions' }).waitFor();
  await shoot(page, 'customer');
  await signInSource(page);
}

async function signInSource(page: Page): Promise<void> {
  const school = await fakeForma([], 'seed');
  try {
    await page
      .getByRole('navigation', { name: 'Setup' })
      .getByRole('button', { name: 'Sign-in sources' })
      .click();
    await page.getByRole('button', { name: 'Add a sign-in source' }).click();
    await page.getByRole('combobox', { name: 'System' }).click();
    await page.getByRole('option', { name: 'Forma LMS' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Training portal');
    await page.getByLabel('Address', { exact: true }).fill(school.url);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByRole('list', { name: 'Steps' }).waitFor();
    await page.getByRole('list', { name: 'Steps' }).getByRole('listitem').last().scrollIntoViewIfNeeded();
    await shoot(page, 'sign-in-source');
  } finally {
    await school.close();
  }
}

/** Signing in: one's own side of it, and the administrator's with somebody locked out. */
async function signingIn(page: Page, desk: Desk): Promise<void> {
  const body = JSON.stringify({ username: ADMIN.username, password: 'not it' });
  const headers = { 'content-type': 'application/json', origin: new URL(desk.url).origin };
  for (let time = 0; time < 3; time += 1)
    await fetch(new URL('/trpc/session.signIn', desk.url), { method: 'POST', headers, body });
  for (const section of ['Profile', 'Security']) {
    await openSetup(page, section);
    await shoot(page, section.toLowerCase());
  }
}

await main();
