import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteAttachment } from '../../electron/core/services/attachmentRemoval.ts';
import { openAttachment } from '../../electron/core/services/attachments.ts';
import { addUpload } from '../../electron/core/services/drafts.ts';
import { createTicketAsStaff, replyAsStaff } from '../../electron/core/services/staffActions.ts';
import { ticketDetail, ticketHistory } from '../../electron/core/services/ticketReader.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { decideOutbox } from '../../electron/core/sync/outbox/outboxDecision.ts';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { createTicketInput, replyInput } from '../../shared/contract/tickets.ts';
import type { AttachmentId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { FIRST, type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const NO_FILE = 0 as AttachmentId;
const textFile = (name: string) => ({ name, mediaType: 'text/plain', content: Readable.from(['words']) });

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('on a desk of its own', () => {
  let desk: TestDesk;
  beforeEach(() => {
    desk = openTestDesk();
  });
  afterEach(() => desk.close());

  it('a deleted file is gone for everybody; an administrator brings it back as it was', async () => {
    const { id } = value(await addUpload(desk.deps, desk.agent, textFile('log.txt')));
    const opened = {
      ...{ customer: { id: desk.customer }, departmentId: desk.departments[0] },
      ...{ subject: 'Printer', bodyHtml: '<p>See</p>', uploadIds: [id] },
    };
    const { ticketId } = value(createTicketAsStaff(desk.deps, desk.agent, createTicketInput.parse(opened)));
    const detail = () => value(ticketDetail(desk.deps, desk.agent, ticketId, null));
    const [file] = detail().messages[0]?.attachments ?? [];
    const fileId = file?.id ?? NO_FILE;
    const { groupId, isWaiting } = value(deleteAttachment(desk.deps, desk.admin, fileId));
    expect([isWaiting, detail().ticket.attachmentCount, detail().messages[0]?.attachments]).toEqual([
      ...[false, 0, []],
    ]);
    expect(await openAttachment(desk.deps, desk.admin, fileId)).toMatchObject({
      error: { code: 'attachment_not_found' },
    });
    expect(deleteAttachment(desk.deps, desk.admin, fileId)).toMatchObject({
      error: { code: 'attachment_not_found' },
    });

    expect(await undoGroup(desk.deps, desk.agent, groupId)).toMatchObject({ error: { code: 'cannot_undo' } });
    value(await undoGroup(desk.deps, desk.admin, groupId));
    expect([detail().ticket.attachmentCount, detail().messages[0]?.attachments]).toEqual([1, [file]]);
    expect(value(await openAttachment(desk.deps, desk.agent, fileId)).sizeBytes).toBe(5);
    const told = value(ticketHistory(desk.deps, desk.admin, ticketId)).map(({ kind }) => kind);
    expect(told).toEqual(expect.arrayContaining(['delete_attachment', 'restore_attachment']));
  });
});

describe('in a remote workspace', () => {
  let desk: RemoteDesk;
  let mirror: Mirror;
  beforeEach(async () => {
    desk = await openRemoteDesk();
    mirror = mirrorOf(desk);
    await mirror.connect();
    const file = { messageId: 1, ticketId: 1, filetype: 'image/gif', isFileGone: false };
    desk.server.state.attachments.set(7, { ...file, id: 7, name: 'a.gif', content: Buffer.from('GIF89a') });
    desk.deps.store.remoteTickets.markThreadStale(FIRST);
    desk.deps.store.remoteFiles.check(1 as never, 0, 1);
    await mirror.sync();
    expect(files()).toEqual(['a.gif']);
  });
  afterEach(() => desk.close());
  const outbox = () => listOutbox(desk.deps);
  const rows = () => outbox().map(({ kind, state }) => `${kind} ${state}`);
  const decide = async (decision: 'send' | 'discard') =>
    value(await decideOutbox(desk.deps, desk.ada, { id: outbox()[0]?.id ?? 0, decision }));
  const ofServer = () => [...desk.server.state.attachments.keys()];
  const files = (ticketId = FIRST) => desk.deps.store.attachments.byTicket(ticketId).map(({ name }) => name);
  const remove = (name: string) => {
    const file = desk.deps.store.attachments.byTicket(FIRST).find((one) => one.name === name);
    return deleteAttachment(desk.deps, desk.ada, file?.id ?? NO_FILE);
  };
  const undo = (groupId: string) => undoGroup(desk.deps, desk.ada, groupId);

  it('waits for a person; confirmed, it is gone for good', async () => {
    const { groupId, isWaiting } = value(remove('a.gif'));
    expect([isWaiting, files()]).toEqual([true, []]);
    await mirror.sync();
    expect(outbox()).toMatchObject([
      { kind: 'delete_attachment', state: 'held', title: 'a.gif', detail: 'Of “Printer 1”' },
    ]);
    await decide('send');
    await mirror.sync();
    expect([rows(), ofServer(), files()]).toEqual([[], [], []]);
    expect(await undo(groupId)).toMatchObject({ error: { code: 'cannot_undo' } });
  });

  it('is undone while it waits, also when it is held, and kept it is back as well', async () => {
    const first = value(remove('a.gif'));
    value(await undo(first.groupId));
    expect([rows(), files()]).toEqual([[], ['a.gif']]);
    expect(await undo(first.groupId)).toMatchObject({ error: { code: 'cannot_undo' } });
    const second = value(remove('a.gif'));
    await mirror.sync();
    value(await undo(second.groupId));
    expect([rows(), files()]).toEqual([[], ['a.gif']]);
    const third = value(remove('a.gif'));
    await mirror.sync();
    await decide('discard');
    expect([rows(), files(), ofServer()]).toEqual([[], ['a.gif'], [7]]);
    expect(await undo(third.groupId)).toMatchObject({ error: { code: 'cannot_undo' } });
  });

  it('of a message that has not left: it leaves without it, and then the file can’t come back', async () => {
    await desk.goOffline();
    const { id } = value(await addUpload(desk.deps, desk.ada, textFile('b.txt')));
    const reply = { ticketId: FIRST, bodyHtml: '<p>See</p>', uploadIds: [id] };
    value(replyAsStaff(desk.deps, desk.ada, replyInput.parse(reply)));
    const { groupId, isWaiting } = value(remove('b.txt'));
    expect([isWaiting, files()]).toEqual([false, ['a.gif']]);
    value(await undo(groupId));
    expect(files()).toEqual(['a.gif', 'b.txt']);
    const again = value(remove('b.txt'));
    await desk.goOnline();
    value(await mirror.runner.runNow());
    expect(ofServer()).toEqual([7]);
    expect(await undo(again.groupId)).toMatchObject({ error: { code: 'cannot_undo' } });
  });
});
