import type { CustomerId, DepartmentId, StaffId } from '../../../shared/model/ids.ts';
import type { StaffRole } from '../../../shared/model/ticket.ts';
import { type Actor, canSeeDepartment, type DepartmentScope } from './actor.ts';

/**
 * Who may do what: the desk's one table. A call must be named here (what is not is refused), and a service asks
 * `reaches` about each thing it is going to touch. What a token may call is its own list (permissions.ts);
 * for a person on that API it is a list by role (apiRights.ts).
 */

/** Who may make a call. `setup`: everyone until the desk is set up, then administrators. */
type Caller = 'anyone' | 'staff' | 'admin' | 'setup';

/** What may belong to somebody, with what decides whose it is. */
export type Thing =
  /** A ticket with its messages, notes, attachments and history. */
  | { readonly kind: 'ticket'; readonly departmentId: DepartmentId; readonly customerId?: CustomerId }
  /** Drafts and uploads, what one has read. */
  | { readonly kind: 'private'; readonly staffId: StaffId | null }
  /** Profile, password, sessions of an account. */
  | { readonly kind: 'account'; readonly staffId: StaffId }
  /** Long work; null = nobody's: the command line's, the desk's own. */
  | { readonly kind: 'job'; readonly staffId: StaffId | null }
  /** A reply or a note that is taken back; null = no staff member wrote it. */
  | { readonly kind: 'words'; readonly staffId: StaffId | null }
  /** Who is who: merging and deleting customers. */
  | { readonly kind: 'customers' }
  /** In whose name something is written. */
  | { readonly kind: 'voice'; readonly staffId: StaffId };
export type ThingKind = Thing['kind'];

export type ActorRole = StaffRole | 'token' | 'bound_token' | 'customer' | 'system';
export type Reach = 'all' | 'departments' | 'own' | 'none';

const PROGRAM = { token: 'none', bound_token: 'none', customer: 'none', system: 'none' } as const;

/** An agent sees tickets of their own departments only (behaviour.md part 1, «Staff roles»). */
export const REACH: Readonly<Record<ThingKind, Readonly<Record<ActorRole, Reach>>>> = {
  ticket: {
    admin: 'all',
    agent: 'departments',
    token: 'all',
    bound_token: 'all',
    customer: 'own',
    system: 'all',
  },
  // What somebody is still writing is nobody else's business, administrators' neither.
  private: { ...PROGRAM, admin: 'own', agent: 'own' },
  account: { ...PROGRAM, admin: 'all', agent: 'own' },
  job: { ...PROGRAM, admin: 'all', agent: 'own', system: 'all' },
  words: { ...PROGRAM, admin: 'all', agent: 'own', token: 'all', bound_token: 'all', system: 'all' },
  customers: { ...PROGRAM, admin: 'all', agent: 'none', token: 'all', bound_token: 'all', system: 'all' },
  voice: { ...PROGRAM, admin: 'own', agent: 'own', token: 'all', bound_token: 'own', system: 'all' },
};

