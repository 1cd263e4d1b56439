import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { deleteCustomer } from '../../electron/core/services/customerRemoval.ts';
import { createCustomer } from '../../electron/core/services/customers.ts';
import { deleteDepartment } from '../../electron/core/services/departments.ts';
import { addUpload, discardDraft, getDraft, saveDraft } from '../../electron/core/services/drafts.ts';
import { purgeTickets } from '../../electron/core/services/purge.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import { addNote, createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { trashTickets, updateTickets } from '../../electron/core/services/ticketChanges.ts';
import {
  customerTickets,
  customerWithCounts,
  queueCounts,
  ticketDetail,
  ticketHistory,
} from '../../electron/core/services/ticketReader.ts';
import { addMessage, createTicket } from '../../electron/core/services/ticketWriter.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { createTicketInput, noteInput, replyInput } from '../../shared/contract/tickets.ts';
import type { DraftId, TicketId, UploadId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.field ?? ''}`);
  return result.value;
}
function code(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

function newTicket(department = desk.departments[0]): TicketId {
  return value(
    createTicket(
      desk.deps,
      { kind: 'system', name: 'test' },
      {
        customerId: desk.customer,
        departmentId: department,
        subject: 'Printer jams',
        bodyHtml: '<p>It jams every time</p>',
        author: { kind: 'customer' },
        source: 'api',
      },
    ),
  ).ticketId;
}
const detail = (id: TicketId) => value(ticketDetail(desk.deps, desk.admin, id, null));
const ticket = (id: TicketId) => detail(id).ticket;
const reply = (id: TicketId, bodyHtml: string, extra: object = {}) =>
  replyAsStaff(desk.deps, desk.agent, replyInput.parse({ ticketId: id, bodyHtml, ...extra }));

async function upload(name = 'log.txt', text = 'hello'): Promise<UploadId> {
  const content = Readable.from([Buffer.from(text)]);
  return value(await addUpload(desk.deps, desk.agent, { name, mediaType: 'text/plain', content })).id;
}

describe('a reply', () => {
  it('answers the ticket, keeps the purified text and tells the windows after the commit', () => {
    const id = newTicket();
    desk.events.length = 0;
    const sent = value(reply(id, '<p>Open tray two</p><script>x()</script>'));
    const { ticket: row, messages } = detail(id);
    expect(row).toMatchObject({ status: 2, lastReplier: 'staff', messageCount: 2, preview: 'Open tray two' });
    expect(messages.at(-1)).toMatchObject({
      id: sent.messageId,
      author: 'staff',
      bodyHtml: '<p>Open tray two</p>',
    });
    expect(desk.events).toContain('tickets_changed');
  });

  it('closes from any status when asked', () => {
    const id = newTicket();
    value(reply(id, '<p>Done</p>', { close: true }));
    expect(ticket(id).status).toBe(5);
  });

  it('takes its draft and files with it in one step, and can not be sent twice', async () => {
    const id = newTicket();
    const file = await upload();
    const body = `<p>See <img src="/files/uploads/${file}" /></p>`;
    const draft = value(
      saveDraft(desk.deps, desk.agent, {
        draftId: null,
        ticketId: id,
        kind: 'reply',
        bodyHtml: body,
        newTicket: null,
        uploadIds: [file],
      }),
    );
    value(reply(id, body, { draftId: draft.id, uploadIds: [file] }));
    const last = detail(id).messages.at(-1);
    expect(last?.attachments).toHaveLength(1);
    expect(last?.bodyHtml).toContain(`src="/files/attachments/${last?.attachments[0]?.id}"`);
    expect(getDraft(desk.deps, desk.agent, id, 'reply')).toBeNull();
    expect(code(reply(id, body, { draftId: draft.id }))).toBe('draft_not_found');
    expect(detail(id).messages).toHaveLength(2);
  });

  it('stops when the customer wrote something unseen, and loses nothing', () => {
    const id = newTicket();
    const seenMessageId = detail(id).messages.at(-1)?.id ?? null;
    value(
      addMessage(
        desk.deps,
        { kind: 'system', name: 'test' },
        { ticketId: id, author: { kind: 'customer' }, bodyHtml: 'Never mind!', source: 'mail' },
      ),
    );
    const stopped = reply(id, '<p>Try this</p>', { seenMessageId });
    expect(stopped).toMatchObject({
      ok: false,
      error: { code: 'newer_messages', details: { newerMessages: 1 } },
    });
    expect(code(reply(id, '<p>Try this</p>', { seenMessageId, sendAnyway: true }))).toBe('ok');
  });

  it('refuses an empty one, a foreign ticket and a foreign file', async () => {
    const id = newTicket();
    expect(code(reply(id, '<p> <br></p>'))).toBe('body_missing');
    expect(code(reply(newTicket(desk.departments[1]), '<p>Hi</p>'))).toBe('ticket_not_found');
    expect(code(reply(id, '<p>Hi</p>', { uploadIds: [99] }))).toBe('upload_not_found');
  });
});

describe('undo', () => {
  it('takes a reply back into the composer with its files and puts the status back', async () => {
    const id = newTicket();
    const file = await upload('shot.png');
    const sent = value(reply(id, `<p>Look <img src="/files/uploads/${file}" /></p>`, { uploadIds: [file] }));
    const undone = value(await undoGroup(desk.deps, desk.agent, sent.groupId));
    expect(ticket(id)).toMatchObject({ status: 1, messageCount: 1, attachmentCount: 0 });
    const draft = getDraft(desk.deps, desk.agent, id, 'reply');
    expect(draft?.id).toBe(undone.restoredDraftId);
    expect(draft?.uploads.map((item) => item.name)).toEqual(['shot.png']);
    expect(draft?.bodyHtml).toContain(`/files/uploads/${draft?.uploads[0]?.id}`);
    expect(code(await undoGroup(desk.deps, desk.agent, sent.groupId))).toBe('cannot_undo');
  });

  it('keeps what was typed since below the text that comes back', async () => {
    const id = newTicket();
    const sent = value(reply(id, '<p>First</p>'));
    value(
      saveDraft(desk.deps, desk.agent, {
        draftId: null,
        ticketId: id,
        kind: 'reply',
        bodyHtml: '<p>Second</p>',
        newTicket: null,
        uploadIds: [],
      }),
    );
    value(await undoGroup(desk.deps, desk.agent, sent.groupId));
    expect(getDraft(desk.deps, desk.agent, id, 'reply')?.bodyHtml).toBe('<p>First</p><p>Second</p>');
  });

  it('restores every changed field of a group, but leaves what someone changed since', async () => {
    const [first, second] = [newTicket(), newTicket()];
    const done = value(
      await updateTickets(desk.deps, desk.admin, {
        ticketIds: [first, second],
        change: { status: 5, priority: 4, assigneeId: desk.agent.staffId, addTags: ['vip'] },
      }),
    );
    expect(done.changedTickets).toBe(2);
    await updateTickets(desk.deps, desk.admin, { ticketIds: [second], change: { status: 3 } });
    value(await undoGroup(desk.deps, desk.admin, done.groupId));
    expect(ticket(first)).toMatchObject({ status: 1, priority: 1, assigneeId: null, tags: [] });
    expect(ticket(second)).toMatchObject({ status: 3, priority: 1, assigneeId: null, tags: [] });
  });

  it('can itself be undone', async () => {
    const id = newTicket();
    const done = value(
      await updateTickets(desk.deps, desk.admin, { ticketIds: [id], change: { status: 4 } }),
    );
    value(await undoGroup(desk.deps, desk.admin, done.groupId));
    const inverse = value(ticketHistory(desk.deps, desk.admin, id))[0];
    value(await undoGroup(desk.deps, desk.admin, inverse?.groupId ?? ''));
    expect(ticket(id).status).toBe(4);
  });

  it('never takes back what a customer wrote', async () => {
    const id = newTicket();
    const added = value(
      addMessage(
        desk.deps,
        { kind: 'customer', customerId: desk.customer, name: 'Ann' },
        { ticketId: id, author: { kind: 'customer' }, bodyHtml: 'More', source: 'mail' },
      ),
    );
    expect(code(await undoGroup(desk.deps, desk.admin, added.groupId))).toBe('cannot_undo');
    expect(detail(id).messages).toHaveLength(2);
  });

  it('takes a colleague’s words back for administrators only, and tells their composer', async () => {
    const id = newTicket();
    const sent = value(
      replyAsStaff(desk.deps, desk.admin, replyInput.parse({ ticketId: id, bodyHtml: '<p>By Ada</p>' })),
    );
    const isOffered = (actor: StaffActor) => value(ticketHistory(desk.deps, actor, id))[0]?.canUndo;
    expect([isOffered(desk.agent), isOffered(desk.admin)]).toEqual([false, true]);
    expect(code(await undoGroup(desk.deps, desk.agent, sent.groupId))).toBe('cannot_undo');
    expect(detail(id).messages).toHaveLength(2);
    const own = value(reply(id, '<p>By Sam</p>'));
    const told: unknown[] = [];
    desk.deps.events.subscribe(({ event }) => event.type === 'drafts_changed' && told.push(event.staffId));
    value(await undoGroup(desk.deps, desk.admin, own.groupId));
    expect(told).toEqual([desk.agent.staffId]);
    expect(getDraft(desk.deps, desk.agent, id, 'reply')?.bodyHtml).toBe('<p>By Sam</p>');
  });

  it('brings back what one moved out of one’s own sight, and nothing of others’ departments', async () => {
    const id = newTicket();
    const change = { departmentId: desk.departments[2], status: 4 as const, subject: 'Moved' };
    const moved = value(await updateTickets(desk.deps, desk.agent, { ticketIds: [id], change }));
    expect(code(ticketDetail(desk.deps, desk.agent, id, null))).toBe('ticket_not_found');
    value(await undoGroup(desk.deps, desk.agent, moved.groupId));
    expect(ticket(id)).toMatchObject({
      departmentId: desk.departments[0],
      status: 1,
      subject: 'Printer jams',
    });
    const ids = [id, newTicket(desk.departments[1])];
    const both = value(
      await updateTickets(desk.deps, desk.admin, { ticketIds: ids, change: { priority: 5 } }),
    );
    expect(code(await undoGroup(desk.deps, desk.agent, both.groupId))).toBe('cannot_undo');
    value(await undoGroup(desk.deps, desk.admin, both.groupId));
    expect(ids.map((one) => ticket(one).priority)).toEqual([1, 1]);
  });

  it('puts nothing back into a department that is gone', async () => {
    const id = newTicket(desk.departments[1]);
    const change = { departmentId: desk.departments[0] };
    const moved = value(await updateTickets(desk.deps, desk.admin, { ticketIds: [id], change }));
    value(await deleteDepartment(desk.deps, desk.admin, desk.departments[1]));
    expect(code(await undoGroup(desk.deps, desk.admin, moved.groupId))).toBe('cannot_undo');
    expect(ticket(id)).toMatchObject({ departmentId: desk.departments[0], deletedAt: null });
  });

  it('returns a note to its writer', async () => {
    const id = newTicket();
    const done = value(
      addNote(desk.deps, desk.agent, noteInput.parse({ ticketId: id, bodyHtml: '<p>Rude</p>' })),
    );
    expect(detail(id).notes).toHaveLength(1);
    value(await undoGroup(desk.deps, desk.agent, done.groupId));
    expect(detail(id).notes).toHaveLength(0);
    expect(getDraft(desk.deps, desk.agent, id, 'note')?.bodyHtml).toBe('<p>Rude</p>');
  });
});

describe('trash', () => {
  it('hides a ticket from queues and counts, and restore brings it back as it was', async () => {
    const id = newTicket();
    const done = value(await trashTickets(desk.deps, desk.agent, [id]));
    expect(queueCounts(desk.deps, desk.admin)).toMatchObject({ open: 0, trash: 1 });
    expect(code(reply(id, '<p>Hi</p>'))).toBe('ticket_not_found');
    value(await undoGroup(desk.deps, desk.agent, done.groupId));
    expect(queueCounts(desk.deps, desk.admin)).toMatchObject({ open: 1, trash: 0 });
    value(await trashTickets(desk.deps, desk.agent, [id]));
    value(await restoreTickets(desk.deps, desk.agent, [id]));
    expect(ticket(id).deletedAt).toBeNull();
  });

  it('gives a deleted customer’s tickets to the account that has the address now', async () => {
    const ids = [newTicket(), newTicket()];
    value(await deleteCustomer(desk.deps, desk.admin, desk.customer));
    const { email } = desk.deps.store.customers.byId(desk.customer) ?? { email: '' };
    const again = value(createCustomer(desk.deps, desk.admin, { name: 'Ann again', email }));
    expect(value(await restoreTickets(desk.deps, desk.admin, ids)).changedTickets).toBe(2);
    expect(ids.map((id) => detail(id).customer.id)).toEqual([again, again]);
    expect(detail(ids[0] as TicketId).customer.openTickets).toBe(2);
    expect(desk.deps.store.customers.ticketCounts(desk.customer, 'all')).toEqual({ open: 0, total: 0 });
  });

  it('purges only what lies in it: rows, before-values and unused files', async () => {
    const id = newTicket();
    const kept = newTicket();
    const [own, shared] = [await upload('own.txt', 'own'), await upload('shared.txt', 'shared')];
    value(reply(id, '<p>Both</p>', { uploadIds: [own, shared] }));
    value(reply(kept, '<p>One</p>', { uploadIds: [await upload('shared.txt', 'shared')] }));
    const hashes = desk.deps.store.attachments.byTicket(id).map((file) => file.sha256);
    expect(code(await purgeTickets(desk.deps, desk.admin, [id]))).toBe('ticket_not_found');
    value(await updateTickets(desk.deps, desk.admin, { ticketIds: [id], change: { subject: 'Secret' } }));
    value(await trashTickets(desk.deps, desk.admin, [id]));
    expect(value(await purgeTickets(desk.deps, desk.admin, [id]))).toEqual({ purged: 1, queued: 0 });
    expect(await Promise.all(hashes.map((sha256) => desk.deps.files.has(sha256)))).toEqual([false, true]);
    const log = desk.deps.store.db.prepare(
      "SELECT count(*) AS n FROM operations WHERE payload LIKE '%Secret%' OR before LIKE '%Printer%'",
    );
    expect(log.get()).toEqual({ n: 0 });
    expect(code(ticketDetail(desk.deps, desk.admin, id, null))).toBe('ticket_not_found');
  });
});

describe('scope', () => {
  it('hides other departments from an agent, also for writing', async () => {
    const id = newTicket(desk.departments[2]);
    expect(code(ticketDetail(desk.deps, desk.agent, id, null))).toBe('ticket_not_found');
    expect(code(await updateTickets(desk.deps, desk.agent, { ticketIds: [id], change: { status: 5 } }))).toBe(
      'ticket_not_found',
    );
    expect(code(await trashTickets(desk.deps, desk.agent, [id]))).toBe('ticket_not_found');
    expect(queueCounts(desk.deps, desk.agent).open).toBe(0);
  });
});

describe('a customer', () => {
  it('has the tickets and counts of the viewer’s departments, however many others lie above them', () => {
    const own = newTicket();
    for (let more = 0; more < 60; more += 1) newTicket(desk.departments[1]);
    const seenBy = (actor: StaffActor) => ({
      tickets: customerTickets(desk.deps, actor, desk.customer).map((row) => row.id),
      counts: customerWithCounts(desk.deps, actor, desk.customer),
    });
    expect(seenBy(desk.agent)).toMatchObject({ tickets: [own], counts: { openTickets: 1, totalTickets: 1 } });
    expect(seenBy(desk.admin).tickets).toHaveLength(50);
    expect(seenBy(desk.admin).counts).toMatchObject({ openTickets: 61, totalTickets: 61 });
  });

  it('goes with more tickets than one transaction takes, all of one group', async () => {
    const ids = Array.from({ length: 230 }, () => newTicket());
    value(await deleteCustomer(desk.deps, desk.admin, desk.customer));
    expect(queueCounts(desk.deps, desk.admin)).toMatchObject({ open: 0, trash: 230 });
    const groups = new Set(
      ids.map((id) => value(ticketHistory(desk.deps, desk.admin, id))[0]?.groupId ?? ''),
    );
    expect(groups.size).toBe(1);
    const log = desk.deps.store.operations.byGroup([...groups][0] ?? '');
    expect(log.at(-1)).toMatchObject({ kind: 'delete_customer', payload: { tickets: 230 } });
    expect(code(await deleteCustomer(desk.deps, desk.admin, desk.customer))).toBe('customer_not_found');
  });
});

describe('a ticket on behalf of a customer', () => {
  const input = (extra: object) =>
    createTicketInput.parse({
      customer: { email: 'New@Example.com', name: 'Nina' },
      departmentId: desk.departments[0],
      subject: ' Phone call ',
      bodyHtml: '<p>Called</p>',
      ...extra,
    });

  it('makes the customer when the address is unknown, and only then', () => {
    const first = value(createTicketAsStaff(desk.deps, desk.agent, input({})));
    const second = value(
      createTicketAsStaff(
        desk.deps,
        desk.agent,
        input({ customer: { email: 'new@example.com', name: '' }, opener: 'customer' }),
      ),
    );
    expect(second.customerId).toBe(first.customerId);
    expect(ticket(first.ticketId)).toMatchObject({
      subject: 'Phone call',
      customerName: 'Nina',
      lastReplier: 'staff',
      status: 1,
    });
    expect(ticket(second.ticketId).lastReplier).toBe('customer');
  });

  it('makes nothing at all when something is wrong', () => {
    const before = desk.deps.store.customers.newest(10).length;
    expect(code(createTicketAsStaff(desk.deps, desk.agent, input({ subject: ' ' })))).toBe('subject_missing');
    expect(
      code(createTicketAsStaff(desk.deps, desk.agent, input({ customer: { email: 'nope', name: '' } }))),
    ).toBe('email_invalid');
    expect(code(createTicketAsStaff(desk.deps, desk.agent, input({ draftId: 77 })))).toBe('draft_not_found');
    expect(desk.deps.store.customers.newest(10)).toHaveLength(before);
    expect(queueCounts(desk.deps, desk.admin).open).toBe(0);
  });
});

describe('drafts', () => {
  it('belong to their writer alone and their files go with them', async () => {
    const id = newTicket();
    const file = await upload();
    const sha256 = desk.deps.store.uploads.byId(file, desk.agent.staffId)?.sha256 ?? '';
    const draft = value(
      saveDraft(desk.deps, desk.agent, {
        draftId: null,
        ticketId: id,
        kind: 'reply',
        bodyHtml: 'x',
        newTicket: null,
        uploadIds: [file],
      }),
    );
    expect(getDraft(desk.deps, desk.admin, id, 'reply')).toBeNull();
    expect(code(await discardDraft(desk.deps, desk.admin, draft.id))).toBe('draft_not_found');
    value(await discardDraft(desk.deps, desk.agent, draft.id));
    expect(await desk.deps.files.has(sha256)).toBe(false);
  });
});

describe('what is typed', () => {
  const typed = (id: TicketId | null, bodyHtml: string, draftId: DraftId | null = null) =>
    saveDraft(desk.deps, desk.agent, {
      draftId,
      ticketId: id,
      kind: id === null ? 'new_ticket' : 'reply',
      bodyHtml,
      newTicket: null,
      uploadIds: [],
    });

  it('goes on being saved when the ticket is trashed or moved out of sight', async () => {
    const [trashed, moved] = [newTicket(), newTicket()];
    const drafts = [value(typed(trashed, 'one')), value(typed(moved, 'two'))];
    value(await trashTickets(desk.deps, desk.admin, [trashed]));
    const change = { departmentId: desk.departments[2] };
    value(await updateTickets(desk.deps, desk.admin, { ticketIds: [moved], change }));
    expect(value(typed(trashed, 'one more', drafts[0]?.id)).bodyHtml).toBe('one more');
    expect(value(typed(moved, 'two more')).id).toBe(drafts[1]?.id);
    expect(code(typed(newTicket(desk.departments[2]), 'none yet'))).toBe('ticket_not_found');
    const unsaved = newTicket();
    value(await trashTickets(desk.deps, desk.admin, [unsaved]));
    value(typed(unsaved, 'the first words'));
    expect(getDraft(desk.deps, desk.agent, unsaved, 'reply')?.bodyHtml).toBe('the first words');
  });

  it('never replaces, or goes with, what was typed for another ticket', () => {
    const [one, other] = [newTicket(), newTicket()];
    const draft = value(typed(one, 'for one'));
    expect(code(typed(other, 'for the other', draft.id))).toBe('draft_not_found');
    expect(code(typed(null, 'for a new one', draft.id))).toBe('draft_not_found');
    expect(code(reply(other, 'sent', { draftId: draft.id }))).toBe('draft_not_found');
    expect(detail(other).messages).toHaveLength(1);
    expect(getDraft(desk.deps, desk.agent, one, 'reply')?.bodyHtml).toBe('for one');
  });
});

describe('bulk changes', () => {
  it('work through many tickets in slices, as one group', async () => {
    const ids = Array.from({ length: 60 }, () => newTicket());
    const done = value(await updateTickets(desk.deps, desk.admin, { ticketIds: ids, change: { status: 5 } }));
    expect(done.changedTickets).toBe(60);
    expect(queueCounts(desk.deps, desk.admin)).toMatchObject({ open: 0, closed: 60 });
    value(await undoGroup(desk.deps, desk.admin, done.groupId));
    expect(queueCounts(desk.deps, desk.admin)).toMatchObject({ open: 60, closed: 0 });
  });
});
