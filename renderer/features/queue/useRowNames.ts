import { useMemo } from 'react';
import type { StaffMember } from '../../../shared/contract/desk.ts';
import { useDepartments, useStaff, useViewer } from '../../api/desk.ts';
import { avatarUrl } from '../../api/files.ts';

/** The names that stand in rows for ids; looked up once for the whole list, not once per row. */
export type RowNames = {
  department: (id: number) => string | null;
  /** null = nobody known. */
  assignee: (id: number | null) => { name: string; picture: string | null; isViewer: boolean } | null;
  timeZone: string | undefined;
};

export function useRowNames(): RowNames {
  const departments = useDepartments();
  const staff = useStaff();
  const viewer = useViewer();
  return useMemo(() => {
    const departmentNames = new Map<number, string>(departments.map(({ id, name }) => [id, name]));
    const staffById = new Map<number, StaffMember>(staff.map((one) => [one.id, one]));
    return {
      department: (id) => departmentNames.get(id) ?? null,
      assignee: (id) => {
        const found = id === null ? undefined : staffById.get(id);
        if (!found) return null;
        return { name: found.name, picture: avatarUrl(found), isViewer: id === viewer?.staff.id };
      },
      timeZone: viewer?.timeZone,
    };
  }, [departments, staff, viewer]);
}
