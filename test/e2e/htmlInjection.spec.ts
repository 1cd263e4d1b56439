import { expect, type Page, type Request } from '@playwright/test';
import { callApi, Desk, signIn } from './support/desk.ts';
import { test } from './support/test.ts';

/** Runs where it is taken for a page, and leaves an element behind where it is taken for HTML. */
const ATTACK = `<zz-attack></zz-attack><img src=x onerror="top.attacked=1"><svg onload="top.attacked=1"></svg><script>top.attacked=1</script>"'>`;
const field = (what: string) => `${what} ${ATTACK}`;
const BODY = `<p>body</p>${ATTACK}<a href="javascript:top.attacked=1">click</a><form action="https://evil.example"><input name=a></form><iframe src="/"></iframe>`;

const SECTIONS = [
  'Profile',
  'Appearance',
  'Staff',
  'Security',
  'Sign-in sources',
  'Secrets',
  'Departments',
  'Customers',
  'Tickets',
  'E-mail',
  'API',
  'About',
];

let desk: Desk;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
});
test.afterEach(() => desk.remove());

/** Calls the core as the window does; what is refused fails the test: the attack has to be stored. */
async function store(page: Page, call: string, input: unknown): Promise<unknown> {
  const answer = await page.evaluate(
    async ([name, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (
        await fetch(`/trpc/${name}`, { method: 'POST', headers, body: body ?? '' })
      ).json() as Promise<unknown>;
    },
    [call, JSON.stringify(input)],
  );
  expect([call, answer]).toEqual([call, { result: expect.anything() as unknown }]);
  return (answer as { result: { data: unknown } }).result.data;
}

async function plant(page: Page): Promise<void> {
  await store(page, 'settings.update', {
    siteName: field('site'),
    formaSignIn: { isOn: true, tokenMinutes: 60, isStrict: false },
  });
  await store(page, 'departments.update', { departmentId: 1, name: field('department'), isPrivate: false });
  await store(page, 'profile.update', { name: field('Ada').slice(0, 100), signatureHtml: BODY });
  await store(page, 'staff.create', {
    username: 'sam',
    name: field('Sam').slice(0, 100),
    email: 'sam@acme.example',
    role: 'agent',
    departmentIds: [1],
    password: 'correct horse',
  });
  await store(page, 'customers.create', { name: field('customer'), email: 'ann@acme.example' });
  await store(page, 'tokens.create', { name: field('token').slice(0, 200), permissions: ['tickets.read'] });
  await store(page, 'appPasswords.create', {
    name: field('app').slice(0, 100),
    currentPassword: 'correct horse',
  });
  await store(page, 'sources.create', {
    kind: 'forma',
    name: field('source').slice(0, 60),
    url: 'https://forma.example',
    allowsHttp: false,
    ca: '',
    matchBy: 'username',
    createsStaff: false,
    departmentIds: [],
    key: '',
  });
  const upload = await page.evaluate(
    async (name) => {
      const headers = { 'content-type': 'text/html' };
      const answer = await fetch(`/files/uploads?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers,
        body: '<script>top.attacked=1</script>',
      });
      return (await answer.json()) as { id: number };
    },
    `${ATTACK.replaceAll('/', '')}.html`,
  );
  const ticket = {
    customer: { id: 1 },
    departmentId: 1,
    subject: field('subject'),
    bodyHtml: BODY,
    opener: 'customer',
    uploadIds: [upload.id],
  };
  await store(page, 'tickets.create', ticket);
  await store(page, 'tickets.addNote', { ticketId: 1, bodyHtml: BODY });
  await store(page, 'tickets.update', { ticketIds: [1], change: { addTags: [field('tag').slice(0, 50)] } });
  await store(page, 'drafts.save', {
    draftId: null,
    ticketId: 1,
    kind: 'reply',
    bodyHtml: BODY,
    uploadIds: [],
  });
  // What stands in the lists of sessions and sign-ins comes from whoever knocks.
  for (const password of ['wrong', 'correct horse'])
    await fetch(`${desk.url}/api/auth/authenticate`, {
      method: 'POST',
      headers: { 'user-agent': ATTACK },
      body: new URLSearchParams({ username: 'ada', password }),
    });
}

/** Nothing ran, and nothing of it became an element, in the page or in a frame of a mail. */
async function expectHarmless(page: Page, where: string): Promise<void> {
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() => ({
      ran: 'attacked' in globalThis || 'attacked' in (top ?? {}),
      elements: [
        ...document.querySelectorAll(
          'zz-attack, [onerror], [onload], svg[onload], a[href^="javascript" i], form[action], iframe[src="/"]',
        ),
      ].map((element) => element.outerHTML),
      scripts: [...document.scripts].filter(({ textContent }) => textContent?.includes('attacked')).length,
    }));
    expect([where, found]).toEqual([where, { ran: false, elements: [], scripts: 0 }]);
  }
}

test('HTML in every stored field stays text on every screen', async ({ page }) => {
  const violations: string[] = [];
  // The event stream never ends, so a screen is complete once nothing is asked any more.
  const asking = new Set<Request>();
  page.on('request', (request) => request.url().includes('/trpc/') && asking.add(request));
  page.on('requestfinished', (request) => asking.delete(request));
  page.on('requestfailed', (request) => asking.delete(request));
  page.on('dialog', (dialog) => violations.push(dialog.message()));
  await signIn(page, desk);
  await plant(page);
  await page.reload();
  await expect(page.getByRole('option', { name: /subject <zz-attack>/ })).toBeVisible();
  await expectHarmless(page, 'queue');

  await page.getByRole('option', { name: /subject <zz-attack>/ }).click();
  const articles = page.getByRole('article');
  await expect(articles.first().frameLocator('iframe').getByText('body')).toBeVisible();
  await expect(page.getByText('zz-attack').first()).toBeVisible();
  await expectHarmless(page, 'ticket');

  await page.getByRole('button', { name: 'Setup' }).click();
  for (const section of SECTIONS) {
    await page
      .getByRole('navigation', { name: 'Setup' })
      .getByRole('button', { name: section, exact: true })
      .click();
    await expect(
      page.getByRole('region', { name: section, exact: true }).getByRole('heading', { level: 2 }),
    ).toBeVisible();
    await expect.poll(() => asking.size).toBe(0);
    await expectHarmless(page, section);
  }
  // The attack was on the screens: as the words that it is.
  for (const [section, text] of [
    ['Departments', 'department <zz-attack>'],
    ['Customers', 'customer <zz-attack>'],
    ['Sign-in sources', 'source <zz-attack>'],
    ['API', 'token <zz-attack>'],
  ] as const) {
    await page
      .getByRole('navigation', { name: 'Setup' })
      .getByRole('button', { name: section, exact: true })
      .click();
    const region = page.getByRole('region', { name: section, exact: true });
    const words = async () => {
      const values = await region
        .locator('input')
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      return [await region.textContent(), ...values].join('\n');
    };
    await expect.poll(words).toContain(text);
    await expectHarmless(page, section);
  }

  await page.context().clearCookies();
  await page.goto(desk.url);
  await expect(page.getByLabel('User name')).toBeVisible();
  await expectHarmless(page, 'sign-in');
  expect(violations).toEqual([]);
});

test('no answer of an API is a page that holds it', async ({ page }) => {
  await signIn(page, desk);
  await plant(page);
  const token = await desk.token();
  for (const path of [
    'users',
    'users/show/1',
    'departments',
    'staff',
    'tickets',
    'tickets/show/1',
    'messages/1',
    'attachments',
    'attachments/show/1',
    'attachments/download/1',
    'changes',
    'docs',
    'openapi.json',
    encodeURIComponent(ATTACK),
  ]) {
    const answer = await fetch(`${desk.url}/api/${path}`, { headers: { Token: token } });
    const isPage = answer.headers.get('content-type')?.includes('html');
    expect([path, isPage && (await answer.text()).includes('zz-attack')]).toEqual([
      path,
      isPage ? false : isPage,
    ]);
    expect([path, answer.status < 500]).toEqual([path, true]);
  }
  const json = JSON.stringify(await callApi(desk, token, '/api/messages/1'));
  expect(json).toContain('body');
  expect(json).not.toMatch(/onerror|zz-attack|<script|javascript:/);
  // A file that is a page is saved, never shown: opened by its own address nothing of it runs.
  for (const path of ['/files/attachments/1', '/files/attachments/1?download=1']) {
    const answer = await page.request.get(desk.url + path);
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /) as unknown,
      'x-content-type-options': 'nosniff',
    });
  }
});
