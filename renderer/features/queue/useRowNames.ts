import { useMemo } from 'react';
import { useDepartments, useStaff, useViewer } from '../../api/desk.ts';

/** The names that stand in rows for ids; looked up once for the whole list, not once per row. */
export type RowNames = {
  department: (id: number) => string | null;
  /** null = nobody known. */
  assignee: (id: number | null) => { name: string; isViewer: boolean } | null;
  timeZone: string | undefined;
};

export function useRowNames(): RowNames {
  const departments = useDepartments();
  const staff = useStaff();
  const viewer = useViewer();
  return useMemo(() => {
    const departmentNames = new Map<number, string>(departments.map(({ id, name }) => [id, name]));
    const staffNames = new Map<number, string>(staff.map(({ id, name }) => [id, name]));
    return {
      department: (id) => departmentNames.get(id) ?? null,
      assignee: (id) => {
        const name = id === null ? undefined : staffNames.get(id);
        return name === undefined ? null : { name, isViewer: id === viewer?.staff.id };
      },
      timeZone: viewer?.timeZone,
    };
  }, [departments, staff, viewer]);
}
