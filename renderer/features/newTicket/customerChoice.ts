import type { Customer } from '../../../shared/contract/queues.ts';
import type { CreateTicketInput } from '../../../shared/contract/tickets.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';

/** Who the ticket is for: someone known, or an address with a name. */
export type CustomerChoice = { id: CustomerId | null; email: string; name: string };

export const NOBODY: CustomerChoice = { id: null, email: '', name: '' };

export const choiceOf = ({ id, email, name }: Customer): CustomerChoice => ({ id, email, name });

/** One line of the list under the field. */
export type CustomerOption =
  | { readonly kind: 'known'; readonly customer: Customer }
  | { readonly kind: 'new'; readonly email: string };

/** Somebody who is to be made with the ticket, as a draft remembers them. */
export function isNewCustomer({ id, email, name }: CustomerChoice): boolean {
  return id === null && name !== '' && looksLikeEmail(email);
}

/** Loose on purpose: the core has the last word on what an address is. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}

/** What can be picked for the typed text: those found, and a new customer where it is an unknown address. */
export function customerOptions(typed: string, found: readonly Customer[]): CustomerOption[] {
  const email = typed.trim();
  const isKnown = found.some((customer) =>
    [customer.email, ...customer.otherEmails].some((one) => one.toLowerCase() === email.toLowerCase()),
  );
  const known = found.map((customer): CustomerOption => ({ kind: 'known', customer }));
  return looksLikeEmail(email) && !isKnown ? [...known, { kind: 'new', email }] : known;
}

/** The customer as the core wants it; null while nobody is chosen. */
export function customerInput(choice: CustomerChoice): CreateTicketInput['customer'] | null {
  if (choice.id !== null) return { id: choice.id };
  const email = choice.email.trim();
  return email === '' ? null : { email, name: choice.name.trim() };
}
