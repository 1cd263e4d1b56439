import { describe, expect, it } from 'vitest';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTicketNow } from '../../electron/core/services/ticketChanges.ts';
import { ticketDetail, ticketRows } from '../../electron/core/services/ticketReader.ts';
import { decideMany, decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { outboxDetail } from '../../electron/core/sync/outbox/outboxDetail.ts';
import { editOutbox, takeBack } from '../../electron/core/sync/outbox/outboxEdit.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import type { OutboxDecision } from '../../shared/contract/sync.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { MessageId, TicketId } from '../../shared/model/ids.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';

const THIRD = 3 as TicketId;

const { desk, mirror } = eachMirror();

const items = () => listOutbox(desk.deps);
const only = () => {
  const [item, ...others] = items();
  if (!item || others.length > 0) throw new Error(`${others.length + 1} wait`);
  return item;
};
const detail = () => {
  const found = outboxDetail(desk.deps, only().id);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};
const decide = (decision: OutboxDecision, id = only().id) =>
  decideOutbox(desk.deps, desk.ada, { id, decision });
const onServer = (id = 1) => desk.server.state.tickets.get(id);
const messagesShown = () => {
  const found = ticketDetail(desk.deps, desk.ada, FIRST, null);
  if (!found.ok) throw new Error(found.error.code);
  return found.value.messages;
};

/** A reply whose answer was lost before anything arrived. */
function unsure(bodyHtml: string, close = false): MessageId {
  const written = mirror.reply(bodyHtml, close);
  if (!written.ok) throw new Error(written.error.code);
  const { outbox } = desk.deps.store;
  outbox.begin(only().id, Date.now());
  outbox.set(only().id, 'uncertain', 'HTTP 500, not an answer of HelpDeskZ’s API');
  return written.value.messageId;
}

const row = () => {
  const found = desk.deps.store.outbox.byId(only().id);
  if (!found) throw new Error('nothing waits');
  return found;
};

function copyOf(id: MessageId): MessageId {
  const message = desk.deps.store.messages.byId(id);
  if (!message) throw new Error('no message');
  return desk.deps.store.messages.insert(message);
}

describe('a thread that has grown', () => {
  it('is shown with what came, and the reply goes without closing', async () => {
    mirror.reply('<p>Done, I close this</p>', true);
    mirror.customerWrites('Wait, one more');
    await mirror.sync();
    expect(detail()).toMatchObject({
      item: { state: 'held', isReview: true, decisions: ['send', 'leave_open', 'discard'], edit: 'text' },
      actorName: 'Ada',
      closes: true,
      news: [{ author: 'customer', authorName: "Ann O'Lee" }],
      unread: 0,
    });
    expect(detail().asideAt).not.toBeNull();
    await decide('leave_open');
    await mirror.sync();
    expect(items()).toEqual([]);
    expect(mirror.thread()).toHaveLength(3);
    expect(onServer()?.status).not.toBe(5);
  });

  it('holds a plain reply only where the desk wants that, and sends it when told to', async () => {
    mirror.reply('<p>First</p>');
    mirror.customerWrites('Meanwhile');
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(3);
    desk.deps.store.settings.set({ holdsReplies: true });
    mirror.reply('<p>Second</p>');
    mirror.customerWrites('Meanwhile again');
    await mirror.sync();
    expect(only()).toMatchObject({ state: 'held', isReview: true, decisions: ['send', 'discard'] });
    await decide('send');
    await mirror.sync();
    expect(items()).toEqual([]);
    expect(mirror.thread()).toHaveLength(5);
  });
});

describe('changing what has not left', () => {
  it('a status in conflict takes a third value, with base, mine and theirs shown before', async () => {
    updateTicketNow(desk.deps, desk.ada, THIRD, { status: 5 });
    const third = onServer(3);
    if (third) third.status = 4;
    await mirror.sync();
    expect(detail().fields).toEqual([
      { name: 'Status', base: 'Answered', mine: 'Closed', theirs: 'In progress' },
    ]);
    expect(editOutbox(desk.deps, desk.ada, { ids: [only().id], change: { status: 1 } })).toMatchObject({
      value: { done: 1 },
    });
    expect(desk.deps.store.tickets.byId(THIRD)?.status).toBe(1);
    await mirror.sync();
    expect(onServer(3)?.status).toBe(1);
    expect(items()).toEqual([]);
  });

  it('the first of two changes of one field: the second still builds on it', async () => {
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 4 });
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 5 });
    const [first] = items();
    editOutbox(desk.deps, desk.ada, { ids: [first?.id ?? 0], change: { status: 3 } });
    expect(desk.deps.store.tickets.byId(FIRST)?.status).toBe(5);
    await mirror.sync();
    expect(items()).toEqual([]);
    expect(onServer()?.status).toBe(5);
  });

  it('a department only of what has one, and only one that is there', () => {
    updateTicketNow(desk.deps, desk.ada, FIRST, { status: 4 });
    const ids = [only().id];
    expect(editOutbox(desk.deps, desk.ada, { ids, change: { departmentId: 2 as never } })).toMatchObject({
      error: { code: 'decision_late' },
    });
    expect(editOutbox(desk.deps, desk.ada, { ids, change: { departmentId: 99 as never } })).toMatchObject({
      error: { code: 'department_not_found', field: 'departmentId' },
    });
  });

  it('a refused reply goes back into the composer, and as another one it goes out', async () => {
    mirror.allowOnly('Get list/details of tickets.', 'Get messages from a ticket.');
    mirror.reply('<p>Not like this</p>');
    await mirror.sync();
    expect(only()).toMatchObject({ state: 'rejected', decisions: ['retry', 'discard'], edit: 'text' });
    const taken = await takeBack(desk.deps, desk.ada, only().id);
    expect(taken).toMatchObject({ value: { ticketId: FIRST } });
    const draft = desk.deps.store.drafts.byTicket(FIRST, desk.ada.staffId, 'reply');
    expect(draft?.bodyHtml).toContain('Not like this');
    expect(items()).toEqual([]);
    expect(mirror.thread()).toHaveLength(1);
  });

  it('a ticket that was not made goes back into its form, with its files; one in use does not', async () => {
    const input = createTicketInput.parse({
      customer: { email: 'bob@mail.example', name: 'Bob' },
      departmentId: 2,
      subject: 'Called in',
      bodyHtml: '<p>By phone</p>',
    });
    const made = createTicketAsStaff(desk.deps, desk.ada, input);
    if (!made.ok) throw new Error(made.error.code);
    const { ticketId } = made.value;
    const create = () => items().find(({ kind }) => kind === 'create_ticket')?.id ?? 0;
    replyAsStaff(desk.deps, desk.ada, replyInput.parse({ ticketId, bodyHtml: '<p>And more</p>' }));
    expect(await takeBack(desk.deps, desk.ada, create())).toMatchObject({ error: { code: 'ticket_in_use' } });
    await decide('discard', items().find(({ kind }) => kind === 'reply')?.id);
    const taken = await takeBack(desk.deps, desk.ada, create());
    if (!taken.ok || taken.value.draftId === null) throw new Error('no draft');
    expect(desk.deps.store.drafts.byId(taken.value.draftId, desk.ada.staffId)).toMatchObject({
      kind: 'new_ticket',
      newTicket: { subject: 'Called in', customerEmail: 'bob@mail.example', departmentId: 2 },
    });
    await mirror.sync();
    expect(desk.server.state.tickets.size).toBe(3);
  });
});

