import { useQuery } from '@tanstack/react-query';
import type { Department, StaffMember, Viewer } from '../../shared/contract/desk.ts';
import { trpc } from './client.ts';

/** The person in front of the window; null before the answer and when signed out. */
export function useViewer(): Viewer | null {
  return useQuery(trpc.session.me.queryOptions()).data?.viewer ?? null;
}

const noDepartments: readonly Department[] = [];
const noStaff: readonly StaffMember[] = [];

/** The departments the viewer may see, in the desk's order. */
export function useDepartments(): readonly Department[] {
  return useQuery(trpc.departments.list.queryOptions()).data?.departments ?? noDepartments;
}

/** Everyone on the desk, also those switched off (their names stand in old tickets). */
export function useStaff(): readonly StaffMember[] {
  return useQuery(trpc.staff.list.queryOptions()).data?.staff ?? noStaff;
}
