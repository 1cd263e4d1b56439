import { type Browser, expect, type Page } from '@playwright/test';
import type { FakeAccount, FakeSource } from '../fakes/signInSources/fakeServer.ts';
import { fakeFaveo } from '../fakes/signInSources/faveo.ts';
import { fakeForma } from '../fakes/signInSources/forma.ts';
import { fakeHelpdeskz } from '../fakes/signInSources/helpdeskz.ts';
import { fakeOcteth, OCTETH_CAPTCHA } from '../fakes/signInSources/octeth.ts';
import { axeProblems } from './support/axe.ts';
import { ADMIN, anotherPerson, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

const PASSWORD = 'remote horse';
/** The same person as the administrator of this desk. */
const ADA = { username: 'ada', password: PASSWORD, name: 'Ada L', email: ADMIN.email };
const ZOE = {
  username: 'zoe',
  password: PASSWORD,
  name: 'Zoë Quinn',
  email: 'zoe@acme.example',
  code: '123456',
};
const ACCOUNTS: readonly FakeAccount[] = [ADA, ZOE];

let desk: Desk;
let fakes: FakeSource[];
test.beforeEach(async ({ page }) => {
  fakes = [];
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, desk);
  await page.getByRole('button', { name: 'Setup' }).click();
  await page
    .getByRole('navigation', { name: 'Setup' })
    .getByRole('button', { name: 'Sign-in sources' })
    .click();
});
test.afterEach(async () => {
  await desk.remove();
  for (const fake of fakes) await fake.close();
});

async function started(fake: Promise<FakeSource>): Promise<FakeSource> {
  fakes.push(await fake);
  return fake;
}

type Fields = { kind: string; name: string; url: string; key?: string; byUsername?: boolean };

async function fillIn(page: Page, { kind, name, url, key, byUsername = false }: Fields): Promise<void> {
  await page.getByRole('button', { name: 'Add a sign-in source' }).click();
  await page.getByRole('combobox', { name: 'System' }).click();
  await page.getByRole('option', { name: kind }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Address', { exact: true }).fill(url);
  if (key !== undefined) await page.getByLabel('API token').fill(key);
  if (!byUsername) return;
  await page.getByRole('combobox', { name: 'Matched by' }).click();
  await page.getByRole('option', { name: 'User name' }).click();
}

const lastStep = (page: Page) => page.getByRole('list', { name: 'Steps' }).getByRole('listitem').last();

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add source' }).click();
  await expect(page.getByRole('button', { name: 'Add a sign-in source' })).toBeVisible();
}

/** Someone at another machine who chooses a source. */
async function visitor(browser: Browser, source: string): Promise<Page> {
  const page = await anotherPerson(browser, { reducedMotion: 'reduce' });
  await page.goto(desk.url);
  await page.getByRole('button', { name: `Sign in with ${source}` }).click();
  return page;
}

async function enter(page: Page, username = 'ada', password = PASSWORD): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('an administrator adds each kind, tests it, and somebody signs in through it', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const kinds: Fields[] = [
    {
      kind: 'HelpDeskZ',
      name: 'Old desk',
      url: (await started(fakeHelpdeskz(ACCOUNTS))).url,
      key: 'hdz-token',
    },
    { kind: 'Faveo', name: 'Faveo desk', url: (await started(fakeFaveo(ACCOUNTS, 'v3'))).url },
    { kind: 'Forma LMS', name: 'School', url: (await started(fakeForma(ACCOUNTS, 'xml'))).url },
    {
      kind: 'Octeth',
      name: 'Mailer',
      url: (await started(fakeOcteth(ACCOUNTS, 'dev'))).url,
      byUsername: true,
    },
  ];
  for (const fields of kinds) {
    await fillIn(page, fields);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(lastStep(page)).toContainText(`It speaks the language of ${fields.kind}`);
    await page.getByLabel('User name there').fill('ada');
    await page.getByLabel('Password there').fill(PASSWORD);
    await page.getByLabel('Password there').press('Enter');
    await expect(lastStep(page)).toContainText(`here ${ADMIN.name} (ada)`);
    expect(await axeProblems(page)).toEqual([]);
    await save(page);
  }
  const lines = page.getByRole('list', { name: 'Sign-in sources' }).getByRole('listitem');
  await expect(lines).toContainText(['Old desk', 'Faveo desk', 'School', 'Mailer']);
  await page.getByRole('button', { name: 'Move Mailer up' }).click();
  await expect(lines).toContainText(['Old desk', 'Faveo desk', 'Mailer', 'School']);
  expect(await axeProblems(page)).toEqual([]);

  for (const { name } of kinds) {
    const other = await visitor(browser, name);
    await enter(other);
    await expect(other.getByRole('navigation').first()).toBeVisible();
    await other.context().close();
  }
  await page.getByRole('navigation', { name: 'Setup' }).getByRole('button', { name: 'Profile' }).click();
  const sessions = page.getByRole('list', { name: 'Sessions' });
  for (const { name } of kinds) await expect(sessions).toContainText(`by ${name}`);
});