describe('the order', () => {
  it('of tickets can be changed, within a ticket it stays', async () => {
    mirror.reply('<p>One</p>');
    updateTicketNow(desk.deps, desk.ada, THIRD, { status: 4 });
    updateTicketNow(desk.deps, desk.ada, THIRD, { status: 5 });
    const last = items().at(-1);
    expect(last).toMatchObject({ ticketId: THIRD, detail: 'Closed' });
    await decide('first', last?.id);
    expect(items().map(({ detail: text }) => text)).toEqual(['In progress', 'Closed', 'One']);
    expect(desk.deps.store.outbox.nextToSend(Date.now())).toMatchObject({ ticketId: THIRD });
    await mirror.sync();
    expect(items()).toEqual([]);
    expect(onServer(3)?.status).toBe(5);
  });
});

describe('an operation of unknown fate', () => {
  it('shows what was looked for and found; said to be there, the server’s copy stays', async () => {
    // Two alike, and the server has one without a marker: nobody can tell which it is.
    const id = unsure('<p>Did it arrive?</p>', true);
    desk.deps.store.outbox.insert({ ...row(), groupId: 'another', messageId: copyOf(id) });
    for (const { id: each } of items()) desk.deps.store.outbox.set(each, 'uncertain', 'HTTP 500');
    expect(ticketRows(desk.deps, desk.ada, [FIRST])[0]?.sending).toBe('unsure');
    mirror.staffWrites('<p>Did it <i>arrive</i>?</p>');
    await mirror.sync();
    const [first, second] = items();
    const found = outboxDetail(desk.deps, first?.id ?? 0);
    expect(found).toMatchObject({ value: { evidence: { lookedAt: expect.any(Number), sawAll: true } } });
    expect(found.ok && found.value.evidence?.alike).toMatchObject([{ author: 'staff', authorName: 'Ada' }]);
    await decide('arrived', first?.id);
    expect(desk.deps.store.messages.byId(id)?.deletedAt).not.toBeNull();
    // That copy is the first one now: the second is not said to be it as well.
    desk.deps.store.outbox.set(second?.id ?? 0, 'uncertain', 'HTTP 500');
    const other = outboxDetail(desk.deps, second?.id ?? 0);
    expect(other.ok && other.value.evidence?.alike).toEqual([]);
    desk.deps.store.outbox.remove(second?.id ?? 0);
    expect(only()).toMatchObject({ kind: 'set_status', detail: 'Closed' });
    await mirror.sync();
    expect(onServer()?.status).toBe(5);
    expect(mirror.thread()).toHaveLength(2);
  });

  it('said to be there and not found: it stays, is never sent again, and the search for it can end', async () => {
    const id = unsure('<p>Surely there</p>');
    await decide('arrived');
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(1);
    expect(only()).toMatchObject({ state: 'sent', decisions: ['discard'] });
    await decide('discard');
    expect(items()).toEqual([]);
    expect(desk.deps.store.messages.byId(id)?.deletedAt).toBeNull();
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(1);
  });

  it('is sent again only when told to', async () => {
    unsure('<p>Again</p>');
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(1);
    await decide('send');
    await mirror.sync();
    expect(mirror.thread()).toHaveLength(2);
    expect(items()).toEqual([]);
  });
});

