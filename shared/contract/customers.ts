import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { customerId } from '../model/ids.ts';
import { customer } from './queues.ts';

const customerName = z.string().trim().max(LIMITS.customerNameLength);
const email = z.string().trim().max(LIMITS.emailLength);

/** One page of the list by name; `after` = the last customer before it, null = from the beginning. */
export const customerPageInput = z.object({
  filter: z.enum(['all', 'blocked']).default('all'),
  after: z
    .object({ name: z.string().max(1000), id: z.number().int().nonnegative() })
    .nullable()
    .default(null),
  limit: z.number().int().min(1).max(LIMITS.queuePageMax).default(LIMITS.queuePageSize),
});
export type CustomerPageInput = z.output<typeof customerPageInput>;
export const customerPage = z.object({
  customers: z.array(customer),
  hasMore: z.boolean(),
  /** Of the filter. Blocked ones are counted up to LIMITS.cappedCount + 1 (shown as «999+»). */
  total: z.number().int(),
});

export const createCustomerInput = z.object({ name: customerName, email });
export const createCustomerDone = z.object({ customerId });
/** `emails`: all of them, the main one first. */
export const updateCustomerInput = z.object({
  customerId,
  name: customerName,
  emails: z.array(email).min(1).max(LIMITS.customerAddresses),
});
export const setBlockedInput = z.object({ customerId, isBlocked: z.boolean() });

/** What belongs to a customer: said before it moves or goes. Trashed tickets are among the tickets. */
export const customerContents = z.object({
  tickets: z.number().int(),
  trashedTickets: z.number().int(),
  messages: z.number().int(),
  attachments: z.number().int(),
  attachmentBytes: z.number().int(),
});
export type CustomerContents = z.infer<typeof customerContents>;

/** A mail of a blocked customer that was kept aside. */
export const keptMail = z.object({
  sender: z.string(),
  subject: z.string(),
  receivedAt: z.number().int(),
});
export type KeptMail = z.infer<typeof keptMail>;
/** The newest of them, and how many there are. */
export const keptMails = z.object({ mails: z.array(keptMail), total: z.number().int() });
export const releaseMailDone = z.object({
  /** Now tickets or messages. */
  released: z.number().int(),
  /** Kept aside for another cause, or known already. */
  others: z.number().int(),
});

/** `mergedId` goes, `customerId` stays; `name` and `email` are one of the two's. */
export const mergeCustomersInput = z.object({
  customerId,
  mergedId: customerId,
  name: customerName,
  email,
});
export type MergeCustomersInput = z.output<typeof mergeCustomersInput>;
/** `groupId` is what undo takes. */
export const mergeCustomersDone = z.object({ groupId: z.string(), tickets: z.number().int() });

/** `trash`: as the API deletes, tickets can be restored. `erase`: nothing of it can be brought back. */
export const deleteCustomerInput = z.object({ customerId, mode: z.enum(['trash', 'erase']) });
/** `groupId` null: nothing to undo. */
export const deleteCustomerDone = z.object({ groupId: z.string().nullable(), tickets: z.number().int() });
