import { STATUS } from '../../../../shared/model/ticket.ts';
import { decide } from '../../domain/syncRules.ts';
import { localId } from '../../services/shownIds.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { announce, type SyncContext, write } from '../context.ts';
import { applyTicket, removeTicket } from '../pull/pullTicket.ts';
import type { RemoteFailure, RemoteTicket } from '../remote.ts';
import { finish, recordFailure, setAside } from './pushOutcome.ts';

/** Sets a status or a department, after a look at what stands there now: there is no precondition to send (3.8). */
export async function pushField(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store } = sync.deps;
  const remoteId = row.ticketId === null ? null : store.remoteTickets.remoteId('tickets', row.ticketId);
  if (remoteId === null || row.ticketId === null) return null;
  const ticketId = row.ticketId;
  const now = await sync.remote.showTicket(remoteId);
  if (!now.ok) {
    if (now.error.kind !== 'not_found') return recordFailure(sync, row, now.error, true);
    write(sync, () => removeTicket(sync, ticketId));
    announce(sync, [ticketId]);
    return null;
  }
  write(sync, () => applyTicket(sync, now.value));
  switch (decisionOf(sync, row, now.value)) {
    case 'drop':
      write(sync, () => finish(sync, row));
      break;
    case 'hold':
      setAside(sync, row, 'held', 'New messages came after this ticket was closed here.');
      break;
    case 'ask':
      setAside(sync, row, 'conflict', 'Someone else changed this meanwhile.');
      break;
    case 'apply':
      return apply(sync, row, now.value);
  }
  announce(sync, [ticketId]);
  return null;
}

const isStatus = (row: OutboxRow): boolean => row.kind === 'set_status';

function decisionOf({ deps }: SyncContext, row: OutboxRow, now: RemoteTicket) {
  const isClose = isStatus(row) && row.payload.value === STATUS.closed;
  return decide({
    before: row.before.value as number,
    value: row.payload.value as number,
    remoteNow: isStatus(row) ? now.status : localId(deps, 'departments', now.departmentId),
    unseenBeforeClose: isClose ? Math.max(0, now.replies + 1 - row.seenMessages) : 0,
  });
}

/** The push waits until the remote has it (`nextToSend`). */
export const remoteDepartment = ({ deps }: SyncContext, id: number): number =>
  deps.store.remoteTickets.remoteId('departments', id) ?? id;

async function apply(sync: SyncContext, row: OutboxRow, seen: RemoteTicket): Promise<RemoteFailure | null> {
  const value = row.payload.value as number;
  const change = isStatus(row) ? { status: value } : { departmentId: remoteDepartment(sync, value) };
  const answer = await sync.remote.updateTicket(seen.id, change);
  if (!answer.ok) return recordFailure(sync, row, answer.error, true);
  write(sync, () => {
    applyTicket(sync, { ...seen, ...change });
    finish(sync, row);
  });
  if (row.ticketId !== null) announce(sync, [row.ticketId]);
  return null;
}
