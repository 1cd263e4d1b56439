import {
  createCustomerDone,
  createCustomerInput,
  customerContents,
  customerPage,
  customerPageInput,
  deleteCustomerDone,
  deleteCustomerInput,
  keptMails,
  mergeCustomersDone,
  mergeCustomersInput,
  releaseMailDone,
  setBlockedInput,
  updateCustomerInput,
} from '../../../../shared/contract/customers.ts';
import {
  customerDetail,
  customerInput,
  customerList,
  customerSearchInput,
} from '../../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { liveCustomer } from '../../services/currentCustomer.ts';
import { customerListPage, setCustomerBlocked, updateCustomer } from '../../services/customerAdmin.ts';
import { mergeCustomers } from '../../services/customerMerge.ts';
import { removeCustomer } from '../../services/customerRemoval.ts';
import { searchCustomers } from '../../services/customerSearch.ts';
import { createCustomer } from '../../services/customers.ts';
import * as kept from '../../services/keptMail.ts';
import { customerTickets, customerWithCounts } from '../../services/ticketReader.ts';
import { fail, router, staffOnly, unwrap } from './context.ts';

export const customerRoutes = router({
  search: staffOnly
    .input(customerSearchInput)
    .output(customerList)
    .query(async ({ ctx, input }) => ({
      customers: await searchCustomers(ctx.services, ctx.actor, input.text, input.limit),
    })),
  get: staffOnly
    .input(customerInput)
    .output(customerDetail)
    .query(({ ctx, input }) => {
      const customer =
        customerWithCounts(ctx.deps, ctx.actor, input.customerId) ?? fail(appErrorOf('customer_not_found'));
      const isGone = liveCustomer(ctx.deps, customer.id) === undefined;
      return { customer, isGone, tickets: customerTickets(ctx.deps, ctx.actor, customer.id) };
    }),
  page: staffOnly
    .input(customerPageInput)
    .output(customerPage)
    .query(({ ctx, input }) => customerListPage(ctx.deps, ctx.actor, input)),
  create: staffOnly
    .input(createCustomerInput)
    .output(createCustomerDone)
    .mutation(({ ctx, input }) => ({ customerId: unwrap(createCustomer(ctx.deps, ctx.actor, input)) })),
  update: staffOnly
    .input(updateCustomerInput)
    .mutation(({ ctx, input }) => unwrap(updateCustomer(ctx.deps, ctx.actor, input))),
  setBlocked: staffOnly
    .input(setBlockedInput)
    .mutation(({ ctx, input }) =>
      unwrap(setCustomerBlocked(ctx.deps, ctx.actor, input.customerId, input.isBlocked)),
    ),
  keptMails: staffOnly
    .input(customerInput)
    .output(keptMails)
    .query(({ ctx, input }) => kept.keptMails(ctx.deps, input.customerId)),
  releaseMail: staffOnly
    .input(customerInput)
    .output(releaseMailDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(await kept.releaseKeptMail(ctx.services, ctx.actor, input.customerId)),
    ),
  contents: staffOnly
    .input(customerInput)
    .output(customerContents)
    .query(
      async ({ ctx, input }) =>
        (await ctx.services.reader.customerContents(input.customerId)) ?? fail(appErrorOf('not_ready')),
    ),
  merge: staffOnly
    .input(mergeCustomersInput)
    .output(mergeCustomersDone)
    .mutation(async ({ ctx, input }) => unwrap(await mergeCustomers(ctx.services, ctx.actor, input))),
  delete: staffOnly
    .input(deleteCustomerInput)
    .output(deleteCustomerDone)
    .mutation(async ({ ctx, input }) => unwrap(await removeCustomer(ctx.services, ctx.actor, input))),
});
