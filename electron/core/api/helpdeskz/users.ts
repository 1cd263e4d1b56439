import type { ErrorCode } from '../../../../shared/contract/errors.ts';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { ok } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { currentCustomer, liveCustomer } from '../../services/currentCustomer.ts';
import { deleteCustomer } from '../../services/customerRemoval.ts';
import {
  changeCustomerEmail,
  createCustomer,
  customerByEmail,
  customerPage,
  emailProblem,
} from '../../services/customers.ts';
import { localId, shownId } from '../../services/shownIds.ts';
import { type Answer, failure, refusal, success } from './answers.ts';
import { type Action, type Call, joinProblems, withForm } from './call.ts';
import { changedSince } from './conditional.ts';
import { creating, type Once } from './creating.ts';
import type { Form } from './form.ts';
import { listOptions } from './listOptions.ts';
import { escapeHtml, idFrom, isMissing, listPage, seconds } from './phpValues.ts';
import { TEXT } from './texts.ts';

/** Fixed in the reference's code (behaviour.md fact 8). */
const USERS_PER_PAGE = 25;

interface Customer {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string;
}

const row = (deps: ServiceDeps, { id, name, email }: Customer) => ({
  id: String(shownId(deps, 'customers', id)),
  fullname: escapeHtml(name),
  email: escapeHtml(email),
});

const EMAIL_TEXT: Partial<Record<ErrorCode, string>> = {
  email_missing: TEXT.emailMissing,
  email_invalid: TEXT.emailNotValid,
  email_taken: TEXT.emailTaken,
};

function index(call: Call): Answer {
  const { deps, actor, query, isExtended } = call;
  if (query.email !== undefined && query.email !== '') {
    const found = customerByEmail(deps, query.email);
    return found ? success({ user_data: row(deps, found) }) : refusal(TEXT.userNotFound);
  }
  const page = listPage(query.page);
  if (page === null) return refusal(TEXT.pageNotFound);
  const options = listOptions(call);
  if (!options.ok) return failure(options.error);
  const { perPage = USERS_PER_PAGE, order } = options.value;
  const { total, rows, isCut } = customerPage(deps, actor, { page, perPage, order });
  const further = ({ updatedAt }: { updatedAt: number }) =>
    isExtended ? { updated: seconds(updatedAt) } : {};
  return success({
    total_users: total,
    total_pages: Math.ceil(total / perPage),
    users: rows.map((customer) => ({ ...row(deps, customer), ...further(customer) })),
    ...(isExtended ? { more: isCut ? 1 : 0 } : {}),
  });
}

/** Not somebody who was merged into another: a program that updates or deletes «its» user must not reach the other. */
function find({ deps, id }: Call): Customer | undefined {
  const shown = idFrom(id);
  return shown === undefined ? undefined : liveCustomer(deps, localId(deps, 'customers', shown));
}

/** Reading follows a merge. */
function show({ deps, id }: Call): Answer {
  const shown = idFrom(id);
  const found = shown === undefined ? undefined : currentCustomer(deps, localId(deps, 'customers', shown));
  return found ? success({ user_data: row(deps, found) }) : refusal(TEXT.userNotFound);
}

function createFrom({ deps, actor }: Call, form: Form, once: Once): Answer {
  const name = form.get('fullname');
  const email = form.get('email');
  const problem = joinProblems([
    isMissing(name) ? TEXT.fullNameMissing : undefined,
    emailText(email) ?? (customerByEmail(deps, email ?? '') ? TEXT.emailTaken : undefined),
  ]);
  if (problem) return problem;
  const answer = once(() => {
    const created = createCustomer(deps, actor, {
      name: name ?? '',
      email: email ?? '',
      notify: form.get('notify') === '1',
    });
    return created.ok
      ? ok({ told: { user_id: shownId(deps, 'customers', created.value) }, message: TEXT.userCreated })
      : created;
  });
  return answer.ok ? answer.value : failure(answer.error);
}

function emailText(email: string | undefined): string | undefined {
  if (isMissing(email)) return TEXT.emailMissing;
  return emailProblem(email) ? TEXT.emailNotValid : undefined;
}

function update(call: Call): Answer | Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.userNotFound);
  return withForm(call, (form) => {
    const email = form.get('new_email');
    const stale = changedSince(call, show);
    if (stale) return stale;
    const problem = found.email === email ? undefined : emailText(email);
    if (problem !== undefined) return refusal(problem);
    const changed = changeCustomerEmail(call.deps, call.actor, found.id, email ?? '');
    if (changed.ok) return success({ message: TEXT.emailChanged });
    const text = EMAIL_TEXT[changed.error.code];
    if (text !== undefined) return refusal(text);
    return changed.error.code === 'customer_not_found' ? refusal(TEXT.userNotFound) : failure(changed.error);
  });
}

async function remove(call: Call): Promise<Answer> {
  const found = find(call);
  if (!found) return refusal(TEXT.userNotFound);
  const stale = changedSince(call, show);
  if (stale) return stale;
  const deleted = await deleteCustomer(call.deps, call.actor, found.id);
  return deleted.ok ? success({ message: TEXT.userRemoved }) : failure(deleted.error);
}

export const users = {
  index: { permission: 'users.read', run: index },
  show: { permission: 'users.read', run: show },
  create: { permission: 'users.create', run: creating('users/create', createFrom) },
  update: { permission: 'users.update', run: update },
  delete: { permission: 'users.delete', run: remove },
} satisfies Record<string, Action>;
