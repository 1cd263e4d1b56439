import { beforeEach, describe, expect, it } from 'vitest';
import { setCustomerBlocked, updateCustomer } from '../../electron/core/services/customerAdmin.ts';
import { mergeCustomers } from '../../electron/core/services/customerMerge.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import type { CustomerId, StaffId } from '../../shared/model/ids.ts';
import { MESSAGE, TICKET } from './support/caller.ts';
import { eachFilledDesk } from './support/eachDesk.ts';

const ada = { kind: 'staff', staffId: 1 as StaffId, name: 'Ada', role: 'admin', scope: 'all' } as const;
const JOHN = 1 as CustomerId;

const { desk, caller } = eachFilledDesk();

const john = (email: string) => ({ success: 1, user_data: { id: '1', fullname: 'John Doe', email } });
const find = (email: string) => caller.get(`/api/users?email=${encodeURIComponent(email)}`);

describe('a customer with several addresses', () => {
  beforeEach(() => {
    const emails = ['john@example.com', 'doe@home.example'];
    expect(updateCustomer(desk.deps, ada, { customerId: JOHN, name: 'John Doe', emails }).ok).toBe(true);
  });

  it('is found by any of them and shown with the main one', async () => {
    for (const email of ['doe@home.example', 'DOE@home.example', 'john@example.com'])
      expect(await find(email)).toEqual(john('john@example.com'));
    expect(await caller.post('/api/users/create', { fullname: 'X', email: 'doe@HOME.example' })).toEqual({
      error: 1,
      message: 'Email address is is already in use.',
    });
  });

  it('is given another main one by update; one of their own changes places', async () => {
    await caller.post('/api/users/update/1', { new_email: 'doe@home.example' });
    expect(await find('john@example.com')).toEqual(john('doe@home.example'));
    await caller.post('/api/users/update/1', { new_email: 'new@example.com' });
    expect(await find('doe@home.example')).toEqual({ error: 1, message: 'User not found.' });
    expect(await find('john@example.com')).toEqual(john('new@example.com'));
  });

  it('is deleted with all of them: each is free again', async () => {
    await caller.post('/api/users/delete/1');
    for (const email of ['john@example.com', 'doe@home.example'])
      expect(await caller.post('/api/users/create', { fullname: 'X', email })).toMatchObject({ success: 1 });
  });
});

describe('a customer who was merged into another', () => {
  beforeEach(async () => {
    await caller.post('/api/users/create', { fullname: 'Johnny', email: 'johnny@example.com' });
    await caller.post('/api/tickets/create', { ...TICKET, user_id: '2' });
    const services = { deps: desk.deps, jobs: createJobs(desk.deps) };
    const merge = {
      customerId: JOHN,
      mergedId: 2 as CustomerId,
      name: 'John Doe',
      email: 'john@example.com',
    };
    expect((await mergeCustomers(services, ada, merge)).ok).toBe(true);
  });

  it('resolves to that one where programs read and write tickets', async () => {
    expect(await caller.get('/api/users/show/2')).toEqual(john('john@example.com'));
    expect(await find('johnny@example.com')).toEqual(john('john@example.com'));
    expect(await caller.get('/api/users')).toMatchObject({ total_users: 1 });
    const made = await caller.post('/api/tickets/create', { ...TICKET, user_id: '2' });
    expect(made).toMatchObject({ success: 1, ticket_id: 3 });
    expect(await caller.get('/api/tickets/show/3')).toMatchObject({ ticket: { user_id: '1' } });
    for (const id of ['1', '2'])
      expect(await caller.get(`/api/tickets?user_id=${id}`)).toMatchObject({ total_tickets: 3 });
  });

  it('is not there to be changed or deleted: that would hit the other', async () => {
    const gone = { error: 1, message: 'User not found.' };
    expect(await caller.post('/api/users/update/2', { new_email: 'x@example.com' })).toEqual(gone);
    expect(await caller.post('/api/users/delete/2')).toEqual(gone);
    expect(await caller.get('/api/users/show/1')).toEqual(john('john@example.com'));
  });
});

describe('a blocked customer', () => {
  it('is no different here: the program that calls has let them in', async () => {
    expect(setCustomerBlocked(desk.deps, ada, JOHN, true).ok).toBe(true);
    expect(await caller.post('/api/tickets/create', { ...TICKET })).toMatchObject({ success: 1 });
    expect(await caller.post('/api/messages/create', { ...MESSAGE })).toMatchObject({ success: 1 });
    expect(await caller.get('/api/users/show/1')).toEqual(john('john@example.com'));
  });
});
