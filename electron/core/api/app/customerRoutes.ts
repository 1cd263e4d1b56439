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
import { fail, may, router, unwrap } from './context.ts';

const managing = may('customers.manage');

export const customerRoutes = router({
  search: may('customers.find')
    .input(customerSearchInput)
    .output(customerList)
    .query(async ({ ctx, input }) => ({
      customers: await searchCustomers(ctx.services, ctx.actor, input.text, input.limit),
    })),
  get: may('customers.find')
    .input(customerInput)
    .output(customerDetail)
    .query(({ ctx, input }) => {
      const customer =
        customerWithCounts(ctx.deps, ctx.actor, input.customerId) ?? fail(appErrorOf('customer_not_found'));
      const isGone = liveCustomer(ctx.deps, customer.id) === undefined;
      return { customer, isGone, tickets: customerTickets(ctx.deps, ctx.actor, customer.id) };
    }),
  page: managing
    .input(customerPageInput)
    .output(customerPage)
    .query(({ ctx, input }) => customerListPage(ctx.deps, ctx.actor, input)),
  create: managing
    .input(createCustomerInput)
    .output(createCustomerDone)
    .mutation(({ ctx, input }) => ({ customerId: unwrap(createCustomer(ctx.deps, ctx.actor, input)) })),
  update: managing
    .input(updateCustomerInput)
    .mutation(({ ctx, input }) => unwrap(updateCustomer(ctx.deps, ctx.actor, input))),
  setBlocked: managing
    .input(setBlockedInput)
    .mutation(({ ctx, input }) =>
      unwrap(setCustomerBlocked(ctx.deps, ctx.actor, input.customerId, input.isBlocked)),
    ),
  keptMails: managing
    .input(customerInput)
    .output(keptMails)
    .query(({ ctx, input }) => kept.keptMails(ctx.deps, input.customerId)),
  releaseMail: managing
    .input(customerInput)
    .output(releaseMailDone)
    .mutation(async ({ ctx, input }) =>
      unwrap(await kept.releaseKeptMail(ctx.services, ctx.actor, input.customerId)),
    ),
  contents: managing
    .input(customerInput)
    .output(customerContents)
    .query(
      async ({ ctx, input }) =>
        (await ctx.services.reader.customerContents(input.customerId)) ?? fail(appErrorOf('not_ready')),
    ),
  merge: managing
    .input(mergeCustomersInput)
    .output(mergeCustomersDone)
    .mutation(async ({ ctx, input }) => unwrap(await mergeCustomers(ctx.services, ctx.actor, input))),
  delete: managing
    .input(deleteCustomerInput)
    .output(deleteCustomerDone)
    .mutation(async ({ ctx, input }) => unwrap(await removeCustomer(ctx.services, ctx.actor, input))),
});
