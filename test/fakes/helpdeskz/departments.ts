import { type Call, complain, required, type Steps } from './call.ts';
import { addDepartment, type Department, removeTicketsWhere } from './state.ts';
import { escapeHtml, idOf, threeByteText } from './text.ts';
import { type FakeResponse, failure, success } from './wire.ts';

const rowOf = ({ id, name, private: isPrivate }: Department) => ({
  id: String(id),
  name,
  private: isPrivate,
});

export function listDepartments({ state }: Call): FakeResponse {
  return success({ departments: [...state.departments.values()].map(rowOf) });
}

export function showDepartment({ state, id }: Call): FakeResponse {
  const department = state.departments.get(idOf(id));
  return department ? success({ department: rowOf(department) }) : failure('Department not found.');
}

function problem({ validated }: Call): FakeResponse | null {
  const type = validated.private;
  const typeProblem =
    required(type, 'Department type is missing.') ??
    (type === '0' || type === '1' ? null : 'Department type must be 0 or 1');
  return complain(required(validated.name, 'Department name is missing.'), typeProblem);
}

export function* createDepartment(call: Call): Steps {
  const refused = problem(call);
  if (refused) return refused;
  const { name, private: isPrivate } = call.form.fields;
  if (name === undefined) return success({ department_id: 0, message: 'Department was created.' });
  const { id } = addDepartment(call.state, threeByteText(escapeHtml(name)), isPrivate === '1');
  yield 'done';
  return success({ department_id: id, message: 'Department was created.' });
}

export function* updateDepartment(call: Call): Steps {
  const department = call.state.departments.get(idOf(call.id));
  if (!department) return failure('Department not found.');
  const refused = problem(call);
  if (refused) return refused;
  const { name, private: isPrivate } = call.form.fields;
  if (name !== undefined) department.name = threeByteText(escapeHtml(name));
  if (isPrivate !== undefined) department.private = isPrivate === '1' ? '1' : '0';
  call.state.version += 1;
  yield 'done';
  return success({ message: 'Department was updated.' });
}

export function* deleteDepartment({ state, id }: Call): Steps {
  const department = state.departments.get(idOf(id));
  if (!department) return failure('Department not found.');
  removeTicketsWhere(state, (ticket) => ticket.departmentId === department.id);
  state.departments.delete(department.id);
  state.version += 1;
  yield 'done';
  return success({ message: 'Department and its tickets were removed.' });
}
