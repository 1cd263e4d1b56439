import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeCustomers } from '../../electron/core/services/customerMerge.ts';
import { removeCustomer } from '../../electron/core/services/customerRemoval.ts';
import { createCustomer } from '../../electron/core/services/customers.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import { restoreTickets } from '../../electron/core/services/restoreTickets.ts';
import type { Services } from '../../electron/core/services/services.ts';
import { trashTickets } from '../../electron/core/services/ticketChanges.ts';
import { customerWithCounts, ticketHistory } from '../../electron/core/services/ticketReader.ts';
import { createTicket } from '../../electron/core/services/ticketWriter.ts';
import { undoGroup } from '../../electron/core/services/undo.ts';
import { canUndo } from '../../electron/core/services/undoRights.ts';
import { createBulkWriter } from '../../electron/core/store/bulk.ts';
import { createReader, type Reader } from '../../electron/core/store/reader/readerPort.ts';
import type { CustomerId, TicketId } from '../../shared/model/ids.ts';
import type { Result } from '../../shared/util/result.ts';
import { wrongCounts } from '../support/keptCounts.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

let desk: TestDesk;
let services: Pick<Services, 'deps' | 'jobs'>;
let reader: Reader;
function open(): void {
  desk = openTestDesk();
  const { deps } = desk;
  reader = createReader(deps.store.db.name);
  services = { deps, jobs: createJobs(deps) };
}
async function close(): Promise<void> {
  expect(wrongCounts(desk.deps.store.db)).toEqual([]);
  await services.jobs.close();
  await reader.close();
  desk.close();
}
beforeEach(open);
afterEach(close);

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const add = (name: string, email: string) => value(createCustomer(desk.deps, desk.admin, { name, email }));
const system = { kind: 'system', name: 'test' } as const;
function newTicket(customerId: CustomerId, subject = 'Printer'): TicketId {
  const author = { kind: 'customer' } as const;
  const [departmentId] = desk.departments;
  const input = { customerId, departmentId, subject, bodyHtml: '<p>x</p>', author, source: 'api' } as const;
  return value(createTicket(desk.deps, system, input)).ticketId;
}
const ownerOf = (id: TicketId) => desk.deps.store.tickets.byId(id)?.customerId;
const seen = (id: CustomerId) => customerWithCounts(desk.deps, desk.admin, id);
const found = async (text: string) => (await reader.search('all', { text, limit: 20, beforeId: null })).ids;

/** Ann keeps, Bo goes; both with a second address. */
function annAndBo() {
  const bo = add('Bo', 'bo@acme.example');
  desk.deps.store.customerAddresses.add(desk.customer, 'ann@home.example', 0);
  desk.deps.store.customerAddresses.add(bo, 'bo@home.example', 0);
  return { bo, merge: { customerId: desk.customer, mergedId: bo, name: 'Bo', email: 'bo@home.example' } };
}

