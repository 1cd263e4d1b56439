import { LIMITS } from '../../../shared/limits.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { ServiceDeps } from './context.ts';
import { emailProblem } from './customers.ts';
import { logOperation } from './operationLog.ts';

/** The customer with this address, made when there is none. Runs in the caller's transaction or its own. */
export function ensureCustomer(
  deps: ServiceDeps,
  actor: Actor,
  /** `isFromMail`: a mail server accepted this address, which may hold what forms refuse (RFC 6532, quoted parts). */
  who: { email: string; name: string; isFromMail?: boolean },
): Result<CustomerId> {
  const email = who.email.trim();
  const problem = email === '' || !who.isFromMail ? emailProblem(email) : undefined;
  if (problem) return err({ ...problem, field: 'customer.email' });
  return deps.store.write(() => {
    const existing = deps.store.customers.byEmail(email);
    if (existing) return ok(existing.id);
    const now = deps.clock.now();
    const name = startOf(who.name.trim(), LIMITS.customerNameLength) || email;
    const id = deps.store.customers.insert({ name, email, now });
    logOperation(deps, actor, {
      groupId: deps.ids.group(),
      kind: 'create_customer',
      payload: { customerId: id, name, email },
      before: {},
    });
    deps.store.changes.record('customer', id, 'created', now);
    return ok(id);
  });
}
