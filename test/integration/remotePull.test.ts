import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTicketAsStaff } from '../../electron/core/services/staffActions.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput } from '../../shared/contract/tickets.ts';
import type { CustomerId, TicketId } from '../../shared/model/ids.ts';
import { appendReply } from '../fakes/helpdeskz/messages.ts';
import { addMessageRow, addTicketRow, removeTicket, removeTicketsWhere } from '../fakes/helpdeskz/state.ts';
import { FIRST, type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

const HOUR_MS = 3_600_000;
const SECOND = 2 as TicketId;

let server: RemoteDesk;
/** The same desk, with a look at what it asks. */
let desk: RemoteDesk;
let mirror: Mirror;
let asked: string[];
/** Runs when a path is asked, before the server hears of it. */
let onAsk: (path: string) => void;
let now: () => number;
beforeEach(async () => {
  asked = [];
  onAsk = () => {};
  now = Date.now;
  server = await openRemoteDesk({ now: () => now() });
  const watched: RemoteDesk['deps']['httpFetch'] = (request, options) => {
    const path = request.url.slice(server.url.length);
    asked.push(path);
    onAsk(path);
    return server.deps.httpFetch(request, options);
  };
  desk = { ...server, deps: { ...server.deps, httpFetch: watched } };
  mirror = mirrorOf(desk);
});
afterEach(() => server.close());

const later = (ms: number): void => {
  const before = now;
  now = () => before() + ms;
};
const state = () => desk.server.state;
const here = (id: number) => desk.deps.store.tickets.byId(id as TicketId);
const there = (id: number) => {
  const ticket = state().tickets.get(id);
  if (!ticket) throw new Error(`no ticket ${id}`);
  return ticket;
};
const move = (id: number, change: { status?: number; departmentId?: number }): void => {
  Object.assign(there(id), change);
  state().version += 1;
};
/** Does something the first time such a path is asked. */
const onceAsked = (pattern: RegExp, act: () => void): void => {
  let isDone = false;
  onAsk = (path) => {
    if (isDone || !pattern.test(path)) return;
    isDone = true;
    act();
  };
};
const askedFor = (pattern: RegExp): string[] => asked.filter((path) => pattern.test(path));

describe('a list that shifts while it is read', () => {
  beforeEach(() => {
    Object.assign(state().settings, { ticketsPage: 2, listOrder: 'departments' });
    for (const number of [4, 5, 6, 7]) mirror.customerOpens(`Printer ${number}`, 'On fire');
  });

  it.each([
    ['moves to another department', () => move(1, { departmentId: 2 })],
    ['is closed', () => move(1, { status: 5 })],
    ['is deleted', () => removeTicket(state(), 1)],
  ])('loses nothing in the same run when a ticket %s', async (_, act) => {
    await mirror.connectOnly();
    onceAsked(/page=2&status=1/, act);
    expect((await mirror.sync()).ended).toBeNull();
    for (const id of [4, 5, 6, 7]) expect(here(id)).toMatchObject({ status: 1, deletedAt: null });
  });

  it('does not lose a ticket that hops from a list still to be read into one that was', async () => {
    await mirror.connect();
    // Answered tickets are read last, open ones first: the ticket is in neither list.
    onceAsked(/page=1&status=2/, () => move(3, { status: 1 }));
    await mirror.sync();
    expect(here(3)).toMatchObject({ status: 1, deletedAt: null });
  });
});

describe('a ticket that was deleted on the server', () => {
  it('is believed to be gone only by its own «not found»', async () => {
    await mirror.connect();
    onAsk = (path) => {
      // It leaves every list, and is there all the same.
      if (path.includes('status=')) move(1, { status: path.includes('status=1') ? 3 : 1 });
    };
    await mirror.sync();
    expect(here(1)?.deletedAt).toBeNull();
    onAsk = () => {};
    removeTicket(state(), 1);
    await mirror.sync();
    expect(here(1)?.deletedAt).not.toBeNull();
  });

  it('leaves what waits for it with the person who wrote it', async () => {
    await mirror.connect();
    mirror.reply('<p>Pour water on it</p>', true);
    removeTicket(state(), 1);
    await mirror.sync();
    const [row] = listOutbox(desk.deps);
    expect(row).toMatchObject({
      ...{ kind: 'reply', state: 'conflict', detail: 'Pour water on it' },
      ...{ reason: 'The server has deleted this ticket.', canDiscard: true },
    });
    await mirror.sync();
    expect(listOutbox(desk.deps)).toHaveLength(1);
    const decision = { id: row?.id ?? 0, decision: 'discard' } as const;
    expect(await decideOutbox(desk.deps, desk.ada, decision)).toMatchObject({ ok: true });
    const draft = desk.deps.store.drafts.byTicket(FIRST, desk.ada.staffId, 'reply');
    expect(draft?.bodyHtml).toBe('<p>Pour water on it</p>');
  });

  it('goes with its department, and so does what was in it', async () => {
    state().settings.ticketsPage = 1;
    await mirror.connect();
    removeTicketsWhere(state(), ({ departmentId }) => departmentId === 1);
    state().departments.delete(1);
    later(2 * HOUR_MS);
    expect((await mirror.sync()).ended).toBeNull();
    for (const id of [1, 2, 3]) expect(here(id)?.deletedAt).not.toBeNull();
    expect(desk.deps.store.departments.all().map(({ id }) => Number(id))).toEqual([2]);
  });
});

describe('a closed ticket', () => {
  it('that is reopened is open here after the next run, with or without a message', async () => {
    await mirror.connect();
    move(2, { status: 4 });
    await mirror.sync();
    expect(here(2)).toMatchObject({ status: 4, messageCount: 1 });
    move(2, { status: 5 });
    await mirror.sync();
    const reply = { now: Math.floor(Date.now() / 1000), isStaff: false, staffId: 0, message: 'Again!' };
    for (const _ of appendReply(state(), there(2), reply)) void _;
    await mirror.sync();
    expect(here(2)).toMatchObject({ status: 3, messageCount: 2 });
  });

  it('that was made closed above a gap is found by a look at a few ids', async () => {
    await mirror.connect();
    removeTicket(state(), mirror.customerOpens('Gone', 'Gone'));
    const id = mirror.customerOpens('Made by a script', 'Hello', 5);
    asked = [];
    await mirror.sync();
    expect(here(id)).toMatchObject({ subject: 'Made by a script', status: 5 });
    expect(askedFor(/status=5/)).toEqual([]);
  });

  it('that was deleted is found by its department’s count; other departments are not listed', async () => {
    state().settings.ticketsPage = 2;
    for (let number = 0; number < 6; number++) {
      const id = mirror.customerOpens(`Closed ${number}`, 'Done', 5);
      move(id, { departmentId: (number % 2) + 1 });
    }
    await mirror.connect();
    removeTicket(state(), 5);
    asked = [];
    await mirror.sync();
    expect(here(5)?.deletedAt).not.toBeNull();
    expect(askedFor(/status=5&department_id=1/)).toHaveLength(1);
  });

  it('that moved shows at the next full scan, which takes as many runs as its budget says', async () => {
    state().settings.ticketsPage = 1;
    for (let number = 0; number < 150; number++) mirror.customerOpens(`Closed ${number}`, 'Done', 5);
    await mirror.connect();
    const moved = 120;
    move(moved, { departmentId: 2 });
    later(7 * HOUR_MS);
    asked = [];
    await mirror.sync();
    expect(askedFor(/status=5/).length).toBeLessThanOrEqual(100);
    const { scanPage } = desk.deps.store.remoteDesk.get() ?? { scanPage: 0 };
    expect(scanPage).toBeGreaterThan(50);
    // Another process goes on where this one stopped.
    const again = mirrorOf(desk);
    asked = [];
    for (let runs = 0; runs < 4; runs++) expect((await again.sync()).requests).toBeLessThanOrEqual(130);
    expect(askedFor(/status=5&department_id=1/)[0]).toContain(`page=${scanPage}&`);
    expect(here(moved)).toMatchObject({ departmentId: 2 });
    expect(desk.deps.store.remoteDesk.get()?.scanDepartmentId).toBeNull();
  });

  it('that nobody can find is not looked for in every run', async () => {
    await mirror.connect();
    // A ticket without its department's row is counted by no list that can be asked for (2.4).
    const honest = desk.deps.httpFetch;
    const lying: typeof honest = async (request, options) => {
      const answer = await honest(request, options);
      if (!answer.ok || !request.url.endsWith('/api/tickets?page=1')) return answer;
      const body = Buffer.from(answer.value.body)
        .toString()
        .replace('"total_tickets":3', '"total_tickets":4');
      return { ok: true, value: { ...answer.value, body: Buffer.from(body) } };
    };
    const misled = mirrorOf({ ...desk, deps: { ...desk.deps, httpFetch: lying } });
    await misled.sync();
    asked = [];
    expect(await misled.sync()).toMatchObject({ requests: 6, ended: null });
  });
});

describe('what a first sync brought', () => {
  it('is not asked for again when it was cut in the middle', async () => {
    state().settings.ticketsPage = 1;
    for (let number = 0; number < 60; number++) mirror.customerOpens(`Closed ${number}`, 'Done', 5);
    await mirror.connectOnly();
    onceAsked(/page=50&status=5/, () => mirror.runner.cancel());
    await mirror.sync();
    asked = [];
    expect((await mirrorOf(desk).sync()).ended).toBeNull();
    expect(askedFor(/status=5&department_id=1/).length).toBeLessThanOrEqual(35);
    expect(here(63)).toMatchObject({ status: 5, messageCount: 1 });
  });
});

describe('two tickets that look the same', () => {
  it('stay two, and the one made here is not taken for either', async () => {
    await mirror.connect();
    const twin = mirror.customerOpens('Printer 1', 'It is on fire, no. 1');
    const input = createTicketInput.parse({
      customer: { id: 1 as CustomerId },
      ...{ departmentId: 1, subject: 'Printer 1', bodyHtml: '<p>It is on fire, no. 1</p>' },
    });
    createTicketAsStaff(desk.deps, desk.ada, input);
    await mirror.sync();
    await mirror.sync();
    expect([...state().tickets.values()].filter(({ subject }) => subject === 'Printer 1')).toHaveLength(3);
    const rows = desk.deps.store.db
      .prepare("SELECT count(*) FROM tickets WHERE subject = 'Printer 1' AND deleted_at IS NULL")
      .pluck()
      .get();
    expect(rows).toBe(3);
    expect(here(twin)).toMatchObject({ messageCount: 1 });
  });
});

describe('a thread', () => {
  it('is read when its counters moved, and only then', async () => {
    await mirror.connect();
    asked = [];
    await mirror.sync();
    expect(askedFor(/messages\/show/)).toEqual([]);
    mirror.customerWrites('More smoke');
    await mirror.sync();
    expect(askedFor(/messages\/show/)).toEqual(['/api/messages/show/1?page=1']);
    expect(here(1)).toMatchObject({ messageCount: 2, status: 1 });
  });

  it('comes whole out of a server that writes one thing after the other', async () => {
    await mirror.connect();
    const seconds = Math.floor(Date.now() / 1000);
    // The ticket before its message.
    const { id } = addTicketRow(state(), {
      ...{ userId: 1, departmentId: 1, subject: 'Half', status: 1, replies: 0 },
      ...{ date: seconds, lastUpdate: seconds },
    });
    await mirror.sync();
    expect(here(id)).toMatchObject({ messageCount: 0 });
    const row = { ticketId: id, date: seconds, customer: true, staffId: 0, message: 'The other half' };
    const first = addMessageRow(state(), row);
    await mirror.sync();
    expect(here(id)).toMatchObject({ messageCount: 1 });
    // A message before the counters.
    const steps = appendReply(state(), there(id), {
      ...{ now: seconds + 1, isStaff: false, staffId: 0, message: 'And more' },
    });
    steps.next();
    await mirror.sync();
    steps.next();
    await mirror.sync();
    expect(here(id)).toMatchObject({ messageCount: 2 });
    // A file after everything.
    const content = Buffer.from('%PDF-1.4');
    state().attachments.set(9, {
      ...{ id: 9, messageId: first.id, ticketId: id, name: 'late.pdf', filetype: 'application/pdf', content },
      isFileGone: false,
    });
    asked = [];
    later(15_000);
    await mirror.sync();
    expect(askedFor(/attachments/)).toContain(`/api/attachments?msg_id=${first.id}`);
    expect(desk.deps.store.attachments.byMessage(first.id as never)).toMatchObject([{ name: 'late.pdf' }]);
  });
});

it('who sees the department that a ticket leaves on the server hears of it', async () => {
  await mirror.connect();
  const heard: number[] = [];
  desk.deps.events.subscribe(({ event }) => {
    if (event.type === 'tickets_changed') heard.push(...event.departmentIds);
  });
  move(1, { departmentId: 2 });
  await mirror.sync();
  expect([...new Set(heard)].sort()).toEqual([1, 2]);
});

describe('a department that no list has', () => {
  it('costs no ticket', async () => {
    mirror.allowOnly(
      'Get list/details of tickets.',
      'Get messages from a ticket.',
      'Get information/details of staff users.',
      'Validate staff authentication.',
    );
    await mirror.connect();
    const id = mirror.customerOpens('Elsewhere', 'Hello', 5);
    move(id, { departmentId: 2 });
    move(SECOND, { departmentId: 2 });
    later(7 * HOUR_MS);
    await mirror.sync();
    await mirror.sync();
    expect(here(id)).toMatchObject({ departmentId: 2 });
    expect(here(SECOND)).toMatchObject({ departmentId: 2 });
  });
});
