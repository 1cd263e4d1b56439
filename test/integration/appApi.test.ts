import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteAttachment } from '../../electron/core/services/attachmentRemoval.ts';
import { createTicket } from '../../electron/core/services/ticketWriter.ts';
import type { AttachmentId, TicketId } from '../../shared/model/ids.ts';
import { ok } from '../../shared/util/result.ts';
import { type AppServer, rawRequest, startAppServer } from '../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let server: AppServer;
beforeEach(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk);
});
afterEach(async () => {
  await server.close();
  desk.close();
});

function newTicket(department = desk.departments[0], bodyHtml = '<p>It jams</p>'): TicketId {
  const created = createTicket(
    desk.deps,
    { kind: 'system', name: 'test' },
    {
      customerId: desk.customer,
      departmentId: department,
      subject: 'Printer jams',
      bodyHtml,
      author: { kind: 'customer' },
      source: 'api',
    },
  );
  if (!created.ok) throw new Error(created.error.code);
  return created.value.ticketId;
}

describe('signing in', () => {
  it('is needed for everything but the first screen', async () => {
    expect(await server.call('queues.counts', undefined, { method: 'GET' })).toBe('signed_out');
    expect(await server.call('system.status', undefined, { method: 'GET' })).toMatchObject({
      state: 'ready',
    });
    expect(await server.call('session.me', undefined, { method: 'GET' })).toEqual({ viewer: null });
  });

  it('sets an HttpOnly cookie named after the workspace; signing out ends the session', async () => {
    expect(await server.signIn('ada', 'wrong')).toBe('bad_credentials');
    expect(await server.signIn()).toMatchObject({ viewer: { staff: { username: 'ada' } } });
    expect(server.cookie()).toMatch(/^staffdesk_test=\w{20,}/);
    const kept = server.cookie();
    expect(await server.call('queues.counts', undefined, { method: 'GET' })).toMatchObject({ open: 0 });
    await server.call('session.signOut');
    expect(await server.call('queues.counts', undefined, { method: 'GET', headers: { cookie: kept } })).toBe(
      'signed_out',
    );
  });
});

