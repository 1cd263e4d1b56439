import { expect, type Page } from '@playwright/test';
import { callApi, Desk, signIn } from './support/desk.ts';
import { PNG } from './support/files.ts';
import { test } from './support/test.ts';

let desk: Desk;
let token: string;
test.beforeEach(async ({ page }) => {
  desk = new Desk();
  await desk.setUp();
  await desk.serve();
  token = await desk.token();
  await callApi(desk, token, '/api/users/create', { fullname: 'Ann Lee', email: 'ann@acme.example' });
  await callApi(desk, token, '/api/tickets/create', {
    opener: 'user',
    user_id: '1',
    department_id: '1',
    subject: 'Printer on floor 3',
    body: '<p>It <b>jams</b> every time</p><script>parent.document.title="hacked"</script><img src="https://tracker.example/p.png">',
    'attachment[]': new File([PNG], 'photo.png', { type: 'image/png' }),
  });
  await signIn(page, desk);
  await page.getByRole('option', { name: /Printer on floor 3/ }).click();
});
test.afterEach(() => desk.remove());

const composer = (page: Page) => page.getByRole('textbox', { name: 'Reply to Ann Lee' });
const api = (path: string) => callApi(desk, token, path);

test('the conversation is read safely, and its attachment previewed and saved', async ({ page }) => {
  const body = page.getByRole('article').first().frameLocator('iframe');
  await expect(body.getByText('jams')).toHaveCSS('font-weight', '700');
  await expect(page).not.toHaveTitle('hacked');
  await expect(page.getByRole('article').first().locator('iframe')).toHaveAttribute(
    'sandbox',
    'allow-same-origin allow-popups',
  );
  await page.getByRole('button', { name: /^photo\.png/ }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: 'photo.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save photo.png' }).click();
  expect((await download).suggestedFilename()).toBe('photo.png');
});

test('an answer with formatted text and files by button, drag and paste reaches the API', async ({
  page,
}) => {
  await composer(page).click();
  await page.keyboard.type('Please open tray two. ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Gently');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chosen).setFiles({
    name: 'manual.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('step one'),
  });
  await drop(page, 'dropped.log', 'log line');
  await paste(page);
  await expect(page.getByText('manual.txt')).toBeVisible();
  await expect(page.getByText('dropped.log')).toBeVisible();
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(/Answered Ann/)).toBeVisible();
  const { messages } = (await api('/api/messages/show/1')) as {
    messages: { id: string; customer: string; message: string }[];
  };
  expect(messages[0]).toMatchObject({ customer: '0' });
  expect(messages[0]?.message).toMatch(/Please open tray two\..*<(strong|b)>Gently/);
  const { files } = (await api(`/api/attachments?msg_id=${messages[0]?.id}`)) as {
    files: { name: string }[];
  };
  expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(['manual.txt', 'dropped.log']));
  expect(files).toHaveLength(3);
  expect(await api('/api/tickets/show/1')).toMatchObject({ ticket: { status: '2', replies: '1' } });
});

test('status, department, priority, assignee and tags change from the ticket, and undo takes them back', async ({
  page,
}) => {
  await choose(page, 'Status', 'In progress');
  await expect.poll(() => api('/api/tickets/show/1')).toMatchObject({ ticket: { status: '4' } });
  await choose(page, 'Department', 'Sales');
  await expect.poll(() => api('/api/tickets/show/1')).toMatchObject({ ticket: { department_name: 'Sales' } });
  await choose(page, 'Priority', 'High');
  await choose(page, 'Assignee', 'You');
  await expect(page.getByRole('button', { name: /^Assignee: / })).not.toHaveAccessibleName(/nobody/);
  await page.getByRole('button', { name: 'Add a tag' }).click();
  await page.keyboard.type('vip');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option', { name: /Printer on floor 3/ })).toHaveAccessibleName(/High.*vip/);
  await page.getByRole('heading', { name: 'Printer on floor 3' }).click({ trial: true });
  await page.locator('body').press('z');
  await expect(page.getByRole('option', { name: /Printer on floor 3/ })).not.toHaveAccessibleName(/vip/);
});

