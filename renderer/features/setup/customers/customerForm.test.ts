import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { contentsLines, counted } from './contentsText.ts';
import { cleaned, errorsOf, isSameCustomer, problemsOf, rebased, withMain } from './customerForm.ts';

describe('name and addresses', () => {
  it.each([
    [{ name: ' ', emails: ['a@b.example'] }, ['name']],
    [{ name: 'Ann', emails: [' '] }, ['emails.0']],
    [{ name: 'Ann', emails: ['a@b.example', '', 'A@b.example '] }, ['emails.2']],
    [{ name: 'Ann', emails: ['a@b.example', '', ''] }, []],
  ])('%o has something wrong beside %o', (values, fields) => {
    expect(Object.keys(problemsOf(values))).toEqual(fields);
  });

  it('go to the core trimmed and without empty lines, the main one first whatever it is', () => {
    expect(cleaned({ name: ' Ann ', emails: [' a@b.example', ' ', 'c@d.example '] })).toEqual({
      name: 'Ann',
      emails: ['a@b.example', 'c@d.example'],
    });
    expect(cleaned({ name: 'Ann', emails: ['', 'c@d.example'] }).emails).toEqual(['', 'c@d.example']);
  });

  it('are the same only in the same order: the first is the main one', () => {
    const [a, b] = ['a@b.example', 'c@d.example'];
    expect(isSameCustomer({ name: 'A', emails: [a, b] }, { name: 'A', emails: [b, a] })).toBe(false);
    expect(withMain([a, b, 'x'], 1)).toEqual([b, a, 'x']);
    expect(withMain([a], 3)).toEqual([a]);
  });

  it('keep what came and went meanwhile', () => {
    const base = { name: 'Ann', emails: ['a@x', 'b@x'] };
    const merged = { name: 'Anna', emails: ['a@x', 'b@x', 'm@x'] };
    expect(rebased(base, { name: 'Ann Lee', emails: base.emails }, merged)).toEqual({
      name: 'Ann Lee',
      emails: merged.emails,
    });
    expect(rebased(base, { name: 'Ann', emails: ['a@x', 'new@x'] }, merged)).toEqual({
      name: 'Anna',
      emails: ['a@x', 'new@x', 'm@x'],
    });
    expect(
      rebased(base, { name: 'Ann', emails: ['b@x', 'a@x', ''] }, { name: 'Ann', emails: ['b@x'] }),
    ).toEqual({
      name: 'Ann',
      emails: ['b@x', ''],
    });
    expect(rebased(base, base, merged)).toEqual(merged);
  });

  it('show the core’s refusal beside the line it is about', () => {
    expect(errorsOf(appErrorOf('email_taken', { field: 'emails.1' }))).toHaveProperty('emails.1');
    expect(errorsOf(appErrorOf('email_taken', { field: 'email' }))).toHaveProperty('emails.0');
    expect(errorsOf(appErrorOf('disk_full'))).toBeNull();
  });
});

describe('what a customer has', () => {
  it('is said in words', () => {
    const some = { tickets: 5000, trashedTickets: 1, messages: 1, attachments: 2, attachmentBytes: 2048 };
    expect(contentsLines(some)).toEqual([
      '5,000 tickets, 1 of them in the trash',
      '1 message',
      '2 attachments, 2 KB',
    ]);
    expect(contentsLines({ ...some, trashedTickets: 0, attachments: 0 })).toEqual([
      '5,000 tickets',
      '1 message',
      'no attachments',
    ]);
    expect(contentsLines({ ...some, tickets: 0 })).toEqual(['no tickets']);
    expect(counted(2, 'more address', 'more addresses')).toBe('2 more addresses');
  });
});
