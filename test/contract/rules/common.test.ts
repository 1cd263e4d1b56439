import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk } from '../support/apiDesk.ts';
import { type Caller, createCaller, fieldParts, fillDesk, MESSAGE } from '../support/caller.ts';
import { type Answer, send } from '../support/client.ts';
import { SMALL_PNG } from '../support/png.ts';

// behaviour.md 2.1; what one recorded exchange shows for users is asked of every resource here.
let desk: ApiDesk;
let caller: Caller;
let token: string;
beforeAll(async () => {
  desk = await openApiDesk({ siteUrl: 'http://helpdesk.test/' });
  caller = await fillDesk(desk);
  token = desk.token();
  const file = { name: 'attachment[]', filename: 'a.png', content: SMALL_PNG };
  await caller.postParts('/api/messages/create', [...fieldParts(MESSAGE), file]);
});
afterAll(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

const call = (method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(desk.port, { method, path, headers: { Token: token, ...headers } });
const told = ({ status, body }: Answer) => [status, JSON.parse(body)];
const UNFILTERED = [400, { error: 1, message: 'Api.error.authentications' }];
const isPage = ({ status, contentType, body }: Answer): boolean =>
  status === 200 && contentType === 'text/html; charset=UTF-8' && body.includes('Page not found - 404');

const RESOURCES = ['users', 'departments', 'tickets', 'messages', 'attachments', 'staff'];
const NOT_FOUND: Record<string, string> = {
  users: 'User not found.',
  departments: 'Department not found.',
  tickets: 'Ticket not found.',
  messages: 'Ticket not found.',
  attachments: 'Attachment not found.',
  staff: 'Invalid Staff ID.',
};

describe('headers', () => {
  it('of answers are those of the reference: no CORS, no cookie, JSON whatever is accepted', async () => {
    const answer = await call('GET', '/api/users', {
      Accept: 'text/html',
      Origin: 'https://elsewhere.example',
    });
    expect(answer.contentType).toBe('application/json; charset=UTF-8');
    const names = Object.keys(answer.headers);
    expect(
      names.filter((name) => /^access-control|^set-cookie$|^last-modified$|ratelimit/.test(name)),
    ).toEqual([]);
    expect(told(await call('OPTIONS', '/api/users', { Origin: 'https://elsewhere.example' }))).toEqual(
      UNFILTERED,
    );
  });

  it('that claim another address do not help', async () => {
    const elsewhere = desk.token({ ipList: ['10.0.0.1'] });
    for (const name of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Client-IP']) {
      const value = name === 'Forwarded' ? 'for=10.0.0.1' : '10.0.0.1';
      const refused = await call('GET', '/api/users', { Token: elsewhere, [name]: value });
      expect(told(refused)).toEqual([400, { error: 1, message: 'IP address `127.0.0.1 is not allowed.' }]);
    }
  });

  it.each([
    ['127.0.0.1', true],
    ['127.0.0.*', true],
    ['127.0.*.*', true],
    ['127.*.*.*', true],
    ['10.0.0.1, 127.0.0.1', true],
    ['127.0.0.2', false],
    ['127.0.1.*', false],
    ['126.*.*.*', false],
    ['::1', false],
  ])('a token for %s is good from here: %s', async (ipList, isGood) => {
    const only = createCaller(desk, desk.token({ ipList: ipList.split(', ') }));
    expect((await only.raw.get('/api/users')).status).toBe(isGood ? 200 : 400);
  });
});

describe('addresses', () => {
  it.each(RESOURCES)(
    '%s: show takes the number that an id begins with, and finds nothing for text',
    async (name) => {
      const first = (await call('GET', `/api/${name}/show/1`)).body;
      expect(JSON.parse(first)).toMatchObject({ success: 1 });
      expect((await call('GET', `/api/${name}/1`)).body).toBe(first);
      expect((await call('GET', `/index.php/api/${name}/show/1`)).body).toBe(first);
      expect((await call('GET', `/api/${name}/show/1/`)).body).toBe(first);
      if (name !== 'staff') {
        for (const id of ['1abc', '1%20or%201=1', '1;2', '1%27']) {
          expect((await call('GET', `/api/${name}/show/${id}`)).body).toBe(first);
        }
      }
      for (const id of ['abc', '%27%20or%201=1', '']) {
        expect(JSON.parse((await call('GET', `/api/${name}/show/${id}`)).body)).toEqual({
          error: 1,
          message: NOT_FOUND[name],
        });
      }
    },
  );

  it.each(RESOURCES)('%s: a GET of an action is taken for a show of that name', async (name) => {
    for (const path of ['create', 'update', 'foo/1', 'delete/1']) {
      expect(JSON.parse((await call('GET', `/api/${name}/${path}`)).body)).toEqual({
        error: 1,
        message: NOT_FOUND[name],
      });
    }
    expect(JSON.parse((await call('GET', `/api/${name}/show/1`)).body)).toMatchObject({ success: 1 });
  });

  it.each(RESOURCES)('%s: new and edit were never there (501)', async (name) => {
    for (const [path, action] of [
      ['new', 'new'],
      ['edit/1', 'edit'],
    ]) {
      const messages = { error: `"${action}" action not implemented.` };
      expect(told(await call('GET', `/api/${name}/${path}`))).toEqual([
        501,
        { status: 501, error: 501, messages },
      ]);
    }
  });

  it.each(RESOURCES)(
    '%s: other methods pass the filter by on an action, and find nothing on an id',
    async (name) => {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        expect(told(await call(method, `/api/${name}`))).toEqual(UNFILTERED);
        expect(told(await call(method, `/api/${name}/delete/1`))).toEqual(UNFILTERED);
        expect(isPage(await call(method, `/api/${name}/1`))).toBe(true);
      }
      expect((await call('HEAD', `/api/${name}`)).status).toBe(400);
      const capital = name.charAt(0).toUpperCase() + name.slice(1);
      expect(told(await call('GET', `/Api/${capital}`))).toEqual(UNFILTERED);
      expect(isPage(await call('GET', `/API/${name}`))).toBe(true);
      expect(isPage(await call('GET', `/api/${name}/remove/1`))).toBe(true);
      expect(isPage(await call('POST', `/api/${name}/foo`))).toBe(true);
    },
  );

  it.each(RESOURCES)('%s: a POST that is no documented call goes to the site’s root', async (name) => {
    for (const path of ['delete/1abc', 'update/x', 'delete/1/2']) {
      const answer = await call('POST', `/api/${name}/${path}`);
      expect([answer.status, answer.location, answer.body]).toEqual([303, 'http://helpdesk.test/', '']);
    }
    expect(told(await call('POST', `/api/${name}/update`))).toEqual(UNFILTERED);
  });

  it('without anything below /api are the page', async () => {
    for (const path of ['/api', '/api/', '/api/nope', '/nope', '/', '/api/users%zz', '/api/nope/show/1']) {
      expect(isPage(await call('GET', path))).toBe(true);
    }
  });
});

describe('fields', () => {
  it('that come twice count as the last one, as in PHP', async () => {
    const body = Buffer.from('name=First&private=0&name=Second');
    const headers = { Token: token, 'Content-Type': 'application/x-www-form-urlencoded' };
    const made = JSON.parse(
      (await send(desk.port, { method: 'POST', path: '/api/departments/create', headers, body })).body,
    );
    expect(await caller.get(`/api/departments/show/${made.department_id}`)).toMatchObject({
      department: { name: 'Second' },
    });
    const parts = [
      { name: 'name', value: 'First' },
      { name: 'private', value: '0' },
      { name: 'name', value: 'Third' },
    ];
    await caller.postParts(`/api/departments/update/${made.department_id}`, parts);
    expect(await caller.get(`/api/departments/show/${made.department_id}`)).toMatchObject({
      department: { name: 'Third' },
    });
  });

  it('of a list or an object count as not sent', async () => {
    const { message } = await caller.post('/api/users/create', {
      'fullname[]': 'A',
      'email[x]': 'a@example.com',
    });
    expect(message).toBe('Full name is missing. Email address is missing.');
    const body = Buffer.from(JSON.stringify({ fullname: ['A'], email: { a: 'b' } }));
    const headers = { Token: token, 'Content-Type': 'application/json' };
    const answer = await send(desk.port, { method: 'POST', path: '/api/users/create', headers, body });
    expect(JSON.parse(answer.body).message).toBe('Full name is missing. Email address is missing.');
  });

  it('keep their case: Fullname is not fullname', async () => {
    const { message } = await caller.post('/api/users/create', { Fullname: 'A', EMAIL: 'a@example.com' });
    expect(message).toBe('Full name is missing. Email address is missing.');
  });
});
