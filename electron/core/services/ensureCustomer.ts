import { z } from 'zod';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { startOf } from '../html/cutText.ts';
import type { ServiceDeps } from './context.ts';
import { logOperation } from './operationLog.ts';

const emailSchema = z.email().max(LIMITS.emailLength);

/** The customer with this address, made when there is none. Runs in the caller's transaction or its own. */
export function ensureCustomer(
  deps: ServiceDeps,
  actor: Actor,
  /** `isFromMail`: a mail server accepted this address, which may hold what forms refuse (RFC 6532, quoted parts). */
  who: { email: string; name: string; isFromMail?: boolean },
): Result<CustomerId> {
  const email = who.email.trim();
  if (email === '') return err(appErrorOf('email_missing', { field: 'customer.email' }));
  if (!who.isFromMail && !emailSchema.safeParse(email).success)
    return err(appErrorOf('email_invalid', { field: 'customer.email' }));
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