describe('merging two customers', () => {
  it('moves tickets, the trash’s too, and addresses; a search finds them under the new name', async () => {
    const { bo, merge } = annAndBo();
    const [own, live, trashed] = [newTicket(desk.customer), newTicket(bo), newTicket(bo)];
    value(await trashTickets(desk.deps, desk.admin, [trashed]));
    expect(value(await mergeCustomers(services, desk.admin, merge)).tickets).toBe(2);
    expect([own, live, trashed].map(ownerOf)).toEqual([desk.customer, desk.customer, desk.customer]);
    expect(seen(desk.customer)).toMatchObject({
      name: 'Bo',
      email: 'bo@home.example',
      otherEmails: ['ann@home.example', 'ann@acme.example', 'bo@acme.example'],
      openTickets: 2,
    });
    desk.deps.store.search.drain(1000, desk.clock);
    expect(await found('ann@home.example bo')).toEqual([live, own]);
    expect(value(await restoreTickets(desk.deps, desk.admin, [trashed])).changedTickets).toBe(1);
    expect(ownerOf(trashed)).toBe(desk.customer);
    // A draft or a program that remembers the old id still reaches the person.
    expect(ownerOf(newTicket(bo))).toBe(desk.customer);
  });

  it('is undone as a whole: names, addresses, tickets, and who had them', async () => {
    const { bo, merge } = annAndBo();
    const tickets = [newTicket(bo), newTicket(bo)];
    const { groupId } = value(await mergeCustomers(services, desk.admin, merge));
    const later = newTicket(desk.customer);
    expect(code(await undoGroup(desk.deps, desk.agent, groupId))).toBe('cannot_undo');
    expect(value(await undoGroup(desk.deps, desk.admin, groupId)).changedTickets).toBe(2);
    expect(tickets.map(ownerOf)).toEqual([bo, bo]);
    expect(ownerOf(later)).toBe(desk.customer);
    expect(seen(bo)).toMatchObject({
      name: 'Bo',
      email: 'bo@acme.example',
      otherEmails: ['bo@home.example'],
    });
    expect(seen(desk.customer)).toMatchObject({
      name: 'Ann Lee',
      email: 'ann@acme.example',
      otherEmails: ['ann@home.example'],
    });
    const lines = value(ticketHistory(desk.deps, desk.admin, tickets[0] as TicketId));
    expect(lines.map(({ kind }) => kind)).toEqual(['set_customer', 'set_customer', 'create_ticket']);
    desk.deps.store.search.drain(1000, desk.clock);
    expect(await found('bo@home.example')).toEqual(tickets.toReversed());
  });

  it('of two without tickets is undone too, and not twice', async () => {
    const { bo, merge } = annAndBo();
    const { groupId } = value(await mergeCustomers(services, desk.admin, merge));
    expect(code(await undoGroup(desk.deps, desk.admin, groupId))).toBe('ok');
    expect(seen(bo)).toMatchObject({ email: 'bo@acme.example' });
    expect(code(await undoGroup(desk.deps, desk.admin, groupId))).toBe('cannot_undo');
  });

  it('keeps on undo what somebody changed since, and refuses when one of the two is gone', async () => {
    const { bo, merge } = annAndBo();
    const ticket = newTicket(bo);
    const { groupId } = value(await mergeCustomers(services, desk.admin, merge));
    desk.deps.store.customers.setName(desk.customer, 'Renamed', 1);
    value(await undoGroup(desk.deps, desk.admin, groupId));
    expect(seen(desk.customer)?.name).toBe('Renamed');
    const again = value(await mergeCustomers(services, desk.admin, { ...merge, name: 'Renamed' }));
    value(await removeCustomer(services, desk.admin, { customerId: desk.customer, mode: 'trash' }));
    expect(code(await undoGroup(desk.deps, desk.admin, again.groupId))).toBe('cannot_undo');
    expect(ownerOf(ticket)).toBe(desk.customer);
  });

  it('wants two different customers, and name and address of one of them', async () => {
    const { merge } = annAndBo();
    const tried = async (values: Partial<typeof merge>) =>
      code(await mergeCustomers(services, desk.admin, { ...merge, ...values }));
    expect(await tried({ mergedId: desk.customer })).toBe('merge_same');
    expect(await tried({ mergedId: 999 as CustomerId })).toBe('customer_not_found');
    expect(await tried({ name: 'Zoë' })).toBe('invalid_input');
    expect(await tried({ email: 'zoe@acme.example' })).toBe('invalid_input');
  });
});

/** A customer with thousands of tickets, written as a first sync writes them. */
function crowd(customerId: CustomerId, count: number): TicketId[] {
  const bulk = createBulkWriter(desk.deps.store.db);
  const ids: TicketId[] = [];
  bulk.inTransaction(() => {
    for (let at = 0; at < count; at += 1)
      ids.push(
        bulk.ticket({
          departmentId: desk.departments[at % 3] ?? desk.departments[0],
          customerId,
          assigneeId: null,
          status: ((at % 5) + 1) as 1,
          priority: 1,
          subject: `Ticket ${at}`,
          source: 'demo',
          createdAt: at,
          tagIds: [],
          messages: [
            {
              author: 'customer',
              staffId: null,
              bodyHtml: 'x',
              preview: 'x',
              createdAt: at,
              attachments: [],
            },
          ],
        }),
      );
  });
  return ids;
}

/** Cancels the job that runs as soon as it tells of progress. */
function cancelAtFirstProgress(): void {
  const stop = desk.deps.events.subscribe(({ event }) => {
    if (event.type !== 'job' || event.job.done === 0 || event.job.state !== 'running') return;
    stop();
    desk.clock.tick = 0;
    services.jobs.cancel(event.job.id);
  });
}

describe('a customer with 5 000 tickets', () => {
  it('is merged in slices, can be cancelled, gone on with and undone', async () => {
    const { bo, merge } = annAndBo();
    const ids = crowd(bo, 5000);
    // Each look at the clock takes 1 ms until it is cancelled: slices of a few tickets, and progress in between.
    desk.clock.tick = 1;
    cancelAtFirstProgress();
    expect(code(await mergeCustomers(services, desk.admin, merge))).toBe('cancelled');
    const moved = ids.filter((id) => ownerOf(id) === desk.customer).length;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(5000);
    expect(seen(bo)).toMatchObject({ totalTickets: 5000 - moved });
    expect(wrongCounts(desk.deps.store.db)).toEqual([]);
    const done = value(await mergeCustomers(services, desk.admin, merge));
    expect(done.tickets).toBe(5000 - moved);
    expect(seen(desk.customer)).toMatchObject({ totalTickets: 5000 });
    expect(value(await undoGroup(desk.deps, desk.admin, done.groupId)).changedTickets).toBe(5000 - moved);
    expect(seen(bo)).toMatchObject({ totalTickets: 5000 - moved });
  });

  it('has an undo that goes on where it broke off', async () => {
    const { bo, merge } = annAndBo();
    crowd(bo, 500);
    const { groupId } = value(await mergeCustomers(services, desk.admin, merge));
    desk.clock.tick = 1;
    const stop = new AbortController();
    const run = { signal: stop.signal, progress: () => stop.abort() };
    value(await undoGroup(desk.deps, desk.admin, groupId, run));
    desk.clock.tick = 0;
    expect(seen(desk.customer)?.totalTickets).toBeGreaterThan(0);
    expect(code(await undoGroup(desk.deps, desk.admin, groupId))).toBe('ok');
    expect(seen(bo)).toMatchObject({ totalTickets: 500, email: 'bo@acme.example' });
    expect(code(await undoGroup(desk.deps, desk.admin, groupId))).toBe('cannot_undo');
  });

  it.each(['trash', 'erase'] as const)('is deleted (%s), can be cancelled and gone on with', async (mode) => {
    crowd(desk.customer, 5000);
    desk.clock.tick = 1;
    const remove = () => removeCustomer(services, desk.admin, { customerId: desk.customer, mode });
    cancelAtFirstProgress();
    expect(code(await remove())).toBe('cancelled');
    const left = seen(desk.customer)?.totalTickets ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(5000);
    expect(code(await remove())).toBe('ok');
    expect(seen(desk.customer)).toMatchObject({ totalTickets: 0 });
    const rows = desk.deps.store.db.prepare('SELECT count(*) FROM tickets').pluck().get();
    expect(rows).toBe(mode === 'trash' ? 5000 : 0);
  });
});

