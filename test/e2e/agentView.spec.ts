import { expect, type Page } from '@playwright/test';
import { anotherPerson, callApi, Desk, openSetup, signIn, signInAs } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

/** Stands in everything of the department that the agent is not in. */
const FOREIGN = /zebra/i;

let desk: Desk;
let token: string;
test.beforeEach(async () => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  token = await desk.token();
});
test.afterEach(() => desk.remove());

/** A ticket of one customer, with a picture. Department 1 is General, 2 Advertising. */
async function addTicket(department: '1' | '2', subject: string): Promise<void> {
  const made = await callApi(desk, token, '/api/tickets/create', {
    opener: 'user',
    user_id: '1',
    department_id: department,
    subject,
    body: `<p>About the ${subject}</p>`,
    'attachment[]': new File([PNG], `${subject}.png`, { type: 'image/png' }),
  });
  expect(made).toMatchObject({ success: 1 });
}

/** The administrator at `page` adds Zoë for Advertising alone; answers her password. */
async function addAgent(page: Page): Promise<string> {
  await openSetup(page, 'Staff');
  await page.getByRole('button', { name: 'Add a staff member' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Zoë Quinn');
  await page.getByLabel('E-mail').fill('zoe@acme.example');
  await page.getByLabel('User name').fill('zoe');
  await page.getByLabel('Advertising').check();
  await page.getByRole('button', { name: 'Add staff member' }).click();
  const once = page.getByRole('region', { name: 'Zoë Quinn can sign in as zoe' });
  return (await once.getByRole('status').first().textContent()) ?? '';
}

/** In the page: opens a stream of its own and waits until it is heard; what the page hears first is kept there. */
function listenForTickets(): Promise<void> {
  const stream = new EventSource('/events');
  const heard = new Promise((resolve) => {
    stream.onmessage = ({ data }) => {
      const { event } = JSON.parse(data) as { event: { type: string; ticketIds?: number[] } };
      if (event.type !== 'tickets_changed') return;
      stream.close();
      resolve(event.ticketIds);
    };
  });
  Object.assign(globalThis, { heard });
  return new Promise((resolve) => stream.addEventListener('hello', () => resolve()));
}

const firstHeard = (): unknown => (globalThis as typeof globalThis & { heard: unknown }).heard;

const queues = (page: Page) => page.getByRole('navigation', { name: 'Desk' });
const allOpen = (page: Page, count: number) =>
  queues(page).getByRole('button', { name: `All open ${count}`, exact: true });

test('an agent of one department sees nothing else: queues, counts, search, links, files, events', async ({
  page,
  browser,
}) => {
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  await addTicket('1', 'Zebra crossing');
  await addTicket('2', 'Banner');
  await signIn(page, desk);
  const password = await addAgent(page);

  const hers = await anotherPerson(browser);
  // Everything that her window is ever told, events among it.
  const told: string[] = [];
  hers.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (type.includes('json'))
      void response.text().then(
        (text) => told.push(text),
        () => undefined,
      );
  });
  await signInAs(hers, desk, 'zoe', password);

  // Queues and their counts.
  const rows = hers.getByRole('option');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Banner');
  await expect(allOpen(hers, 1)).toBeVisible();
  await expect(allOpen(page, 2)).toBeVisible();
  await expect(queues(hers).getByRole('button', { name: /General/ })).toHaveCount(0);

  // Search: the word, and the customer whom both departments share.
  const search = hers.getByRole('combobox', { name: 'Search tickets' });
  await hers.locator('body').press('/');
  await search.fill('zebra');
  await search.press('Enter');
  await expect(hers.getByText('Nothing matches “zebra”.')).toBeVisible();
  await search.fill('ann');
  await search.press('Enter');
  await expect(hers.getByRole('listbox').getByRole('option', { name: /Banner/ })).toBeVisible();
  await expect(hers.getByText(FOREIGN)).toHaveCount(0);

  // A link that a colleague sent, and addresses typed by hand.
  await hers.goto(`${desk.url}/#/tickets/1`);
  await expect(hers.getByText('This ticket does not exist (any more).')).toBeVisible();
  await expect(hers.getByText(FOREIGN)).toHaveCount(0);
  const status = async (path: string) => (await hers.request.get(desk.url + path)).status();
  expect([await status('/files/attachments/1'), await status('/files/attachments/2')]).toEqual([404, 200]);
  expect([await status('/files/mail/1'), await status('/files/mail/2')]).toEqual([404, 200]);

  // What happens there meanwhile does not reach her; what happens here does, after it.
  await allOpen(hers, 1).click();
  await expect(rows).toHaveCount(1);
  await hers.evaluate(listenForTickets);
  await addTicket('1', 'Zebra again');
  await addTicket('2', 'Banner again');
  await expect(rows).toHaveCount(2);
  await expect(allOpen(hers, 2)).toBeVisible();
  await expect(allOpen(page, 4)).toBeVisible();
  // The first event that names tickets is the one of hers, the later of the two.
  expect(await hers.evaluate(firstHeard)).toEqual([4]);

  // In nothing that her window was sent is there a word of it.
  expect(told.some((text) => text.includes('Banner'))).toBe(true);
  expect(told.filter((text) => FOREIGN.test(text))).toEqual([]);
});