/** Every call of the app API: who may make it. */
export const APP_RIGHTS = {
  'system.status': 'anyone',
  'system.checks': 'setup',
  // The desk itself refuses these three where they don't belong (already_installed, not_ready).
  'system.install': 'anyone',
  'system.connect': 'anyone',
  'system.installDemo': 'anyone',
  'system.upgrade': 'anyone',
  'session.me': 'anyone',
  'session.signIn': 'anyone',
  'session.signOut': 'anyone',
  // Who holds the secret of a reset link.
  'session.resetFacts': 'anyone',
  'session.redeemReset': 'anyone',
  'queues.page': 'staff',
  'queues.counts': 'staff',
  'queues.rows': 'staff',
  'tickets.get': 'staff',
  'tickets.history': 'staff',
  'tickets.create': 'staff',
  'tickets.reply': 'staff',
  'tickets.addNote': 'staff',
  'tickets.update': 'staff',
  'tickets.trash': 'staff',
  'tickets.restore': 'staff',
  // For good, so not for everyone.
  'tickets.purge': 'admin',
  // As for an agent's client on the API; on the server of a mirror it can't be taken back.
  'tickets.deleteFile': 'admin',
  'tickets.undo': 'staff',
  'tickets.markRead': 'staff',
  'tickets.markUnread': 'staff',
  'search.query': 'staff',
  'search.suggest': 'staff',
  // Agents open tickets for any customer; what these asked elsewhere they don't see.
  'customers.search': 'staff',
  'customers.get': 'staff',
  'customers.page': 'admin',
  'customers.create': 'admin',
  'customers.update': 'admin',
  'customers.setBlocked': 'admin',
  'customers.keptMails': 'admin',
  'customers.releaseMail': 'admin',
  'customers.contents': 'admin',
  'customers.merge': 'admin',
  'customers.delete': 'admin',
  // Tickets are handed to any department, and old ones name everybody.
  'departments.list': 'staff',
  'departments.create': 'admin',
  'departments.update': 'admin',
  'departments.reorder': 'admin',
  'departments.deletion': 'admin',
  'departments.delete': 'admin',
  'staff.list': 'staff',
  'staff.records': 'admin',
  'staff.create': 'admin',
  'staff.update': 'admin',
  'staff.setActive': 'admin',
  'staff.resetPassword': 'admin',
  'staff.makeResetLink': 'admin',
  'staff.revokeResetLink': 'admin',
  'staff.dropSecondFactor': 'admin',
  'staff.signIns': 'admin',
  'staff.sessions': 'admin',
  'staff.endSession': 'admin',
  'profile.get': 'staff',
  'profile.update': 'staff',
  'profile.changePassword': 'staff',
  'profile.offerSecondFactor': 'staff',
  'profile.confirmSecondFactor': 'staff',
  'profile.dropSecondFactor': 'staff',
  'profile.renewRecoveryCodes': 'staff',
  'profile.removeAvatar': 'staff',
  'profile.sessions': 'staff',
  'profile.endSession': 'staff',
  'security.lockouts': 'admin',
  'security.release': 'admin',
  'sources.offered': 'anyone',
  'sources.signIn': 'anyone',
  'sources.finishSignIn': 'anyone',
  'sources.list': 'admin',
  'sources.create': 'admin',
  'sources.update': 'admin',
  'sources.setActive': 'admin',
  'sources.delete': 'admin',
  'sources.reorder': 'admin',
  'sources.test': 'admin',
  'dialects.key': 'admin',
  'dialects.generateKey': 'admin',
  'dialects.removeKey': 'admin',
  'appPasswords.list': 'staff',
  'appPasswords.create': 'staff',
  'appPasswords.remove': 'staff',
  'secrets.status': 'admin',
  'secrets.retry': 'admin',
  'secrets.unlock': 'admin',
  'secrets.move': 'admin',
  'secrets.startOver': 'admin',
  'tags.list': 'staff',
  'drafts.get': 'staff',
  'drafts.list': 'staff',
  'drafts.save': 'staff',
  'drafts.discard': 'staff',
  'uploads.remove': 'staff',
  'settings.get': 'staff',
  'settings.update': 'admin',
  'api.info': 'admin',
  'tokens.create': 'admin',
  'tokens.update': 'admin',
  'tokens.regenerate': 'admin',
  'tokens.delete': 'admin',
  'tokens.calls': 'admin',
  'tokens.history': 'admin',
  'jobs.list': 'staff',
  'jobs.cancel': 'staff',
  // How much the whole desk owes.
  'mail.outbox': 'admin',
  'sync.status': 'staff',
  // Whoever is signed in to a remote workspace sees it as its token does.
  'sync.run': 'admin',
  'sync.disconnect': 'admin',
  'sync.reconnect': 'admin',
  'sync.pause': 'admin',
  'sync.leaveOld': 'admin',
  'sync.attend': 'staff',
  'sync.fetchThread': 'staff',
  'sync.refresh': 'staff',
  // What would go and stay is the whole desk's.
  'sync.restored': 'admin',
  'sync.lookAtRestored': 'admin',
  'sync.takeServerState': 'admin',
  'sync.undoable': 'staff',
  'sync.fileLimits': 'staff',
  'sync.away': 'admin',
  'sync.dismissAway': 'admin',
  'sync.outbox': 'admin',
  'sync.operation': 'admin',
  'sync.decide': 'admin',
  'sync.edit': 'admin',
  'sync.stopUpload': 'admin',
  'sync.takeBack': 'admin',
  'sync.permissions': 'admin',
  'sync.replaceToken': 'admin',
  // At this machine only, and by key, never by path (workspaceRules.ts); the other desk asks for its own sign-in.
  'workspaces.list': 'staff',
  'workspaces.open': 'staff',
  // They change what the machine's user has: a folder more, a name less in the list.
  'workspaces.add': 'admin',
  'workspaces.forget': 'admin',
  'aboard.status': 'admin',
  'aboard.estimate': 'admin',
  'aboard.lacking': 'admin',
  'aboard.take': 'admin',
  'aboard.stop': 'admin',
  'aboard.resume': 'admin',
  // Of a ticket that they see.
  'aboard.fetchLater': 'staff',
} as const satisfies Record<string, Caller>;

