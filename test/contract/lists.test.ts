import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiDesk, openApiDesk } from './support/apiDesk.ts';
import { type Caller, createCaller, fillDesk, TICKET } from './support/caller.ts';

let desk: ApiDesk;
let caller: Caller;
let asking: Caller;
let start: number;
beforeAll(async () => {
  desk = await openApiDesk();
  caller = await fillDesk(desk);
  asking = createCaller(desk, desk.token(), { 'X-Staffdesk': '1' });
  start = Math.floor(desk.clock.now() / 1000);
  for (let number = 2; number <= 30; number++) {
    await caller.post('/api/users/create', { fullname: `N${number}`, email: `n${number}@mail.example` });
    await caller.post('/api/tickets/create', { ...TICKET, user_id: String(1 + (number % 2)) });
  }
  desk.clock.advance(10_000);
  await caller.post('/api/tickets/update/7', { status: '4' });
  await caller.post('/api/users/update/9', { new_email: 'changed@mail.example' });
  desk.clock.advance(10_000);
  await caller.post('/api/tickets/update/3', { status: '4' });
});
afterAll(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

type Row = { id: string; updated?: string };
const ids = async (path: string, by = asking): Promise<string[]> => {
  const answer = await by.get(path);
  return ((answer.tickets ?? answer.users ?? answer.messages) as Row[]).map(({ id }) => id);
};

describe('per_page, sort and updated_since', () => {
  it('are ignored as in HelpDeskZ by everybody who does not ask for more', async () => {
    const query = 'per_page=2&sort=nonsense&updated_since=x';
    for (const list of ['tickets', 'users', 'messages/show/1', 'departments', 'attachments', 'staff']) {
      const plain = await caller.raw.get(`/api/${list}`);
      expect((await caller.raw.get(`/api/${list}?${query}`)).body).toBe(plain.body);
    }
  });

  it.each(['tickets', 'users'])('%s: pages of any size hold every row once', async (list) => {
    for (const sort of ['id', '-id', 'updated', '-updated']) {
      const seen: string[] = [];
      for (let page = 1; page <= 5; page++)
        seen.push(...(await ids(`/api/${list}?sort=${sort}&per_page=7&page=${page}`)));
      expect(seen).toHaveLength(30);
      expect(new Set(seen).size).toBe(30);
      const whole = await ids(`/api/${list}?sort=${sort}&per_page=200`);
      expect(seen).toEqual(whole);
      const turned = await ids(
        `/api/${list}?per_page=200&sort=${sort.startsWith('-') ? sort.slice(1) : `-${sort}`}`,
      );
      expect(turned).toEqual([...whole].reverse());
    }
    expect(await asking.get(`/api/${list}?per_page=7`)).toMatchObject({
      [`total_${list}`]: 30,
      [list === 'users' ? 'total_pages' : 'pages']: 5,
      more: 0,
    });
  });

  it('without any of them the order and the page size are those of HelpDeskZ', async () => {
    expect(await ids('/api/tickets')).toEqual(await ids('/api/tickets', caller));
    expect(await ids('/api/users')).toEqual(await ids('/api/users', caller));
  });

  it('the last change is the last or the first row, also under a filter', async () => {
    expect((await ids('/api/tickets?sort=-updated')).slice(0, 2)).toEqual(['3', '7']);
    expect(await ids('/api/tickets?sort=updated&status=4')).toEqual(['7', '3']);
    expect((await ids('/api/tickets?sort=-updated&user_id=2')).at(0)).toBe('3');
    expect((await ids('/api/tickets?sort=-updated&department_id=1&status=1')).length).toBe(15);
    expect((await ids('/api/users?sort=-updated')).at(0)).toBe('9');
  });

  it('updated_since is what changed at that second or later, the oldest change first', async () => {
    expect(await ids(`/api/tickets?updated_since=${start + 5}`)).toEqual(['7', '3']);
    expect(await ids(`/api/tickets?updated_since=${start + 15}`)).toEqual(['3']);
    expect(await ids(`/api/tickets?updated_since=${start + 5}&sort=-updated&per_page=1`)).toEqual(['3']);
    expect(await ids(`/api/tickets?updated_since=${start + 5}&user_id=2`)).toEqual(['7', '3']);
    expect(await ids(`/api/tickets?updated_since=${start + 5}&user_id=1`)).toEqual([]);
    expect(await ids(`/api/tickets?updated_since=${start + 1000}`)).toEqual([]);
    expect(await ids(`/api/users?updated_since=${start + 5}`)).toEqual(['9']);
    const [first] = (await asking.get(`/api/tickets?updated_since=${start + 15}`)).tickets as Row[];
    expect(await ids(`/api/tickets?updated_since=${first?.updated}`)).toEqual(['3']);
  });

  it('messages go either way', async () => {
    for (let more = 0; more < 4; more++)
      await caller.post('/api/messages/create', { ticket_id: '1', replier: 'user', message: `m${more}` });
    const up = await ids('/api/messages/show/1?sort=date&per_page=2');
    expect(up).toHaveLength(2);
    expect(await ids('/api/messages/show/1?sort=-date')).toEqual(
      (await ids('/api/messages/show/1?sort=date')).reverse(),
    );
    expect(await asking.get('/api/messages/show/1?per_page=2')).toMatchObject({ pages: 3, total_replies: 5 });
  });

  it.each([
    ['tickets?per_page=0', 'per_page'],
    ['tickets?per_page=201', 'per_page'],
    ['tickets?per_page=-1', 'per_page'],
    ['tickets?per_page=abc', 'per_page'],
    ['tickets?per_page=', 'per_page'],
    ['tickets?per_page=1e2', 'per_page'],
    ['users?sort=name', 'sort'],
    ['users?sort=constructor', 'sort'],
    ['users?sort=', 'sort'],
    ["tickets?sort=id'--", 'sort'],
    ['tickets?sort=last_update', 'sort'],
    ['tickets?updated_since=yesterday', 'updated_since'],
    ['tickets?updated_since=-5', 'updated_since'],
    ['tickets?updated_since=99999999999999', 'updated_since'],
    ['users?updated_since=1&sort=id', 'sort'],
    ['messages/show/1?sort=id', 'sort'],
    ['messages/show/1?updated_since=1', 'updated_since'],
    ['departments?sort=id', 'sort'],
    ['staff?per_page=2', 'per_page'],
    ['attachments?updated_since=1', 'updated_since'],
  ])('%s is refused by name', async (path, field) => {
    const answer = await asking.raw.get(`/api/${path}`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 1, code: 'invalid_input', field });
  });
});