describe('what the server made of a message', () => {
  it.each<[string, string, string[]]>([
    ['characters', '<p>Fine 👍</p>', ['characters']],
    ['its end', `<p>${'word '.repeat(16_000)}</p>`, ['cut']],
  ])('%s: shown, with the text as it was sent', async (_name, bodyHtml, differences) => {
    mirror.reply(bodyHtml);
    await mirror.sync();
    await decide('send');
    await mirror.sync();
    expect(items()).toEqual([]);
    expect(mirror.thread()).toHaveLength(2);
    expect(messagesShown().map(({ asStored }) => asStored)).toEqual([
      null,
      { differences, missingFiles: [], sentHtml: bodyHtml },
    ]);
  });

  it('a file that it dropped is named, once nobody asks for it any more', async () => {
    const written = mirror.reply('<p>See the file</p>');
    if (!written.ok) throw new Error(written.error.code);
    const { store } = desk.deps;
    const { messageId } = written.value;
    const file = { name: 'plan.exe', mediaType: 'text/plain', sizeBytes: 4, sha256: 'a'.repeat(64) };
    await mirror.sync();
    store.attachments.insert({
      ...file,
      ...{ ticketId: FIRST, messageId, contentId: null, isInline: false, createdAt: Date.now() },
    });
    expect(messagesShown()[1]?.asStored).toBeNull();
    store.remoteFiles.checked(messageId);
    expect(messagesShown()[1]?.asStored).toEqual({
      differences: ['files'],
      missingFiles: ['plan.exe'],
      sentHtml: null,
    });
  });
});

it('many are decided at once; what has moved on meanwhile is told', async () => {
  for (const ticketId of [FIRST, THIRD]) updateTicketNow(desk.deps, desk.ada, ticketId, { status: 5 });
  for (const id of [1, 3]) {
    const ticket = onServer(id);
    if (ticket) ticket.status = 4;
  }
  await mirror.sync();
  const ids = items().map(({ id }) => id);
  expect(await decideMany(desk.deps, desk.ada, { ids: [...ids, 999], decision: 'send' })).toMatchObject({
    done: 2,
    refused: { code: 'not_found' },
  });
  await mirror.sync();
  expect([onServer(1)?.status, onServer(3)?.status]).toEqual([5, 5]);
});