test('the second factor and the captcha of the other system are asked for', async ({ page, browser }) => {
  const { url } = await started(fakeOcteth([{ ...ADA, code: '123456' }], 'dev', { captcha: true }));
  await fillIn(page, { kind: 'Octeth', name: 'Mailer', url, byUsername: true });
  await save(page);
  const other = await visitor(browser, 'Mailer');
  await enter(other);
  await expect(other.getByRole('alert')).toContainText('«Mailer» asks for a captcha.');
  await other.getByLabel(OCTETH_CAPTCHA.text).fill(OCTETH_CAPTCHA.answer);
  expect(await axeProblems(other)).toEqual([]);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  // Each try has a captcha of its own.
  await expect(other.getByLabel('Second factor of Mailer')).toBeFocused();
  await other.getByLabel('Second factor of Mailer').fill('000000');
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.getByLabel(OCTETH_CAPTCHA.text).fill(OCTETH_CAPTCHA.answer);
  await other.getByLabel('Second factor of Mailer').fill('123456');
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(other.getByRole('navigation').first()).toBeVisible();
});

test('a surprise is no wrong password, and accounts of this desk still sign in', async ({
  page,
  browser,
}) => {
  const fake = await started(fakeForma(ACCOUNTS, 'seed'));
  await fillIn(page, { kind: 'Forma LMS', name: 'School', url: fake.url });
  await save(page);
  const other = await visitor(browser, 'School');
  await enter(other, 'ada', 'wrong');
  await expect(other.getByRole('alert')).toContainText('«School» refused the user name or the password.');
  await expect(other.getByRole('alert')).toContainText('It says: “Error: invalid user.”');
  fake.answer(() => ({ body: '<h1>Moved</h1><img src=x onerror="document.title=1">' }));
  await enter(other);
  await expect(other.getByRole('alert')).toContainText(
    'answered in a way that Staffdesk does not understand',
  );
  await expect(other.getByRole('alert')).toContainText('HTTP 200: Moved');
  expect(await axeProblems(other)).toEqual([]);
  await fake.close();
  fakes = [];
  await enter(other);
  await expect(other.getByRole('alert')).toContainText('can’t be reached');
  await other.getByRole('button', { name: 'Other ways to sign in' }).click();
  await enter(other, ADMIN.username, ADMIN.password);
  await expect(other.getByRole('navigation').first()).toBeVisible();
});

test('whoever is new becomes an agent; off ends their sessions; what is wrong stands beside its field', async ({
  page,
  browser,
}) => {
  const { url } = await started(fakeFaveo([{ ...ZOE, role: 'agent' }], 'v1'));
  await page.getByRole('button', { name: 'Add a sign-in source' }).press('Enter');
  await page.getByLabel('Address', { exact: true }).fill('http://faveo.example');
  await page.getByRole('button', { name: 'Add source' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/A name is needed/);
  await expect(page.getByLabel('Address', { exact: true })).toHaveAccessibleDescription(/readable through/);
  await expect(page.getByLabel('API token')).toHaveAccessibleDescription(/nobody without a token/);
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('http://faveo.example');
  await expect(page.getByLabel('Allow plain http')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Add a sign-in source' })).toBeFocused();

  await fillIn(page, { kind: 'Faveo', name: 'Faveo', url });
  await page.getByLabel('Add whoever is not here yet').click();
  await page.getByLabel('Advertising').click();
  await save(page);
  const other = await visitor(browser, 'Faveo');
  await enter(other, 'zoe');
  await expect(other.getByRole('navigation').first()).toContainText('Advertising');
  await expect(other.getByRole('navigation').first()).not.toContainText('Sales');

  const line = page.getByRole('list', { name: 'Sign-in sources' }).getByRole('listitem');
  await expect(line).toContainText('1 session');
  await page.getByRole('button', { name: 'Switch Faveo off' }).click();
  await expect(line).toContainText('Switched off');
  await expect(other.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete Faveo' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('None yet')).toBeVisible();
});
