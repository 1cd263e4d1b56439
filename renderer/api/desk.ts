import { useQuery } from '@tanstack/react-query';
import type { Department, StaffMember, Viewer } from '../../shared/contract/desk.ts';
import type { SyncStatus } from '../../shared/contract/sync.ts';
import type { StaffId } from '../../shared/model/ids.ts';
import { trpc } from './client.ts';
import { avatarUrl } from './files.ts';

/** The person in front of the window; null before the answer and when signed out. */
export function useViewer(): Viewer | null {
  return useQuery(trpc.session.me.queryOptions()).data?.viewer ?? null;
}

const noDepartments: readonly Department[] = [];
const noStaff: readonly StaffMember[] = [];

/** All departments in the desk's order: a ticket may be handed to any of them. */
export function useDepartments(): readonly Department[] {
  return useQuery(trpc.departments.list.queryOptions()).data?.departments ?? noDepartments;
}

/** The departments whose tickets the viewer sees, in the desk's order. */
export function useOwnDepartments(): readonly Department[] {
  const departments = useDepartments();
  const staff = useViewer()?.staff;
  if (!staff || staff.role === 'admin') return departments;
  return departments.filter(({ id }) => staff.departmentIds.includes(id));
}

/** The picture of whoever wrote or has something; null = none, or a customer. */
export function useStaffPicture(staffId: StaffId | null | undefined): string | null {
  const staff = useStaff();
  return avatarUrl(staff.find(({ id }) => id === staffId));
}

/** Everyone on the desk, also those switched off (their names stand in old tickets). */
export function useStaff(): readonly StaffMember[] {
  return useQuery(trpc.staff.list.queryOptions()).data?.staff ?? noStaff;
}

const WATCH_MS = 1000;

/** How this desk stands with the server it mirrors; null on a desk of its own, and before the answer. */
export function useSyncStatus(): SyncStatus | null {
  const options = trpc.sync.status.queryOptions(undefined, {
    // While it runs, its numbers move without an event each.
    refetchInterval: ({ state }) => (state.data?.status?.isRunning ? WATCH_MS : false),
  });
  return useQuery(options).data?.status ?? null;
}
