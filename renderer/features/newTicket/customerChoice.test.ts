import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../shared/contract/queues.ts';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { customerInput, customerOptions, isNewCustomer, looksLikeEmail, NOBODY } from './customerChoice.ts';

const ann: Customer = {
  id: 3 as CustomerId,
  name: 'Ann Lee',
  email: 'Ann@acme.example',
  otherEmails: ['ann.lee@home.example'],
  isBlocked: false,
  createdAt: 0,
  openTickets: 1,
  totalTickets: 2,
};

describe('choosing the customer', () => {
  it.each([
    ['ann', [ann], ['known']],
    ['ann@acme.example', [ann], ['known']],
    ['anna@acme.example', [ann], ['known', 'new']],
    ['Ann.Lee@home.example', [ann], ['known']],
    ['new@b.example', [], ['new']],
    ['new@b', [], []],
    ['', [], []],
  ] as const)('%s offers %o → %o', (typed, found, kinds) => {
    expect(customerOptions(typed, found).map((option) => option.kind)).toEqual(kinds);
  });

  it.each([
    [{ id: ann.id, email: 'x', name: 'y' }, { id: 3 }],
    [
      { id: null, email: ' new@b.example ', name: ' Bo ' },
      { email: 'new@b.example', name: 'Bo' },
    ],
    [NOBODY, null],
    [{ id: null, email: '  ', name: 'Bo' }, null],
  ])('%o becomes %o', (choice, input) => {
    expect(customerInput(choice)).toEqual(input);
  });

  it.each([
    ['a@b.co', true],
    ['a b@c.de', false],
    ['@b.co', false],
  ])('%s is an address: %s', (text, expected) => {
    expect(looksLikeEmail(text)).toBe(expected);
  });

  it('tells somebody new, as a draft remembers them, from a text that was only begun', () => {
    expect(isNewCustomer({ id: null, email: 'new@b.example', name: 'Bo' })).toBe(true);
    expect(isNewCustomer({ id: null, email: 'new@b.example', name: '' })).toBe(false);
    expect(isNewCustomer({ id: ann.id, email: 'new@b.example', name: 'Bo' })).toBe(false);
    expect(isNewCustomer(NOBODY)).toBe(false);
  });
});
