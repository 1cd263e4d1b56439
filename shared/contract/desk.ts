import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { customerId, departmentId, staffId, tokenId } from '../model/ids.ts';
import { staffRole } from '../model/ticket.ts';
import { faveoSettings, formaSettings, octethSettings } from './dialects.ts';
import { switchedTemplate } from './mail.ts';
import { customer, ticketRow } from './queues.ts';

export const department = z.object({
  id: departmentId,
  name: z.string(),
  isPrivate: z.boolean(),
  position: z.number().int(),
});
export type Department = z.infer<typeof department>;

export const staffMember = z.object({
  id: staffId,
  username: z.string(),
  name: z.string(),
  email: z.string(),
  role: staffRole,
  isActive: z.boolean(),
  departmentIds: z.array(departmentId),
  /** Changes with the picture: part of its address; null = none. */
  avatar: z.string().nullable(),
});
export type StaffMember = z.infer<typeof staffMember>;

export const customerSearchInput = z.object({
  text: z.string().max(200),
  limit: z.number().int().min(1).max(50).default(10),
});
export const customerList = z.object({ customers: z.array(customer) });
export const customerInput = z.object({ customerId });
/** The customer and their newest tickets that the viewer may see; `isGone`: deleted, or merged into another. */
export const customerDetail = z.object({ customer, tickets: z.array(ticketRow), isGone: z.boolean() });

export const deskSettings = z.object({
  siteName: z.string().trim().min(1).max(200),
  siteUrl: z.string().max(500),
  /** IANA name, for dates people read. */
  timeZone: z.string().min(1).max(100),
  overdueHours: z.number().int().min(1).max(8760),
  /** Newest message first or last; the API's order follows it (behaviour.md 2.5). */
  replyOrder: z.enum(['asc', 'desc']),
  ticketsPage: z.number().int().min(1).max(20_000),
  repliesPage: z.number().int().min(1).max(20_000),
  attachmentsEnabled: z.boolean(),
  attachmentsPerMessage: z.number().int().min(1).max(100),
  attachmentMaxBytes: z.number().int().min(1).max(2_000_000_000),
  /** Extensions the API accepts, lower case without the dot. */
  attachmentTypes: z.array(z.string().regex(/^[a-z0-9]{1,12}$/)),
  /** In a remote workspace: attachments of open tickets are kept here up to this; 0 = they are fetched when opened. */
  attachmentsAheadBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  loginAttempts: z.number().int().min(1).max(100),
  loginLockMinutes: z.number().int().min(1).max(1440),
  /** How long one stays signed in without using it. */
  sessionDays: z.number().int().min(1).max(365),
  /** Mail templates that are on, of those that can be off. */
  mailTemplatesOn: z.array(switchedTemplate),
  /** In a remote workspace: a reply, too, is held when messages came that its writer had not seen. */
  holdsReplies: z.boolean(),
  octethSignIn: octethSettings,
  formaSignIn: formaSettings,
  faveoSignIn: faveoSettings,
});
export type DeskSettings = z.infer<typeof deskSettings>;

/** The 19 permissions of a HelpDeskZ API token (behaviour.md part 1, «API row»). */
export const PERMISSIONS = [
  'users.create',
  'users.read',
  'users.update',
  'users.delete',
  'departments.create',
  'departments.read',
  'departments.update',
  'departments.delete',
  'tickets.create',
  'tickets.read',
  'tickets.update',
  'tickets.delete',
  'messages.create',
  'messages.read',
  'attachments.read',
  'attachments.download',
  'attachments.delete',
  'staff.read',
  'staff.auth',
] as const;
export const permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permission>;

export const apiToken = z.object({
  id: tokenId,
  name: z.string(),
  permissions: z.array(permission),
  /** Exact addresses or `a.b.c.*`; empty = any. */
  ipList: z.array(z.string()),
  isActive: z.boolean(),
  createdAt: z.number().int(),
  /** From then on it is refused; null = never. */
  expiresAt: z.number().int().nullable(),
  /** The only staff member in whose name it may write; null = any. */
  boundTo: z.object({ staffId, name: z.string(), isActive: z.boolean() }).nullable(),
  lastUsedAt: z.number().int().nullable(),
  lastUsedAddress: z.string().nullable(),
  /** Method and path. */
  lastUsedCall: z.string().nullable(),
  /** Until when the token it replaced still works; null = it has not been regenerated. */
  previousValidUntil: z.number().int().nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;
export const createTokenInput = z.object({
  name: z.string().trim().min(1).max(200),
  permissions: z.array(permission),
  ipList: z.array(z.string().max(64)).max(200).default([]),
  /** The day at whose beginning, in the desk's time zone, it stops working; none = never. */
  expiresOn: z.iso.date().nullish(),
  staffId: staffId.nullish(),
});
export type CreateTokenInput = z.output<typeof createTokenInput>;
/** `token` is shown this once; only its hash is kept. */
export const createTokenDone = z.object({ tokenId, token: z.string() });

export const apiInfo = z.object({
  /** Where scripts reach the HelpDeskZ API, or null with the reason why it does not listen. */
  baseUrl: z.string().nullable(),
  problem: z.string().nullable(),
  tokens: z.array(apiToken),
});

/** What the first screen asks (wizard and `cli setup` alike). */
export const installInput = z.object({
  siteName: z.string().trim().min(1).max(200),
  siteUrl: z.string().max(500).default(''),
  timeZone: z.string().min(1).max(100).default('UTC'),
  departments: z
    .array(z.string().trim().min(1).max(LIMITS.departmentNameLength))
    .min(1)
    .max(100)
    .default(['General', 'Advertising', 'Sales']),
  admin: z.object({
    username: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9_-]{1,50}$/, 'Letters, digits, _ and - only (HelpDeskZ signs in with these)'),
    name: z.string().trim().min(1).max(LIMITS.staffNameLength),
    email: z.email().max(LIMITS.emailLength),
    password: z.string().min(LIMITS.passwordMinLength).max(1000),
  }),
  /** Asked when the desk listens beyond this machine: printed on its terminal. */
  code: z.string().max(20).optional(),
});
export type InstallInput = z.output<typeof installInput>;

export const signInInput = z.object({
  username: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
  /** Six digits, or a recovery code. */
  code: z.string().max(40).optional(),
  /** In a remote workspace: the password was changed on the server, which is to be asked about it, once. */
  atServer: z.boolean().optional(),
});

export const viewer = z.object({
  staff: staffMember,
  siteName: z.string(),
  /** The person's own, else the desk's. */
  timeZone: z.string(),
  /** Purified; stands below every reply they begin. */
  signatureHtml: z.string(),
});
export type Viewer = z.infer<typeof viewer>;