/** Every route of files. */
export const FILE_RIGHTS = {
  'POST /files/uploads': 'staff',
  'GET /files/uploads/:id': 'staff',
  'GET /files/attachments/:id': 'staff',
  'GET /files/mail/:id': 'staff',
  'POST /files/avatar': 'staff',
  'GET /files/avatars/:id': 'staff',
  // It writes into tickets of every department.
  'POST /files/import': 'admin',
} as const satisfies Record<string, Caller>;

const RIGHTS: ReadonlyMap<string, Caller> = new Map(Object.entries({ ...APP_RIGHTS, ...FILE_RIGHTS }));

/**
 * Why this person may not make a call of the app API (`tickets.get`) or of files (`GET /files/mail/:id`); null when
 * they may. A call that the table does not name is nobody's.
 */
export function callRefusal(
  actor: Actor | null,
  call: string,
  isSetUp: boolean,
): 'signed_out' | 'forbidden' | null {
  const caller = RIGHTS.get(call);
  if (caller === undefined) return 'forbidden';
  if (caller === 'anyone' || (caller === 'setup' && !isSetUp)) return null;
  if (actor === null) return 'signed_out';
  if (actor.kind !== 'staff') return 'forbidden';
  return caller === 'staff' || actor.role === 'admin' ? null : 'forbidden';
}

/** Whether this is one of the things the actor may touch. */
export function reaches(actor: Actor, thing: Thing): boolean {
  switch (REACH[thing.kind][roleOf(actor)]) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'departments':
      return thing.kind === 'ticket' && canSeeDepartment(scopeOf(actor), thing.departmentId);
    case 'own':
      return isOwn(actor, thing);
  }
}

function roleOf(actor: Actor): ActorRole {
  if (actor.kind === 'staff') return actor.role;
  if (actor.kind === 'token') return actor.boundTo === null ? 'token' : 'bound_token';
  return actor.kind;
}

function isOwn(actor: Actor, thing: Thing): boolean {
  if (thing.kind === 'customers') return false;
  if (thing.kind === 'ticket') return actor.kind === 'customer' && thing.customerId === actor.customerId;
  const staffId = actor.kind === 'staff' ? actor.staffId : actor.kind === 'token' ? actor.boundTo : null;
  return staffId !== null && thing.staffId === staffId;
}

/** The departments whose tickets an account sees: what queues, counts and search are read with. */
export function scopeFor(role: StaffRole, departmentIds: readonly DepartmentId[]): DepartmentScope {
  return REACH.ticket[role] === 'all' ? 'all' : departmentIds;
}

/** The departments whose tickets the actor sees as a whole. */
export function scopeOf(actor: Actor): DepartmentScope {
  if (REACH.ticket[roleOf(actor)] === 'all') return 'all';
  return actor.kind === 'staff' ? actor.scope : [];
}
