import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '../../../shared/contract/events.ts';
import type { CustomerId, DepartmentId, StaffId, TicketId, TokenId } from '../../../shared/model/ids.ts';
import type { Actor } from './actor.ts';
import { mayHear } from './mayHear.ts';
import {
  APP_RIGHTS,
  callRefusal,
  FILE_RIGHTS,
  REACH,
  reaches,
  scopeFor,
  scopeOf,
  type Thing,
} from './rights.ts';

const OWN = 1 as DepartmentId;
const OTHER = 2 as DepartmentId;
const ME = 7 as StaffId;
const COLLEAGUE = 8 as StaffId;
const CUSTOMER = 5 as CustomerId;

const token = { kind: 'token', tokenId: 1 as TokenId, name: 'script', permissions: [] } as const;
const ACTORS = {
  admin: { kind: 'staff', staffId: ME, name: 'Ada', role: 'admin', scope: 'all' },
  agent: { kind: 'staff', staffId: ME, name: 'Sam', role: 'agent', scope: [OWN] },
  token: { ...token, boundTo: null },
  bound_token: { ...token, boundTo: ME },
  customer: { kind: 'customer', customerId: CUSTOMER, name: 'Ann' },
  system: { kind: 'system', name: 'Mail import' },
} as const satisfies Record<string, Actor>;
type Role = keyof typeof ACTORS;
const ROLES = Object.keys(ACTORS) as Role[];

const EVERYBODY = ROLES.join(' ');
const NOT_CUSTOMERS = 'admin agent token bound_token system';

/** Role × ownership of every thing: who reaches it. */
const THINGS: [what: string, thing: Thing, who: string][] = [
  ['a ticket of the own department', { kind: 'ticket', departmentId: OWN }, NOT_CUSTOMERS],
  [
    'a ticket of another department',
    { kind: 'ticket', departmentId: OTHER },
    'admin token bound_token system',
  ],
  [
    'a ticket of the own department, the customer’s own',
    { kind: 'ticket', departmentId: OWN, customerId: CUSTOMER },
    EVERYBODY,
  ],
  [
    'a ticket of another department, the customer’s own',
    { kind: 'ticket', departmentId: OTHER, customerId: CUSTOMER },
    'admin token bound_token customer system',
  ],
  [
    'a ticket of another customer',
    { kind: 'ticket', departmentId: OWN, customerId: 6 as CustomerId },
    NOT_CUSTOMERS,
  ],
  ['own drafts and uploads', { kind: 'private', staffId: ME }, 'admin agent'],
  ['a colleague’s drafts and uploads', { kind: 'private', staffId: COLLEAGUE }, ''],
  ['nobody’s drafts and uploads', { kind: 'private', staffId: null }, ''],
  ['the own account', { kind: 'account', staffId: ME }, 'admin agent'],
  ['a colleague’s account', { kind: 'account', staffId: COLLEAGUE }, 'admin'],
  ['the own job', { kind: 'job', staffId: ME }, 'admin agent system'],
  ['a colleague’s job', { kind: 'job', staffId: COLLEAGUE }, 'admin system'],
  ['the desk’s job', { kind: 'job', staffId: null }, 'admin system'],
  ['own words', { kind: 'words', staffId: ME }, NOT_CUSTOMERS],
  ['a colleague’s words', { kind: 'words', staffId: COLLEAGUE }, 'admin token bound_token system'],
  ['a program’s words', { kind: 'words', staffId: null }, 'admin token bound_token system'],
  ['customers as such', { kind: 'customers' }, 'admin token bound_token system'],
  ['the own voice', { kind: 'voice', staffId: ME }, NOT_CUSTOMERS],
  ['a colleague’s voice', { kind: 'voice', staffId: COLLEAGUE }, 'token system'],
];

describe('whose things somebody reaches', () => {
  it.each(THINGS)('%s', (_what, thing, who) => {
    expect(ROLES.filter((role) => reaches(ACTORS[role], thing)).join(' ')).toBe(who);
  });

  it('has every kind of thing in its table', () => {
    expect(new Set(THINGS.map(([, { kind }]) => kind))).toEqual(new Set(Object.keys(REACH)));
  });

  it('agrees with what lists are read with', () => {
    expect([scopeFor('admin', [OWN]), scopeFor('agent', [OWN])]).toEqual(['all', [OWN]]);
    for (const role of ROLES) {
      for (const departmentId of [OWN, OTHER]) {
        const scope = scopeOf(ACTORS[role]);
        const isListed = scope === 'all' || scope.includes(departmentId);
        expect([role, isListed]).toEqual([role, reaches(ACTORS[role], { kind: 'ticket', departmentId })]);
      }
    }
  });
});

