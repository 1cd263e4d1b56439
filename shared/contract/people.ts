import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { departmentId, staffId } from '../model/ids.ts';
import { staffRole } from '../model/ticket.ts';
import { staffMember } from './desk.ts';
import { dialect } from './dialects.ts';

/** HelpDeskZ signs in with these (behaviour.md 2.7). */
const username = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,50}$/, 'Letters, digits, - and _ only, up to 50.');
const staffName = z.string().trim().min(1).max(LIMITS.staffNameLength);
const email = z.string().trim().max(LIMITS.emailLength).pipe(z.email());
const password = z.string().min(LIMITS.passwordMinLength).max(1000);

/** What an administrator edits of a staff member. */
export const staffFields = z.object({
  username,
  name: staffName,
  email,
  role: staffRole,
  /** What an agent sees; an administrator sees everything anyway. */
  departmentIds: z.array(departmentId).max(1000),
});
export type StaffFields = z.infer<typeof staffFields>;

/** `password` null = Staffdesk makes one and shows it once. */
export const createStaffInput = staffFields.extend({ password: password.nullable() });
export type CreateStaffInput = z.infer<typeof createStaffInput>;
export const updateStaffInput = staffFields.extend({ staffId });
export const staffIdInput = z.object({ staffId });
export const setStaffActiveInput = z.object({ staffId, isActive: z.boolean() });

/** A staff member as Setup → Staff shows them. */
export const staffRecord = staffMember.extend({
  createdAt: z.number().int(),
  /** null = never signed in. */
  lastSignInAt: z.number().int().nullable(),
  hasSecondFactor: z.boolean(),
  /** A link to a new password is out; null = none that still works. */
  resetLinkUntil: z.number().int().nullable(),
});
export type StaffRecord = z.infer<typeof staffRecord>;
/** `password` is set when it was generated: shown this once, only its hash is kept. */
export const createStaffDone = z.object({ staff: staffRecord, password: z.string().nullable() });
export const resetPasswordDone = z.object({ password: z.string() });

/** What a reset link carries behind its `#`: shown this once, only its hash is kept. */
export const resetLink = z.object({ secret: z.string(), expiresAt: z.number().int() });
export type ResetLink = z.infer<typeof resetLink>;
const resetSecret = z.string().trim().min(1).max(200);
export const resetSecretInput = z.object({ secret: resetSecret });
/** Whose password the link sets. */
export const resetFacts = z.object({ username: z.string(), name: z.string(), expiresAt: z.number().int() });
export const redeemResetInput = z.object({ secret: resetSecret, newPassword: password });

/** One line of the sign-in log, newest first. */
export const signInRecord = z.object({
  id: z.number().int(),
  staffId: staffId.nullable(),
  /** Empty where no such user name exists: somebody may have typed a password there. */
  username: z.string(),
  address: z.string(),
  userAgent: z.string(),
  succeeded: z.boolean(),
  usedRecoveryCode: z.boolean(),
  createdAt: z.number().int(),
});
export type SignInRecord = z.infer<typeof signInRecord>;
/** null = everyone's, failed ones under unknown names too. */
export const signInsInput = z.object({ staffId: staffId.nullable() });

/** A signed-in browser, window or client of another system. The id names it; it does not open it. */
export const staffSession = z.object({
  id: z.string(),
  createdAt: z.number().int(),
  lastSeenAt: z.number().int(),
  address: z.string(),
  userAgent: z.string(),
  /** In whose words it was opened; null = in the app. */
  dialect: dialect.nullable(),
  /** The other system whose account opened it; null = an account of this desk. */
  source: z.string().nullable(),
  /** The one this was asked from. */
  isThis: z.boolean(),
});
export type StaffSession = z.infer<typeof staffSession>;
const sessionId = z.string().regex(/^[0-9A-F]{32}$/);
export const endSessionInput = z.object({ staffId, sessionId });
export const endOwnSessionInput = z.object({ sessionId });

export const departmentFields = z.object({
  name: z.string().max(LIMITS.departmentNameLength),
  isPrivate: z.boolean(),
});
export const departmentIdInput = z.object({ departmentId });
export const updateDepartmentInput = departmentFields.extend({ departmentId });
/** Every department once, in the order they should have. */
export const reorderDepartmentsInput = z.object({ departmentIds: z.array(departmentId).max(10_000) });
/** What goes with a department. */
export const departmentDeletion = z.object({
  tickets: z.number().int(),
  /** Active agents who see this department and no other. */
  agentsLeftWithout: z.array(z.string()),
});
/** `moveTo` null = its tickets go to the trash. */
export const deleteDepartmentInput = z.object({ departmentId, moveTo: departmentId.nullable() });
export const deleteDepartmentDone = z.object({ tickets: z.number().int() });

export const profile = z.object({
  username: z.string(),
  name: z.string(),
  email: z.string(),
  hasSecondFactor: z.boolean(),
  recoveryCodesLeft: z.number().int(),
  /** IANA name; empty = the desk's. */
  timeZone: z.string(),
  signatureHtml: z.string(),
});
export type Profile = z.infer<typeof profile>;
/** What is not given stays. */
export const updateProfileInput = z
  .object({
    name: staffName,
    email,
    timeZone: z.string().max(100),
    signatureHtml: z.string().max(LIMITS.signatureLength),
  })
  .partial();
export type UpdateProfileInput = z.infer<typeof updateProfileInput>;
export const changePasswordInput = z.object({
  currentPassword: z.string().min(1).max(1000),
  newPassword: password,
});
/** What an authenticator app needs; nothing is kept until a code proves that the app has it. */
export const secondFactorOffer = z.object({ secret: z.string(), uri: z.string() });
export type SecondFactorOffer = z.infer<typeof secondFactorOffer>;
export const confirmSecondFactorInput = z.object({
  secret: z.string().regex(/^[A-Z2-7]{32}$/),
  code: z.string().trim().min(1).max(10),
  currentPassword: z.string().min(1).max(1000),
});
export const currentPasswordInput = z.object({ currentPassword: z.string().min(1).max(1000) });
/** Shown this once: only their hashes are kept. */
export const recoveryCodesDone = z.object({ profile, recoveryCodes: z.array(z.string()) });
