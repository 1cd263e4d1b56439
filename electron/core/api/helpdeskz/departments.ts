import type { Department } from '../../../../shared/contract/desk.ts';
import { ok } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import {
  createDepartment,
  type DepartmentFields,
  deleteDepartment,
  departmentById,
  updateDepartment,
} from '../../services/departments.ts';
import { listDepartments } from '../../services/directory.ts';
import { localId, shownId } from '../../services/shownIds.ts';
import { type Answer, failure, refusal, success } from './answers.ts';
import { type Action, type Call, joinProblems, withForm } from './call.ts';
import { changedSince } from './conditional.ts';
import { creating, type Once } from './creating.ts';
import type { Form } from './form.ts';
import { wholeList } from './listOptions.ts';
import { escapeHtml, idFrom, isMissing } from './phpValues.ts';
import { TEXT } from './texts.ts';

const row = (deps: ServiceDeps, { id, name, isPrivate }: Department) => ({
  id: String(shownId(deps, 'departments', id)),
  name: escapeHtml(name),
  private: isPrivate ? '1' : '0',
});

const index = (call: Call): Answer =>
  wholeList(call) ??
  success({ departments: listDepartments(call.deps).map((department) => row(call.deps, department)) });

function find({ deps, id }: Call): Department | undefined {
  const shown = idFrom(id);
  return shown === undefined ? undefined : departmentById(deps, localId(deps, 'departments', shown));
}

function show(call: Call): Answer {
  const found = find(call);
  return found ? success({ department: row(call.deps, found) }) : refusal(TEXT.departmentNotFound);
}

function problemOf(form: Form): Answer | undefined {
  const type = form.get('private');
  return joinProblems([
    isMissing(form.get('name')) ? TEXT.departmentNameMissing : undefined,
    typeProblem(type),
  ]);
}

function typeProblem(type: string | undefined): string | undefined {
  if (isMissing(type)) return TEXT.departmentTypeMissing;
  return type === '0' || type === '1' ? undefined : TEXT.departmentTypeNotValid;
}

const fieldsOf = (form: Form): DepartmentFields => ({
  name: form.get('name') ?? '',
  isPrivate: form.get('private') === '1',
});

function createFrom({ deps, actor }: Call, form: Form, once: Once): Answer {
  const problem = problemOf(form);
  if (problem) return problem;
  const answer = once(() => {
    const created = createDepartment(deps, actor, fieldsOf(form));
    if (!created.ok) return created;
    return ok({
      told: { department_id: shownId(deps, 'departments', created.value) },
      message: TEXT.departmentCreated,
    });
  });
  return answer.ok ? answer.value : failure(answer.error);
}

function update(call: Call): Answer | Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.departmentNotFound);
  return withForm(call, (form) => {
    const problem = changedSince(call, show) ?? problemOf(form);
    if (problem) return problem;
    const updated = updateDepartment(call.deps, call.actor, found.id, fieldsOf(form));
    return updated.ok ? success({ message: TEXT.departmentUpdated }) : failure(updated.error);
  });
}

async function remove(call: Call): Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.departmentNotFound);
  const stale = changedSince(call, show);
  if (stale) return stale;
  const deleted = await deleteDepartment(call.deps, call.actor, found.id);
  return deleted.ok ? success({ message: TEXT.departmentRemoved }) : failure(deleted.error);
}

export const departments = {
  index: { permission: 'departments.read', run: index },
  show: { permission: 'departments.read', run: show },
  create: { permission: 'departments.create', run: creating('departments/create', createFrom) },
  update: { permission: 'departments.update', run: update },
  delete: { permission: 'departments.delete', run: remove },
} satisfies Record<string, Action>;
