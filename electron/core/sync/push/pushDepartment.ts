import type { DepartmentId } from '../../../../shared/model/ids.ts';
import { mergeFields } from '../../domain/mergeFields.ts';
import type { OutboxRow } from '../../store/repositories/outbox.ts';
import { DONE, type SyncContext, write } from '../context.ts';
import {
  type DepartmentChange,
  departmentFor,
  linkDepartment,
  shownDepartment,
} from '../outbox/directoryBase.ts';
import type { DepartmentValues, RemoteDepartment, RemoteFailure, RemoteResult } from '../remote.ts';
import { finish, LATE_MS, recordFailure, setAside } from './pushOutcome.ts';

/**
 * Makes a department on the remote. Names may be there twice, so after an attempt whose answer was lost it is looked for
 * by its name first, and made again only when that attempt can't be carried out any more.
 */
export async function pushDepartment(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store, clock } = sync.deps;
  const id = row.departmentId;
  const isKnown = () => id !== null && store.remoteTickets.remoteId('departments', id) !== null;
  if (id !== null && row.attempts > 1) {
    const looked = await lookForOurs(sync);
    if (!looked.ok) return recordFailure(sync, row, looked.error, true);
    const leftAt = Number(row.payload.leftAt ?? Number.NaN);
    if (!isKnown() && Math.abs(clock.now() - leftAt) < LATE_MS) {
      write(sync, () => store.outbox.set(row.id, 'queued', MAY_COME, leftAt + LATE_MS));
      return null;
    }
  }
  if (id !== null && !isKnown()) {
    const { name, isPrivate } = row.payload as unknown as DepartmentValues;
    write(sync, () => store.outbox.setPayload(row.id, { ...row.payload, leftAt: clock.now() }));
    const made = await sync.remote.createDepartment({ name, isPrivate });
    if (!made.ok) {
      const { kind } = made.error;
      if (kind !== 'no_answer') write(sync, () => store.outbox.setPayload(row.id, row.payload));
      return recordFailure(sync, row, made.error, true);
    }
    write(sync, () => linkDepartment(sync, id, made.value));
  }
  return leave(sync, row);
}

const MAY_COME = 'It was sent and no answer came. In two minutes it is looked for again.';

async function lookForOurs(sync: SyncContext): Promise<RemoteResult<void>> {
  const list = await sync.remote.listDepartments();
  if (!list.ok) return list;
  write(sync, () => {
    for (const department of list.value) departmentFor(sync, department);
  });
  return DONE;
}

function leave(sync: SyncContext, row: OutboxRow): null {
  write(sync, () => finish(sync, row));
  sync.deps.events.publish({ type: 'desk_changed', what: 'departments' });
  return null;
}

/**
 * Changes a department after a look at it: name and visibility go out together, so what was not changed here is sent as
 * the remote has it. A field that somebody else set meanwhile is asked about (by value, never by clock).
 */
export async function pushDepartmentChange(sync: SyncContext, row: OutboxRow): Promise<RemoteFailure | null> {
  const { store } = sync.deps;
  const id = row.departmentId;
  const remoteId = id === null ? null : store.remoteTickets.remoteId('departments', id);
  if (id === null || remoteId === null) return leave(sync, row);
  const seen = await find(sync, remoteId);
  if (!seen.ok) return fail(sync, row, id, seen.error);
  if (!seen.value) return gone(sync, row);
  const { payload, before } = row as unknown as DepartmentChange;
  const { name, isPrivate } = payload;
  const merged = mergeFields({ before, mine: { name, isPrivate }, theirs: seen.value });
  if (merged.conflicts.length > 0 && payload.asItIs !== true) {
    setAside(sync, row, 'conflict', 'Someone else changed this department meanwhile.');
    return show(sync, id, seen.value);
  }
  const isSo = merged.value.name === seen.value.name && merged.value.isPrivate === seen.value.isPrivate;
  if (!isSo) {
    const done = await sync.remote.updateDepartment(remoteId, merged.value);
    if (!done.ok) return fail(sync, row, id, done.error, seen.value);
    // It says «updated» whatever it did: what it has now is what counts.
    const after = await find(sync, remoteId);
    if (!after.ok) return recordFailure(sync, row, after.error, true);
    if (!after.value) return gone(sync, row);
    if (after.value.name === seen.value.name && after.value.isPrivate === seen.value.isPrivate) {
      setAside(sync, row, 'rejected', 'The server said it was changed, and has it as it was.');
      return show(sync, id, after.value);
    }
    leave(sync, row);
    return show(sync, id, after.value);
  }
  leave(sync, row);
  return show(sync, id, seen.value);
}

async function find(
  sync: SyncContext,
  remoteId: number,
): Promise<RemoteResult<RemoteDepartment | undefined>> {
  const list = await sync.remote.listDepartments();
  return list.ok ? { ok: true, value: list.value.find(({ id }) => id === remoteId) } : list;
}

function gone(sync: SyncContext, row: OutboxRow): null {
  setAside(sync, row, 'conflict', 'The server has deleted this department.');
  return null;
}

function fail(
  sync: SyncContext,
  row: OutboxRow,
  id: DepartmentId,
  failure: RemoteFailure,
  seen?: RemoteDepartment,
): RemoteFailure | null {
  const ended = recordFailure(sync, row, failure, true);
  if (sync.deps.store.outbox.byId(row.id)?.state === 'rejected') {
    const { before } = row as unknown as DepartmentChange;
    show(sync, id, seen ?? { id, ...before });
  }
  return ended;
}

/** What the screen shows from now on. */
function show(sync: SyncContext, id: DepartmentId, theirs: RemoteDepartment): null {
  const { deps } = sync;
  write(sync, () => {
    const shown = shownDepartment(deps, id, theirs);
    const own = deps.store.departments.byId(id);
    if (!shown || !own || (own.name === shown.name && own.isPrivate === shown.isPrivate)) return;
    deps.store.departments.update(id, shown.name, shown.isPrivate);
    deps.store.changes.record('department', id, 'changed', deps.clock.now());
  });
  deps.events.publish({ type: 'desk_changed', what: 'departments' });
  return null;
}
