import { readFileSync } from 'node:fs';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../electron/core/services/apiTokens.ts';
import { PERMISSIONS, type Permission } from '../../shared/contract/desk.ts';
import type { AttachmentId, StaffId } from '../../shared/model/ids.ts';
import { DIFFERENCES, type Difference } from './differences.ts';
import { type ApiDesk, addStaff, openApiDesk, SYSTEM } from './support/apiDesk.ts';
import { type Answer, multipart, send } from './support/client.ts';
import { differences, type Expected } from './support/compare.ts';
import { type Exchange, exchanges, setup } from './support/exchanges.ts';
import { recorded, requestOf } from './support/replay.ts';

const READ_ONLY = PERMISSIONS.filter((permission) => permission.endsWith('.read'));
const JSON_TYPE = 'application/json; charset=UTF-8';

let desk: ApiDesk;
const tokens = new Map<string, string>();
const startedAt = Date.now();
const score = { same: 0, listed: 0, different: 0 };

const make = (permissions: readonly Permission[], ipList: string[]): string => {
  const created = createToken(desk.deps, SYSTEM, { name: 'contract', permissions: [...permissions], ipList });
  if (!created.ok) throw new Error(created.error.message);
  return created.value.token;
};

beforeAll(async () => {
  desk = await openApiDesk({ siteUrl: 'http://helpdesk.test' });
  const { store } = desk.deps;
  for (const { name, private: isPrivate } of setup.departments) {
    store.departments.insert({ name, isPrivate: isPrivate === 1, now: desk.clock.now() });
  }
  for (const member of setup.staff) await addStaff(desk.deps, member);
  // These two had signed in to the reference's panel before the recording.
  for (const id of [1, 4]) store.staff.recordLogin(id as StaffId, desk.clock.now());
  tokens.set('all', make(PERMISSIONS, ['127.0.0.1']));
  tokens.set('anyip', make(PERMISSIONS, []));
  tokens.set('wild', make(PERMISSIONS, ['127.0.0.*']));
  tokens.set('multi', make(PERMISSIONS, ['10.0.0.1,127.0.0.1']));
  tokens.set('wrongip', make(PERMISSIONS, ['10.0.0.1']));
  tokens.set('inactive', desk.token({ ipList: ['127.0.0.1'], isActive: false }));
  tokens.set('noperm', make([], ['127.0.0.1']));
  tokens.set('readonly', make(READ_ONLY, ['127.0.0.1']));
});

afterAll(async () => {
  console.log(`contract: ${score.same} same, ${score.listed} listed, ${score.different} different`);
  await desk.close();
});

function replay(exchange: Exchange): Promise<Answer> {
  const kind = exchange.request.token_kind ?? 'all';
  return send(desk.port, requestOf(exchange, tokens.get(kind) ?? ''));
}

function ours({ ours: { status = 200, body } }: Difference, { response }: Exchange): Expected {
  const value: unknown = typeof body === 'function' ? body(response.body) : body;
  return { status, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

let totpCode = '';

/** What exchanges.setup.json says must happen before an exchange; answers the exchange to send. */
async function prepare(exchange: Exchange): Promise<Exchange> {
  if (exchange.name === 'staff.auth_2fa_ok') {
    const secret = Secret.fromBase32(setup.staff[3]?.totp_secret_base32 ?? '');
    totpCode = new TOTP({ secret }).generate({ timestamp: desk.clock.now() });
  }
  if (exchange.name.startsWith('staff.auth_2fa_ok') || exchange.name.startsWith('staff.auth_2fa_same')) {
    const form = exchange.request.form?.map((entry) =>
      entry.name === 'two_factor' ? { name: entry.name, value: totpCode } : entry,
    );
    return { ...exchange, request: { ...exchange.request, ...(form ? { form } : {}) } };
  }
  if (exchange.name === 'messages.show_page1') await addNineReplies();
  if (exchange.name === 'attachments.show_file_gone') {
    const row = desk.deps.store.attachments.byId(2 as AttachmentId);
    await desk.deps.files.remove(row?.sha256 ?? '');
  }
  return exchange;
}

async function addNineReplies(): Promise<void> {
  desk.clock.advance(1100);
  for (let number = 0; number < 9; number++) {
    const { body, contentType } = multipart([
      { name: 'ticket_id', value: '2' },
      { name: 'replier', value: 'staff' },
      { name: 'staff_id', value: '2' },
      { name: 'message', value: `reply number ${number}` },
      { name: 'attachment[]', filename: '' },
    ]);
    const headers = { Token: tokens.get('all') ?? '', 'Content-Type': contentType };
    const { body: answer } = await send(desk.port, {
      method: 'POST',
      path: '/api/messages/create',
      headers,
      body,
    });
    expect(answer).toContain('Message was created');
  }
}

async function replayAndRestore(exchange: Exchange, difference: Difference | undefined): Promise<Answer> {
  const { db, settings } = desk.deps.store;
  if (difference?.restore !== 'rollback') {
    const answer = await replay(exchange);
    if (typeof difference?.restore === 'function') await difference.restore(desk);
    return answer;
  }
  db.exec('BEGIN');
  try {
    return await replay(exchange);
  } finally {
    db.exec('ROLLBACK');
    settings.forget();
  }
}

describe('recorded exchanges of HelpDeskZ 2.0.2', () => {
  const listed = new Map(DIFFERENCES.map((difference) => [difference.name, difference]));

  it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', async (name, exchange) => {
    const difference = listed.get(name);
    const answer = await replayAndRestore(await prepare(exchange), difference);
    const timeSpan = [startedAt, desk.clock.now()] as const;
    const fromReference = differences(answer, recorded(exchange), timeSpan);
    const fromOurs = difference ? differences(answer, ours(difference, exchange), timeSpan) : [];
    if (difference && fromOurs.length === 0) score.listed += 1;
    else if (!difference && fromReference.length === 0) score.same += 1;
    else score.different += 1;
    expect(difference ? fromOurs : fromReference).toEqual([]);
    // A row that no longer differs has to leave the list.
    if (difference) expect(fromReference).not.toEqual([]);
  });

  it('are 250, and at least 200 are answered exactly as recorded', () => {
    expect(exchanges.length).toBe(250);
    expect(score).toEqual({ same: 250 - DIFFERENCES.length, listed: DIFFERENCES.length, different: 0 });
    expect(score.same).toBeGreaterThanOrEqual(200);
  });

  it('differ only where docs/helpdeskz-compatibility.md has a row, and have no fault logged', () => {
    const names = new Set(exchanges.map(({ name }) => name));
    expect(DIFFERENCES.filter(({ name }) => !names.has(name))).toEqual([]);
    const page = readFileSync(new URL('../../docs/helpdeskz-compatibility.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z]+\.[a-z0-9_]+)` \|.*\| ([^|]+) \|$/gm)].map((match) =>
      match.slice(1, 3),
    );
    expect(rows).toEqual(DIFFERENCES.map(({ name, reason }) => [name, reason]));
    expect(desk.faults).toEqual([]);
  });
});