const ANYONE = [
  'system.status',
  'system.install',
  'system.connect',
  'system.installDemo',
  'system.upgrade',
  'session.me',
  'session.signIn',
  'session.signOut',
  'session.resetFacts',
  'session.redeemReset',
  'sources.offered',
  'sources.signIn',
  'sources.finishSignIn',
];
const ALL_STAFF = [
  'queues.page queues.counts queues.rows search.query search.suggest tags.list settings.get',
  'tickets.get tickets.history tickets.create tickets.reply tickets.addNote tickets.update tickets.trash',
  'tickets.restore tickets.undo tickets.markRead tickets.markUnread',
  'appPasswords.list appPasswords.create appPasswords.remove',
  'customers.search customers.get departments.list staff.list',
  'profile.get profile.update profile.changePassword profile.offerSecondFactor profile.confirmSecondFactor',
  'profile.dropSecondFactor profile.renewRecoveryCodes profile.removeAvatar profile.sessions profile.endSession',
  'drafts.get drafts.list drafts.save drafts.discard uploads.remove jobs.list jobs.cancel',
  'workspaces.list workspaces.open',
  'aboard.fetchLater',
  'sync.status sync.attend sync.fetchThread sync.refresh sync.undoable sync.fileLimits',
].flatMap((line) => line.split(' '));
const STAFF_FILES = [
  'POST /files/uploads',
  'GET /files/uploads/:id',
  'GET /files/attachments/:id',
  'GET /files/mail/:id',
  'POST /files/avatar',
  'GET /files/avatars/:id',
];

describe('who may make a call', () => {
  const calls = [...Object.keys(APP_RIGHTS), ...Object.keys(FILE_RIGHTS)].filter(
    (call) => call !== 'system.checks',
  );
  /** Who is not listed here may not: every other call is an administrator's. */
  const expected = (call: string) => {
    if (ANYONE.includes(call)) return { nobody: null, admin: null, agent: null, program: null };
    const isForAll = ALL_STAFF.includes(call) || STAFF_FILES.includes(call);
    return { nobody: 'signed_out', admin: null, agent: isForAll ? null : 'forbidden', program: 'forbidden' };
  };

  it.each(calls)('%s', (call) => {
    const answer = (role: Role | null) => callRefusal(role === null ? null : ACTORS[role], call, true);
    const { nobody, admin, agent, program } = expected(call);
    expect([answer(null), answer('admin'), answer('agent')]).toEqual([nobody, admin, agent]);
    for (const role of ['token', 'bound_token', 'customer', 'system'] as const)
      expect(answer(role)).toBe(program);
  });

  it('names only calls that exist', () => {
    for (const call of [...ANYONE, ...ALL_STAFF, ...STAFF_FILES]) expect(calls).toContain(call);
  });

  it('shows the checks to everyone before the set-up, afterwards to administrators', () => {
    const answers = (isSetUp: boolean) =>
      [null, ACTORS.agent, ACTORS.admin].map((actor) => callRefusal(actor, 'system.checks', isSetUp));
    expect(answers(false)).toEqual([null, null, null]);
    expect(answers(true)).toEqual(['signed_out', 'forbidden', null]);
  });

  it.each(['tickets.nope', 'constructor', '', 'GET /files/secret'])('«%s» is nobody’s', (call) => {
    for (const actor of [null, ACTORS.admin]) expect(callRefusal(actor, call, true)).toBe('forbidden');
  });
});

const job = (startedBy: StaffId | null) =>
  ({ type: 'job', job: { startedBy } }) as Extract<DeskEvent, { type: 'job' }>;
const news = (departmentIds: DepartmentId[]) => ({
  ticketIds: [],
  departmentIds,
  isNew: false,
  ticketId: 1 as TicketId,
  assigneeId: null,
  customerName: '',
  subject: '',
  preview: '',
  isNewTicket: false,
});
const STATUS = { type: 'system', status: {} } as Extract<DeskEvent, { type: 'system' }>;

/** Event × ownership: which of somebody without a session, an agent and an administrator hear of it. */
const EVENTS: [what: string, event: DeskEvent, who: string][] = [
  ['the state of the desk', STATUS, 'nobody agent admin'],
  ['a setting', { type: 'desk_changed', what: 'settings' }, 'agent admin'],
  ['tickets of the own department', { type: 'tickets_changed', ...news([OWN]) }, 'agent admin'],
  ['a ticket that came from elsewhere', { type: 'tickets_changed', ...news([OTHER, OWN]) }, 'agent admin'],
  ['tickets of another department', { type: 'tickets_changed', ...news([OTHER]) }, 'admin'],
  ['a message in the own department', { type: 'customer_message', ...news([OWN]) }, 'agent admin'],
  ['a message in another department', { type: 'customer_message', ...news([OTHER]) }, 'admin'],
  ['own drafts', { type: 'drafts_changed', staffId: ME }, 'agent admin'],
  ['a colleague’s drafts', { type: 'drafts_changed', staffId: COLLEAGUE }, ''],
  ['what one has read', { type: 'read_changed', staffId: ME, ticketId: 1 as TicketId }, 'agent admin'],
  ['what a colleague has read', { type: 'read_changed', staffId: COLLEAGUE, ticketId: 1 as TicketId }, ''],
  ['the own job', job(ME), 'agent admin'],
  ['a colleague’s job', job(COLLEAGUE), 'admin'],
  ['the desk’s job', job(null), 'admin'],
];

describe('who hears of an event', () => {
  it.each(EVENTS)('%s', (_what, event, who) => {
    const listeners = { nobody: null, agent: ACTORS.agent, admin: ACTORS.admin };
    const heard = Object.entries(listeners).filter(([, actor]) => mayHear(actor, event));
    expect(heard.map(([name]) => name).join(' ')).toBe(who);
  });

  it('is not for programs', () => {
    for (const role of ['token', 'bound_token', 'customer', 'system'] as const) {
      expect(EVENTS.filter(([, event]) => mayHear(ACTORS[role], event)).map(([what]) => what)).toEqual([
        'the state of the desk',
      ]);
    }
  });
});
