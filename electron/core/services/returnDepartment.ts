import type { DepartmentId } from '../../../shared/model/ids.ts';
import type { ServiceDeps } from './context.ts';
import { queueMaking } from './outbox.ts';
import { withdrawDeletion } from './outboxDirectory.ts';

/** Brings a deleted department back; in a remote workspace it is not deleted there, or made there after all. */
export function returnDepartment(deps: ServiceDeps, id: DepartmentId): void {
  const { store, clock, events } = deps;
  store.departments.setDeleted(id, null);
  store.changes.record('department', id, 'created', clock.now());
  withdrawDeletion(deps, { departmentId: id });
  queueMaking(deps, { departmentId: id });
  events.publish({ type: 'desk_changed', what: 'departments' });
}