describe('whatever is merged, deleted and undone', () => {
  const step = fc.record({
    kind: fc.constantFrom('merge', 'trash', 'erase', 'undo', 'ticket', 'trashTicket'),
    one: fc.nat(4),
    other: fc.nat(4),
  });

  it('keeps every counter equal to its rows, every address one customer’s, every ticket a customer’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        await close();
        open();
        const people = [0, 1, 2, 3, 4].map((at) => add(`C${at}`, `c${at}@a.example`));
        people.forEach((id, at) => void desk.deps.store.customerAddresses.add(id, `c${at}@b.example`, 0));
        const groups: string[] = [];
        for (const { kind, one, other } of steps) await act(kind, people, one, other, groups);
        const { db } = desk.deps.store;
        const count = (sql: string) => db.prepare<[], number>(sql).pluck().get();
        expect(wrongCounts(db)).toEqual([]);
        expect(
          count(`SELECT count(*) FROM tickets t JOIN customers c ON c.id = t.customer_id
                 WHERE t.deleted_at IS NULL AND c.deleted_at IS NOT NULL`),
        ).toBe(0);
        expect(
          count(`SELECT count(*) - count(DISTINCT email_key) FROM (
                   SELECT email_key FROM customers WHERE deleted_at IS NULL
                   UNION ALL SELECT email_key FROM customer_addresses WHERE removed_at IS NULL)`),
        ).toBe(0);
        expect(
          count(`SELECT count(*) FROM customer_addresses a JOIN customers c ON c.id = a.customer_id
                 WHERE a.removed_at IS NULL AND c.deleted_at IS NOT NULL`),
        ).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  async function act(kind: string, people: CustomerId[], one: number, other: number, groups: string[]) {
    const customerId = people[one] as CustomerId;
    if (kind === 'ticket') return void createFor(customerId);
    if (kind === 'trashTicket') {
      const ids = desk.deps.store.customers.liveTicketIds(customerId) as TicketId[];
      return void (await trashTickets(desk.deps, desk.admin, ids.slice(0, 1)));
    }
    if (kind === 'undo') {
      const groupId = groups.pop();
      return void (groupId && (await undoGroup(desk.deps, desk.admin, groupId)));
    }
    if (kind === 'merge') {
      const mergedId = people[other] as CustomerId;
      const { name = '', email = '' } = seen(mergedId) ?? {};
      const done = await mergeCustomers(services, desk.admin, { customerId, mergedId, name, email });
      return void (done.ok && groups.push(done.value.groupId));
    }
    const mode = kind === 'erase' ? 'erase' : 'trash';
    const gone = await removeCustomer(services, desk.admin, { customerId, mode });
    return void (gone.ok && gone.value.groupId && groups.push(gone.value.groupId));
  }

  function createFor(customerId: CustomerId): void {
    const author = { kind: 'customer' } as const;
    const [departmentId] = desk.departments;
    // Nobody there any more: refused, as it should be.
    createTicket(desk.deps, system, {
      customerId,
      departmentId,
      subject: 'x',
      bodyHtml: '<p>x</p>',
      author,
      source: 'api',
    });
  }
});

describe('undoing what administrators did to customers', () => {
  it('is theirs alone', async () => {
    const { merge } = annAndBo();
    newTicket(merge.mergedId);
    const { groupId } = value(await mergeCustomers(services, desk.admin, merge));
    const log = desk.deps.store.operations.byGroup(groupId);
    expect(log.map((operation) => canUndo(desk.deps, operation, desk.agent))).toEqual([false, false]);
    expect(log.map((operation) => canUndo(desk.deps, operation, desk.admin))).toEqual([true, true]);
  });
});
