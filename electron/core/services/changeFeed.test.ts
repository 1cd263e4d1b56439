import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSIONS, type Permission } from '../../../shared/contract/desk.ts';
import type { DepartmentId, TokenId } from '../../../shared/model/ids.ts';
import { openTestDesk, type TestDesk } from '../../../test/support/testDesk.ts';
import type { ApiActor } from '../domain/actor.ts';
import { changesAfter, newestChange } from './changeFeed.ts';
import { purgeTickets } from './purge.ts';
import { trashTickets, updateTicketNow } from './ticketChanges.ts';
import { createTicket } from './ticketWriter.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => desk.close());

const token = (permissions: readonly Permission[] = PERMISSIONS): ApiActor => ({
  kind: 'token',
  tokenId: 1 as TokenId,
  name: 'test',
  permissions,
  boundTo: null,
});
const bearer = (): ApiActor => ({ ...desk.agent, permissions: PERMISSIONS, boundTo: desk.agent.staffId });

function open(departmentId: DepartmentId) {
  const made = createTicket(desk.deps, desk.admin, {
    customerId: desk.customer,
    departmentId,
    subject: 'Hello',
    bodyHtml: 'Text',
    author: { kind: 'customer' },
    source: 'api',
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.ticketId;
}

function heard(actor: ApiActor, since = 0, limit = 1000) {
  const page = changesAfter(desk.deps, actor, since, limit);
  if (!page.ok) throw new Error(page.error.code);
  const changes = page.value.changes.map(({ entity, entityId, change }) => `${entity} ${entityId} ${change}`);
  return { ...page.value, changes };
}

describe('the change feed', () => {
  it('tells an agent’s client of the departments it sees, and of nothing else', async () => {
    const [general, advertising] = desk.departments;
    const mine = open(general);
    const other = open(advertising);
    expect(heard(bearer()).changes).toEqual(['message 1 created', `ticket ${mine} created`]);
    expect(heard(token()).changes).toHaveLength(4);
    updateTicketNow(desk.deps, desk.admin, other, { status: 4 });
    expect(heard(bearer(), 2).changes).not.toContain(`ticket ${other} changed`);
    await trashTickets(desk.deps, desk.admin, [mine, other]);
    expect(heard(bearer()).changes).toEqual([`ticket ${mine} deleted`, 'message 1 deleted']);
    await purgeTickets(desk.deps, desk.admin, [other]);
    expect(heard(bearer()).changes).toEqual([`ticket ${mine} deleted`, 'message 1 deleted']);
    expect(heard(bearer()).next).toBe(newestChange(desk.deps));
  });

  it('looks at a part of many rows only, and goes on from there', () => {
    const record = desk.deps.store.changes.record;
    desk.deps.store.db.transaction(() => {
      for (let id = 1; id <= 12_000; id++) record('ticket', id, 'changed', 0);
      record('customer', 1, 'changed', 0);
    })();
    const actor = token(['users.read']);
    const pages = [];
    for (let since = 0; ; ) {
      const page = heard(actor, since, 10);
      pages.push(page);
      since = page.next;
      if (!page.hasMore) break;
    }
    expect(pages.map(({ changes }) => changes.length)).toEqual([0, 0, 1]);
    expect(heard(token(['tickets.read']), 0, 1)).toMatchObject({
      changes: ['ticket 1 changed'],
      hasMore: true,
    });
    expect(heard(token([]))).toMatchObject({ changes: [] });
  });

  it('knows its own numbers only', () => {
    open(desk.departments[0]);
    const newest = newestChange(desk.deps);
    expect(changesAfter(desk.deps, token(), newest + 1, 10)).toMatchObject({
      ok: false,
      error: { code: 'since_unknown' },
    });
    expect(heard(token(), newest)).toMatchObject({ changes: [], next: newest, hasMore: false });
  });
});