test('a note stays inside, closing on reply closes, and undo brings the text back', async ({ page }) => {
  await page.getByRole('radio', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: /note/i }).click();
  await page.keyboard.type('Third time this week');
  await page.keyboard.press('Control+Enter');
  await expect(
    page.getByRole('region', { name: 'Conversation' }).getByText('Third time this week'),
  ).toBeVisible();
  expect(JSON.stringify(await api('/api/messages/show/1'))).not.toContain('Third time');
  await page.getByRole('radio', { name: 'Reply' }).click();
  await composer(page).click();
  await page.keyboard.type('Replaced the roller.');
  await page.keyboard.press('Control+Shift+Enter');
  const notices = page.getByRole('region', { name: 'Notices' });
  // It goes by itself, but not from under the pointer.
  await notices.getByText(/^Answered Ann/).hover();
  await expect.poll(() => api('/api/tickets/show/1')).toMatchObject({ ticket: { status: '5' } });
  await notices.getByRole('button', { name: /Undo/ }).last().click();
  await expect
    .poll(() => api('/api/tickets/show/1'))
    .toMatchObject({ ticket: { status: '1', replies: '0' } });
});

test('a ticket on behalf of a customer is at once visible through the API', async ({ page }) => {
  await page.locator('body').press('c');
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('combobox', { name: 'Customer' }).fill('bob@acme.example');
  await page.keyboard.press('Enter');
  const name = dialog.getByLabel('Name', { exact: false }).first();
  if (await name.isVisible()) await name.fill('Bob Ñandú');
  await dialog.getByLabel('Subject').fill('Invoice 2231');
  await dialog.getByRole('textbox', { name: 'Message' }).click();
  await page.keyboard.type('Bob called about his invoice.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('option', { name: /Invoice 2231/ })).toBeVisible();
  expect(await api('/api/users?email=bob@acme.example')).toMatchObject({ success: 1 });
  expect(await api('/api/tickets')).toMatchObject({ total_tickets: 2 });
});

test('a ticket that is created late does not call back who went on', async ({ page }) => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/tickets\.create/, async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('body').press('c');
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('combobox', { name: 'Customer' }).fill('bob@acme.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Name of the new customer')).toBeFocused();
  await dialog.getByLabel('Subject').fill('Invoice 2231');
  await dialog.getByRole('textbox', { name: 'Message' }).click();
  await page.keyboard.type('Bob called about his invoice.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-busy', 'true');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('heading', { name: 'Setup' })).toBeVisible();
  answer();
  await expect(page.getByText(/^Ticket #\d+ created/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Setup' })).toBeVisible();
});

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${field}: `) }).click();
  await page.getByRole('menu').locator('[role^=menuitem]').filter({ hasText: option }).click();
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ''], fileName ?? '', { type: 'text/plain' }));
      return transfer;
    },
    [name, text],
  );
  const target = composer(page);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await target.dispatchEvent(type, { dataTransfer: data });
}

/** Pastes a screenshot, as the clipboard of an operating system gives it. */
async function paste(page: Page): Promise<void> {
  await composer(page).evaluate(
    (element, bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
    },
    [...PNG],
  );
}

test('an Enter that is answered late does not pull the focus back from where one types', async ({ page }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/customers\.search/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.locator('body').press('c');
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByRole('combobox', { name: 'Customer' }).fill('bob@acme.example');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Message' }).click();
  // The list of customers was still open: the click goes where it was aimed all the same.
  await page.keyboard.type('Bob called ');
  answer();
  await expect(dialog.getByLabel('Name of the new customer')).toBeVisible();
  await page.keyboard.type('about his invoice.');
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveText('Bob called about his invoice.');
});

test('who moves on quickly and answers at once writes in the ticket that the list is at', async ({
  page,
}) => {
  for (const subject of ['Second', 'Third']) {
    const words = { opener: 'user', user_id: '1', department_id: '1', subject, body: '<p>Hello</p>' };
    await callApi(desk, token, '/api/tickets/create', words);
  }
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/tickets\.get\b/, async (route) => {
    if (/"ticketId":1\b/.test(decodeURIComponent(route.request().url()))) await answered;
    await route.continue();
  });
  await page.reload();
  const list = page.getByRole('listbox', { name: 'All open' });
  await expect(list.getByRole('option')).toHaveCount(3);
  await list.getByRole('option').first().click();
  await expect(composer(page)).toBeVisible();
  // Quicker than the pane follows, and than the ticket is read.
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('r');
  await page.keyboard.type('On it');
  await expect(page.getByRole('textbox', { name: 'Reply', exact: true })).toHaveValue('On it');
  answer();
  await expect(page.getByRole('heading', { name: 'Printer on floor 3' })).toBeVisible();
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type(', Ann');
  await expect(composer(page)).toHaveText('On it, Ann');
  await expect(list.getByRole('option', { name: 'Open' })).toHaveCount(3);
});
