import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { createFakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { ACTIONS } from '../fakes/helpdeskz/routes.ts';
import { addDepartment, addStaff } from '../fakes/helpdeskz/state.ts';
import type { Answer } from './support/client.ts';
import { differences } from './support/compare.ts';
import { type Exchange, exchanges, setup } from './support/exchanges.ts';
import { recorded, requestOf } from './support/replay.ts';

const PERMISSIONS = Object.values(ACTIONS).flatMap((actions) =>
  Object.values(actions).map(({ permission }) => permission),
);
const READ_ONLY = PERMISSIONS.filter((text) => /^Get (?!file content)/.test(text));
const START_MS = 1_795_294_300_000;

let nowMs = START_MS;
const fake = createFakeHelpdeskz({ now: () => nowMs });
const { state } = fake;
const tokens = new Map<string, string>();

function addToken(kind: string, ipAddress: string, permissions: readonly string[] | 'all', isActive = true) {
  const token = `Token${kind}`.padEnd(60, 'x');
  tokens.set(kind, token);
  state.tokens.push({ token, ipAddress, permissions, isActive });
}

for (const { name, private: isPrivate } of setup.departments) addDepartment(state, name, isPrivate === 1);
for (const member of setup.staff) {
  const { username, fullname, email, password, active, totp_secret_base32: secret } = member;
  addStaff(state, {
    ...{ username, fullname, email, password },
    isActive: active === 1,
    totpSecret: secret ?? null,
    registration: START_MS / 1000,
    // These two had signed in to the panel before the recording.
    ...(member.id === 1 || member.id === 4 ? { lastLogin: START_MS / 1000, login: START_MS / 1000 } : {}),
  });
}
addToken('all', '127.0.0.1', 'all');
addToken('anyip', '', 'all');
addToken('wild', '127.0.0.*', 'all');
addToken('multi', '10.0.0.1,127.0.0.1', 'all');
addToken('wrongip', '10.0.0.1', 'all');
addToken('inactive', '127.0.0.1', 'all', false);
addToken('noperm', '127.0.0.1', []);
addToken('readonly', '127.0.0.1', READ_ONLY);

function replay(exchange: Exchange): Answer {
  const token = tokens.get(exchange.request.token_kind ?? 'all') ?? '';
  const { headers: given, body = Buffer.alloc(0), ...request } = requestOf(exchange, token);
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { status, headers: answered, body: text } = fake.handle({ ...request, headers, body });
  return {
    status,
    contentType: answered['content-type'] ?? '',
    location: answered.location,
    headers: answered,
    body: request.method === 'HEAD' ? '' : text,
    bytes: Buffer.from(text),
  };
}

/** The steps of exchanges.setup.json. */
function prepare(exchange: Exchange): Exchange {
  const { name, request } = exchange;
  if (name === 'messages.show_page1') addNineReplies();
  if (name === 'attachments.show_file_gone') {
    const file = state.attachments.get(2);
    if (file) file.isFileGone = true;
  }
  if (!name.startsWith('staff.auth_2fa_ok') && !name.startsWith('staff.auth_2fa_same')) return exchange;
  const secret = Secret.fromBase32(setup.staff[3]?.totp_secret_base32 ?? '');
  const value = new TOTP({ secret }).generate({ timestamp: nowMs });
  const form = request.form?.map((entry) =>
    entry.name === 'two_factor' ? { name: entry.name, value } : entry,
  );
  return { ...exchange, request: { ...request, ...(form ? { form } : {}) } };
}

function addNineReplies(): void {
  nowMs += 2000;
  for (let number = 0; number < 9; number++) {
    const form = [
      { name: 'ticket_id', value: '2' },
      { name: 'replier', value: 'staff' },
      { name: 'staff_id', value: '2' },
      { name: 'message', value: `reply number ${number}` },
      { name: 'attachment[]', filename: '', base64: '' },
    ];
    const request = { method: 'POST', path: '/api/messages/create', headers: { Token: '<token>' }, form };
    const answer = replay({ name: 'reply', request, response: { status: 200, headers: {}, body: '' } });
    expect(answer.body).toContain('Message was created');
  }
}

describe('the fake HelpDeskZ', () => {
  it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))(
    'answers %s as the reference did',
    (_, exchange) => {
      nowMs += 100;
      const answer = replay(prepare(exchange));
      expect(differences(answer, recorded(exchange), [START_MS, nowMs + 1000])).toEqual([]);
    },
  );

  it('lists tickets in row order, with a new one where a deleted one was (behaviour.md 3.6)', () => {
    const { response } = exchanges.find(({ name }) => name === 'tickets.list_order_after_delete') as Exchange;
    const ids = (JSON.parse(response.body) as { tickets: { id: string }[] }).tickets.map(({ id }) => id);
    expect(ids.slice(0, 4)).toEqual(['1', '2', '10', '4']);
  });
});