describe('other sites', () => {
  it('can not write, whatever they claim', async () => {
    await server.signIn();
    const attempt = (headers: Record<string, string>) =>
      rawRequest(`${server.url}/trpc/session.signOut`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: server.cookie(), ...headers },
        body: '{}',
      });
    expect((await attempt({})).status).toBe(403);
    expect((await attempt({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await attempt({ origin: server.url, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(await server.call('session.me', undefined, { method: 'GET' })).not.toEqual({ viewer: null });
    expect((await attempt({ origin: server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('can not reach the desk under a name of theirs', async () => {
    const answer = await rawRequest(`${server.url}/trpc/system.status`, {
      headers: { host: 'evil.example' },
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'host_refused' } });
  });
});

describe('bad input', () => {
  it('names the field and its rule', async () => {
    await server.signIn();
    expect(await server.call('queues.page', { queue: { kind: 'nope' } }, { method: 'GET' })).toBe(
      'invalid_input',
    );
    expect(await server.call('tickets.update', { ticketIds: [], change: {} })).toBe('invalid_input');
    expect(await server.call('tickets.nope', {})).toBe('not_found');
    expect(await server.call('tickets.get', { ticketId: 999 }, { method: 'GET' })).toBe('ticket_not_found');
  });

  it('never shows a stack trace', async () => {
    const answer = await fetch(`${server.url}/trpc/queues.page?input=%7Bbroken`);
    expect(await answer.text()).not.toMatch(/\.ts|node_modules|at \w/);
  });
});

describe('rights', () => {
  it('keep agents from administrators’ calls and from other departments', async () => {
    const foreign = newTicket(desk.departments[2]);
    await server.signIn('sam');
    expect(await server.call('tickets.get', { ticketId: foreign }, { method: 'GET' })).toBe(
      'ticket_not_found',
    );
    expect(await server.call('tickets.purge', { ticketIds: [foreign] })).toBe('forbidden');
    expect(await server.call('settings.update', { siteName: 'Mine' })).toBe('forbidden');
    expect(await server.call('api.info', undefined, { method: 'GET' })).toBe('forbidden');
  });
});

describe('a change of many tickets', () => {
  it('is a job with progress; one that is cancelled keeps what it did and can be undone as a whole', async () => {
    await server.signIn();
    const ids = Array.from({ length: 400 }, () => newTicket());
    desk.clock.tick = 1; // every look at the clock takes a millisecond: many slices
    const done = server.call('tickets.update', { ticketIds: ids, change: { status: 5 } });
    await expect.poll(() => server.services.jobs.list()[0]?.done ?? 0, { interval: 1 }).toBeGreaterThan(0);
    const job = server.services.jobs.list()[0];
    expect(job).toMatchObject({ kind: 'bulk_update', label: 'Changing 400 tickets', canCancel: true });
    await server.call('jobs.cancel', { id: job?.id });
    const { groupId, changedTickets } = (await done) as { groupId: string; changedTickets: number };
    expect(changedTickets).toBeGreaterThan(0);
    expect(changedTickets).toBeLessThan(400);
    expect(await server.call('tickets.undo', { groupId })).toMatchObject({ changedTickets });
    expect(await server.call('queues.counts', undefined, { method: 'GET' })).toMatchObject({
      open: 400,
      closed: 0,
    });
  });
});

describe('search', () => {
  it('finds whole words of the conversation, and beginnings of subject and people when there are none', async () => {
    await server.signIn();
    const id = newTicket(desk.departments[0], '<p>The fuser overheats</p>');
    const hits = async (text: string) =>
      (
        (await server.call('search.query', { text }, { method: 'GET' })) as { rows: { id: number }[] }
      ).rows.map((row) => row.id);
    expect(await hits('overheats fuser')).toEqual([id]);
    expect(await hits('prin')).toEqual([id]);
    expect(await hits('overheatsx')).toEqual([]);
  });

  it('knows which tickets have attachments, also after one was deleted', async () => {
    await server.signIn();
    const id = newTicket();
    const hits = async () =>
      (
        (await server.call('search.query', { text: 'jams has:attachment' }, { method: 'GET' })) as {
          rows: unknown[];
        }
      ).rows;
    const upload = (await (
      await fetch(`${server.url}/files/uploads?name=a.txt`, {
        method: 'POST',
        headers: { origin: server.url, cookie: server.cookie() },
        body: 'x',
      })
    ).json()) as { id: number };
    await server.call('tickets.reply', { ticketId: id, bodyHtml: '<p>See</p>', uploadIds: [upload.id] });
    expect(await hits()).toHaveLength(1);
    const [attachment] = desk.deps.store.attachments.byTicket(id);
    deleteAttachment(desk.deps, desk.admin, attachment?.id as AttachmentId);
    expect(await hits()).toHaveLength(0);
  });
});

describe('files', () => {
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, type = 'text/plain') =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { origin: server.url, cookie: server.cookie(), 'content-type': type },
      body,
    });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(server.url + path, { headers: { cookie: server.cookie(), ...headers } });

  it('are uploaded as one raw body, sent with a reply, shown and saved in ranges', async () => {
    await server.signIn();
    const id = newTicket();
    const upload = (await (await post('/files/uploads?name=..%2Fl%22og.txt', 'hello world')).json()) as {
      id: number;
      name: string;
    };
    expect(upload).toMatchObject({ name: 'l"og.txt', sizeBytes: 11, mediaType: 'text/plain' });
    await server.call('tickets.reply', { ticketId: id, bodyHtml: '<p>See</p>', uploadIds: [upload.id] });
    const detail = (await server.call('tickets.get', { ticketId: id }, { method: 'GET' })) as {
      messages: { attachments: { id: number }[] }[];
    };
    const path = `/files/attachments/${detail.messages.at(-1)?.attachments[0]?.id}`;
    const shown = await get(path);
    expect(shown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(shown.headers.get('content-disposition')).toContain('inline');
    expect(await shown.text()).toBe('hello world');
    const part = await get(`${path}?download`, { range: 'bytes=6-' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 6-10/11',
      'world',
    ]);
    expect((await get('/files/attachments/999')).status).toBe(404);
    expect((await fetch(server.url + path)).status).toBe(401);
  });

  it('that are HTML never open as a page', async () => {
    await server.signIn();
    const upload = (await (
      await post('/files/uploads?name=x.html', '<script>1</script>', 'text/html')
    ).json()) as { id: number };
    const answer = await get(`/files/uploads/${upload.id}`);
    expect(await answer.text()).toBe('<script>1</script>');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('that are dropped mail become tickets, as a job the windows hear of', async () => {
    await server.signIn();
    const mail =
      'From: Bo <bo@acme.example>\r\nSubject: Dropped\r\nMessage-ID: <1@acme.example>\r\n\r\nHello';
    const job = (await (await post('/files/import?name=x.eml', mail, 'message/rfc822')).json()) as {
      id: string;
    };
    await expect
      .poll(() => server.services.jobs.list().find((one) => one.id === job.id))
      .toMatchObject({
        state: 'done',
        importSummary: { newTickets: 1, failed: 0, items: [{ source: 'x.eml', outcome: 'new_ticket' }] },
      });
    const page = (await server.call('queues.page', { queue: { kind: 'open' } }, { method: 'GET' })) as {
      rows: unknown[];
    };
    expect(page.rows).toMatchObject([{ subject: 'Dropped', customerEmail: 'bo@acme.example' }]);
  });

  it('say so when they are gone from the disk', async () => {
    await server.signIn();
    const upload = (await (await post('/files/uploads?name=a.txt', 'bytes')).json()) as { id: number };
    const record = desk.deps.store.uploads.byId(upload.id as never, desk.admin.staffId);
    await desk.deps.files.remove(record?.sha256 ?? '');
    const answer = await get(`/files/uploads/${upload.id}`);
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ error: { code: 'attachment_file_gone' } });
  });

  it('show a message in a page without script and without remote images until asked', async () => {
    await server.signIn();
    const id = newTicket(
      desk.departments[0],
      '<p>Hi</p><img src="https://tracker.example/x.png"><script>1</script>',
    );
    const detail = (await server.call('tickets.get', { ticketId: id }, { method: 'GET' })) as {
      messages: { id: number }[];
    };
    const path = `/files/mail/${detail.messages[0]?.id}`;
    const page = await get(path);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toMatch(/https:/);
    expect(await page.text()).not.toContain('<script');
    const withImages = await get(`${path}?images=1`);
    expect(await withImages.text()).toContain('tracker.example');
    expect(withImages.headers.get('content-security-policy')).toContain('https:');
  });
});

describe('an empty file', () => {
  it.each([{}, { 'content-type': 'text/plain' }])('is a file like any other, sent with %o', async (type) => {
    await server.signIn();
    const answer = await fetch(`${server.url}/files/uploads?name=empty.dat`, {
      method: 'POST',
      headers: { cookie: server.cookie(), origin: server.url, ...type },
      body: new Uint8Array(0),
    });
    expect(await answer.json()).toMatchObject({ name: 'empty.dat', sizeBytes: 0 });
  });
});

describe('events', () => {
  async function listen(since?: number) {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/events${since === undefined ? '' : `?since=${since}`}`, {
      headers: { cookie: server.cookie() },
      signal: abort.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    return {
      async until(part: string): Promise<string> {
        while (!text.includes(part)) {
          const chunk = await reader?.read();
          if (!chunk || chunk.done) throw new Error(`ended before ${part}: ${text}`);
          text += chunk.value;
        }
        return text;
      },
      stop: () => abort.abort(),
    };
  }

  it('come in order with the number before, after the commit', async () => {
    await server.signIn();
    const stream = await listen();
    await stream.until('event: hello');
    const id = newTicket();
    const text = await stream.until('customer_message');
    const events = [...text.matchAll(/^data: (\{.*\})$/gm)].map(
      (match) => JSON.parse(match[1] ?? '') as { number: number; previous?: number },
    );
    const numbered = events.slice(1);
    expect(numbered[0]?.previous).toBe(events[0]?.number);
    expect(numbered[1]?.previous).toBe(numbered[0]?.number);
    expect(text).toContain(`"ticketIds":[${id}]`);
    stream.stop();
  });

  it('leave out what the listener may not see, without a gap', async () => {
    await server.signIn('sam');
    const stream = await listen();
    await stream.until('event: hello');
    const foreign = newTicket(desk.departments[2]);
    newTicket(desk.departments[0]);
    const text = await stream.until('customer_message');
    expect(text).not.toContain(`"ticketIds":[${foreign}]`);
    stream.stop();
  });

  it('end a stream that would have to be told too much at once, in order, and serve the next', async () => {
    await server.signIn();
    const since = desk.deps.events.newest();
    const { job } = server.services.jobs.start({
      kind: 'index',
      label: 'x'.repeat(300_000),
      startedBy: null,
      run: async () => ok(null),
    });
    for (let more = 0; more < 8; more += 1) desk.deps.events.publish({ type: 'job', job });
    const cut = await fetch(`${server.url}/events?since=${since}`, { headers: { cookie: server.cookie() } });
    const numbers = [...(await cut.text()).matchAll(/"number":(\d+),"previous"/g)].map((match) =>
      Number(match[1]),
    );
    expect(numbers).toEqual(numbers.map((_, index) => since + 1 + index));
    expect(numbers.length).toBeLessThan(9);
    const next = await listen(numbers.at(-1));
    await next.until(`"previous":${numbers.at(-1)}`);
    next.stop();
  });

  it('that were missed come after reconnecting', async () => {
    await server.signIn();
    const newest = desk.deps.events.newest();
    newTicket();
    const stream = await listen(newest);
    expect(await stream.until('customer_message')).toContain(`"previous":${newest}`);
    stream.stop();
  });
});
