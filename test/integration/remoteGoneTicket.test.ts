import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteAttachment } from '../../electron/core/services/attachmentRemoval.ts';
import { removeDepartment } from '../../electron/core/services/departmentAdmin.ts';
import { getDraft, saveDraft } from '../../electron/core/services/drafts.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { addNote, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { updateTickets } from '../../electron/core/services/ticketChanges.ts';
import { ticketDetail } from '../../electron/core/services/ticketReader.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { decideMany } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { saveDraftInput } from '../../shared/contract/drafts.ts';
import { noteInput, replyInput, type TicketChange } from '../../shared/contract/tickets.ts';
import type { DepartmentId, TicketId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { removeTicket, removeTicketsWhere } from '../fakes/helpdeskz/state.ts';
import { backUp } from '../support/backUp.ts';
import { loseAnswerOf } from '../support/lostAnswer.ts';
import { eachMirror, FIRST } from '../support/mirror.ts';
import { openRemoteApi, type RemoteApi } from '../support/remoteApi.ts';

const HOUR_MS = 3_600_000;
const SECOND = 2 as TicketId;
const THIRD = 3 as TicketId;
const GONE = { ok: false, error: { code: 'ticket_gone_on_server' } };

let laterMs = 0;
const { desk, mirror } = eachMirror({ clock: { now: () => Date.now() + laterMs } });
beforeEach(() => {
  laterMs = 0;
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const state = () => desk.server.state;
const here = (id = FIRST) => desk.deps.store.tickets.byId(id);
const detail = (id = FIRST) => value(ticketDetail(desk.deps, desk.ada, id, null));
const outbox = () => listOutbox(desk.deps);
const set = (change: TicketChange, ...ticketIds: TicketId[]) =>
  updateTickets(desk.deps, desk.ada, { ticketIds, change });
const restore = async (...ids: TicketId[]) => value(await restoreTickets(desk.deps, desk.ada, ids));

/** The server deletes it, and this desk hears of it. */
async function goes(id = FIRST): Promise<void> {
  removeTicket(state(), id);
  await mirror.sync();
}

/** The same, and somebody takes it out of the trash. */
async function goesAndIsRestored(): Promise<void> {
  await goes();
  await restore(FIRST);
}

/** Nothing waits, nothing is there, and the ticket is where its reader left it. */
async function expectHereOnly(): Promise<void> {
  expect(outbox()).toEqual([]);
  expect((await mirror.sync()).ended).toBeNull();
  expect(outbox()).toEqual([]);
  expect(here()?.deletedAt).toBeNull();
  expect([...state().tickets.keys()]).not.toContain(1);
}

describe('a ticket that the server has deleted', () => {
  it('says so in the trash, and still does once it is taken out of it', async () => {
    await goes();
    expect(detail().ticket).toMatchObject({ deletedAt: expect.any(Number), isGone: true });
    expect(detail(SECOND).ticket.isGone).toBe(false);
    await restore(FIRST);
    expect(detail().ticket).toMatchObject({ deletedAt: null, isGone: true });
    expect(detail().messages).toMatchObject([{ preview: 'It is on fire, no. 1' }]);
    await expectHereOnly();
  });

  it('takes no answer, and the draft of one stays', async () => {
    await goesAndIsRestored();
    const draft = { ticketId: FIRST, kind: 'reply', bodyHtml: '<p>Pour water on it</p>' };
    const saved = saveDraftInput.parse({ ...draft, draftId: null, uploadIds: [] });
    const { id: draftId } = value(saveDraft(desk.deps, desk.ada, saved));
    const reply = replyInput.parse({ ...draft, draftId, close: true });
    expect(replyAsStaff(desk.deps, desk.ada, reply)).toMatchObject(GONE);
    expect(getDraft(desk.deps, desk.ada, FIRST, 'reply')).toMatchObject({ bodyHtml: draft.bodyHtml });
    expect(detail().messages).toHaveLength(1);
    await expectHereOnly();
  });

  it.each<[string, TicketChange]>([
    ['status', { status: 5 }],
    ['department', { departmentId: 2 as DepartmentId }],
    ['status, and nothing else of the same change', { status: 5, priority: 6 }],
  ])('keeps its %s', async (_, change) => {
    await goesAndIsRestored();
    expect(await set(change, FIRST)).toMatchObject(GONE);
    expect(here()).toMatchObject({ status: 1, departmentId: 1, priority: 1 });
    await expectHereOnly();
  });

  it('takes what is this desk’s alone: notes, priority, tags, a subject, and a status that it has', async () => {
    await goesAndIsRestored();
    const bodyHtml = '<p>Ann called</p>';
    value(addNote(desk.deps, desk.ada, noteInput.parse({ ticketId: FIRST, bodyHtml })));
    value(await set({ status: 1, priority: 6, addTags: ['vip'], subject: 'Fire' }, FIRST));
    expect(detail()).toMatchObject({
      ticket: { priority: 6, tags: ['vip'], subject: 'Fire' },
      notes: [{ bodyHtml }],
    });
    await expectHereOnly();
  });

  it('is passed over in a change of many, which is refused when nothing is left of it', async () => {
    await goesAndIsRestored();
    expect(value(await set({ status: 4 }, FIRST, THIRD)).changedTickets).toBe(1);
    expect([here()?.status, here(THIRD)?.status]).toEqual([1, 4]);
    await goes(SECOND);
    await restore(SECOND);
    expect(await set({ status: 4 }, FIRST, SECOND)).toMatchObject(GONE);
    expect([here()?.status, here(SECOND)?.status]).toEqual([1, 5]);
  });

  it('keeps a change that had arrived when it is undone, and the others of the same act go back', async () => {
    const alone = value(await set({ departmentId: 2 as DepartmentId }, FIRST));
    const { groupId } = value(await set({ status: 4 }, FIRST, THIRD));
    await mirror.sync();
    await goesAndIsRestored();
    expect(value(await undoGroup(desk.deps, desk.ada, groupId)).changedTickets).toBe(1);
    expect([here()?.status, here(THIRD)?.status]).toEqual([4, 2]);
    await mirror.sync();
    expect(await undoGroup(desk.deps, desk.ada, alone.groupId)).toMatchObject(GONE);
    await expectHereOnly();
  });

  it('goes along when its department is emptied here', async () => {
    await goesAndIsRestored();
    const parts = { deps: desk.deps, jobs: createJobs(desk.deps) };
    value(await removeDepartment(parts, desk.ada, 1 as DepartmentId, 2 as DepartmentId));
    expect(here()?.departmentId).toBe(2);
    expect(outbox().filter(({ ticketId }) => ticketId === FIRST)).toEqual([]);
  });

  it('keeps the department that the server deleted with it, or it would be in no list', async () => {
    removeTicketsWhere(state(), ({ departmentId }) => departmentId === 1);
    state().departments.delete(1);
    laterMs += 2 * HOUR_MS;
    await mirror.sync();
    const departments = () => desk.deps.store.departments.all().map(({ id }) => Number(id));
    expect(departments()).not.toContain(1);
    await restore(FIRST);
    laterMs += 2 * HOUR_MS;
    await mirror.sync();
    expect(departments()).toContain(1);
    await set({ priority: 1 }, FIRST);
    await expectHereOnly();
  });

  it('gives a file that is taken off it back, and asks the server nothing', async () => {
    await mirror.replyWith({ name: 'dot.gif', content: Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1') });
    await mirror.sync();
    await goesAndIsRestored();
    const [attached] = detail().messages.flatMap(({ attachments }) => attachments);
    if (!attached) throw new Error('no file');
    const { groupId, isWaiting } = value(deleteAttachment(desk.deps, desk.ada, attached.id));
    expect([isWaiting, detail().ticket.attachmentCount]).toEqual([false, 0]);
    value(await undoGroup(desk.deps, desk.ada, groupId));
    expect(detail().ticket.attachmentCount).toBe(1);
    await expectHereOnly();
  });
});

describe('what waits for a ticket when the server deletes it', () => {
  const decide = (decision: 'send' | 'discard') =>
    decideMany(desk.deps, desk.ada, { ids: outbox().map(({ id }) => id), decision });

  it('is in conflict and can only be discarded; the ticket is as the server had it last', async () => {
    await set({ status: 5 }, FIRST);
    await goes();
    expect(outbox()).toMatchObject([
      {
        state: 'conflict',
        reason: 'The server has deleted this ticket.',
        decisions: ['discard'],
        edit: null,
      },
    ]);
    expect(here()?.status).toBe(1);
    await restore(FIRST);
    const { undoGroupId } = await decide('discard');
    expect(await undoGroup(desk.deps, desk.ada, undoGroupId ?? '')).toMatchObject(GONE);
    expect(here()?.status).toBe(1);
    await expectHereOnly();
  });

  it('is no longer looked for: a reply whose answer was lost says why it stays', async () => {
    value(mirror.reply('<p>Pour water on it</p>'));
    loseAnswerOf(desk, '/messages/create', () => removeTicket(state(), FIRST));
    await mirror.sync();
    expect(outbox()).toMatchObject([{ state: 'conflict', decisions: ['discard'] }]);
    await decide('discard');
    await restore(FIRST);
    expect(getDraft(desk.deps, desk.ada, FIRST, 'reply')?.bodyHtml).toContain('Pour water on it');
    await expectHereOnly();
  });

  it('can be sent when the server has it again, and so can everything else', async () => {
    const restoreServer = backUp(state());
    value(mirror.reply('<p>Pour water on it</p>'));
    await desk.goOffline();
    await mirror.sync();
    await desk.goOnline();
    removeTicket(state(), FIRST);
    await mirror.runner.runNow();
    await restore(FIRST);
    expect(outbox()).toMatchObject([{ state: 'conflict', decisions: ['discard'] }]);
    restoreServer();
    await mirror.runner.runNow();
    expect(outbox()).toMatchObject([
      { reason: 'The server had deleted this ticket, and has it again.', decisions: ['send', 'discard'] },
    ]);
    expect(detail().ticket).toMatchObject({ isGone: false, deletedAt: null });
    await decide('send');
    value(await set({ status: 4 }, FIRST));
    await mirror.runner.runNow();
    expect(outbox()).toEqual([]);
    expect(mirror.thread().map(({ message }) => message)).toEqual([
      expect.stringContaining('on fire'),
      expect.stringContaining('Pour water on it'),
    ]);
    expect(state().tickets.get(1)?.status).toBe(4);
  });
});

describe('a script at the local API', () => {
  let api: RemoteApi;
  beforeEach(async () => {
    api = await openRemoteApi(desk.deps);
  });
  afterEach(() => api.close());

  it('is told about it what the server tells about any ticket it does not have', async () => {
    await goesAndIsRestored();
    const answer = { ticket_id: 1, message: '<p>Late</p>', replier: 'staff', staff_id: 1 };
    const refused = { error: 1, message: 'Ticket not found.' };
    expect(await api.post('messages/create', answer)).toEqual(refused);
    expect(await api.post('messages/create', { ...answer, replier: 'user' })).toEqual(refused);
    expect(await api.post('tickets/update/1', { status: 5 })).toEqual(refused);
    expect(await api.post('tickets/update/1', { department_id: 2 })).toEqual(refused);
    expect(await api.read('tickets/show/1')).toMatchObject({
      success: 1,
      ticket: { status: '1', replies: '0' },
    });
    expect(await api.post('tickets/update/1', { status: 1 })).toMatchObject({ success: 1 });
    await expectHereOnly();
    expect(await api.post('tickets/delete/1', {})).toMatchObject({ success: 1 });
    expect(outbox()).toEqual([]);
    expect(here()?.deletedAt).not.toBeNull();
  });
});
