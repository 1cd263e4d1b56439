import type { Remote, RemoteResult } from '../../remote.ts';
import { type Call, madeId, map } from './calling.ts';
import * as wire from './wire.ts';

/** People, departments, and deleting (behaviour.md 2.2, 2.3, 2.4, 2.6). */
export function directoryWrites(call: Call) {
  const acknowledged = async (
    path: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<RemoteResult<void>> =>
    map(await call(path, wire.acknowledged, { fields, files: null }), () => undefined);
  const departmentFields = ({ name, isPrivate }: { name: string; isPrivate: boolean }) => ({
    name,
    private: isPrivate ? '1' : '0',
  });
  return {
    createCustomer: async ({ name, email, notify }) => {
      const fields = { fullname: name, email, ...(notify ? { notify: '1' } : {}) };
      const made = await call('users/create', wire.userCreated, { fields, files: null });
      return madeId(map(made, ({ user_id }) => user_id));
    },
    // The name can't be changed: `fullname` is ignored.
    updateCustomer: (id, email) => acknowledged(`users/update/${id}`, { new_email: email }),
    deleteCustomer: (id) => acknowledged(`users/delete/${id}`),
    createDepartment: async (department) => {
      const fields = departmentFields(department);
      const made = await call('departments/create', wire.departmentCreated, { fields, files: null });
      return madeId(map(made, ({ department_id }) => department_id));
    },
    // Both fields are required.
    updateDepartment: (id, department) =>
      acknowledged(`departments/update/${id}`, departmentFields(department)),
    deleteDepartment: (id) => acknowledged(`departments/delete/${id}`),
    deleteTicket: (id) => acknowledged(`tickets/delete/${id}`),
    deleteFile: (id) => acknowledged(`attachments/delete/${id}`),
  } satisfies Partial<Remote>;
}
