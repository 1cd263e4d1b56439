import { buffer } from 'node:stream/consumers';
import type { KeptMail } from '../../../shared/contract/customers.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { StaffActor } from '../domain/actor.ts';
import { runBulk } from './bulk.ts';
import type { ServiceDeps } from './context.ts';
import { liveCustomer } from './currentCustomer.ts';
import { importMail } from './mailIntake.ts';
import { logOperation } from './operationLog.ts';
import type { Services } from './services.ts';
import type { SlicedRun } from './sliced.ts';

const SHOWN = 20;
const ALL = 1_000_000;

/** What a customer sent while they were blocked: the newest, and how many there are. */
export function keptMails(deps: ServiceDeps, id: CustomerId): { mails: KeptMail[]; total: number } {
  const { mailIds } = deps.store;
  return {
    mails: mailIds
      .keptOf(id, SHOWN)
      .map(({ sender, subject, createdAt }) => ({ sender, subject, receivedAt: createdAt })),
    total: mailIds.countKeptOf(id),
  };
}

/**
 * Lets the mail in that was kept aside while a customer was blocked: tickets and messages, with the mails' own dates,
 * the oldest first. Answers customer_not_found, customer_blocked, and what importing answers.
 */
export async function releaseKeptMail(
  services: Services,
  actor: StaffActor,
  id: CustomerId,
): Promise<Result<{ released: number; others: number }>> {
  const { deps } = services;
  const customer = liveCustomer(deps, id);
  if (!customer) return err(appErrorOf('customer_not_found'));
  if (customer.blockedAt !== null) return err(appErrorOf('customer_blocked'));
  const total = deps.store.mailIds.countKeptOf(id);
  return runBulk(services, actor, `Letting ${total} mails in`, total, (run) => release(deps, actor, id, run));
}

async function release(
  deps: ServiceDeps,
  actor: StaffActor,
  id: CustomerId,
  run: SlicedRun | undefined,
): Promise<Result<{ released: number; others: number }>> {
  const kept = deps.store.mailIds.keptOf(id, ALL).reverse();
  let released = 0;
  for (const [at, mail] of kept.entries()) {
    if (run?.signal?.aborted) return err(appErrorOf('cancelled'));
    const raw = await buffer(deps.files.read(mail.rawSha256));
    const item = await importMail(deps, { raw, source: mail.subject, isReleased: true });
    if (!item.ok) return item;
    if (item.value.outcome === 'new_ticket' || item.value.outcome === 'reply') released += 1;
    run?.progress(at + 1, kept.length);
  }
  const others = kept.length - released;
  return deps.store.write(() => {
    const payload = { customerId: id, released, others };
    logOperation(deps, actor, { groupId: deps.ids.group(), kind: 'release_mail', payload, before: {} });
    deps.events.publish({ type: 'desk_changed', what: 'customers' });
    return ok({ released, others });
  });
}
