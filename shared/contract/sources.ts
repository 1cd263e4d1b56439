import { z } from 'zod';
import { departmentId, sourceId } from '../model/ids.ts';

/** Kinds of other systems whose accounts may sign in here. */
const sourceKind = z.enum(['helpdeskz', 'faveo', 'forma', 'octeth']);
export type SourceKind = z.infer<typeof sourceKind>;

export const SOURCE_KIND_NAMES: Readonly<Record<SourceKind, string>> = {
  helpdeskz: 'HelpDeskZ',
  faveo: 'Faveo',
  forma: 'Forma LMS',
  octeth: 'Octeth',
};

/** Whose account it is here: whoever has the same e-mail address, or the same user name. */
const sourceMatch = z.enum(['email', 'username']);
export type SourceMatch = z.infer<typeof sourceMatch>;

const MATCHES_LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/** Why an address can't be a source's; null when it can. Passwords go there: plain http is for this machine only. */
export function sourceUrlProblem(text: string, allowsHttp: boolean): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address that begins with https://';
  if (url.username !== '' || url.password !== '') return 'Leave user name and password out of the address.';
  if (url.search !== '' || url.hash !== '') return 'Leave out what follows «?» or «#».';
  if (url.protocol === 'https:' || allowsHttp || MATCHES_LOOPBACK.test(url.hostname)) return null;
  return 'http:// sends every password readable through the network. Use https://, or allow it below.';
}

/** What an administrator edits of a source. */
export const sourceFields = z.object({
  kind: sourceKind,
  name: z.string().trim().min(1, 'A name is needed.').max(60, 'Up to 60 characters.'),
  url: z.string().trim().max(500, 'Up to 500 characters.'),
  /** Accepts an http address of another machine. */
  allowsHttp: z.boolean(),
  /** PEM certificates to trust besides the public authorities; empty = none. */
  ca: z.string().trim().max(100_000, 'Up to 100 000 characters.'),
  matchBy: sourceMatch,
  /** Makes an agent of whoever signs in and is unknown here. */
  createsStaff: z.boolean(),
  /** What such an agent sees. */
  departmentIds: z.array(departmentId).max(1000),
});
export type SourceFields = z.infer<typeof sourceFields>;

/** null = the key stays as it is; empty = there is none. */
const sourceKey = z.string().trim().max(2000, 'Up to 2000 characters.').nullable();
export const createSourceInput = sourceFields.extend({ key: sourceKey });
export type CreateSourceInput = z.infer<typeof createSourceInput>;
export const updateSourceInput = createSourceInput.extend({ sourceId });
export type UpdateSourceInput = z.infer<typeof updateSourceInput>;
export const sourceIdInput = z.object({ sourceId });
export const setSourceActiveInput = z.object({ sourceId, isActive: z.boolean() });
/** Every source once, in the order they should have. */
export const reorderSourcesInput = z.object({ sourceIds: z.array(sourceId).max(1000) });

/** A source as Setup shows it; its key is never shown again. */
export const source = sourceFields.extend({
  id: sourceId,
  hasKey: z.boolean(),
  isActive: z.boolean(),
  /** Sessions that it opened and that are still open. */
  sessions: z.number().int(),
});
export type Source = z.infer<typeof source>;

/** What the sign-in screen offers. */
export const offeredSource = z.object({ id: sourceId, name: z.string() });
export type OfferedSource = z.infer<typeof offeredSource>;

const typed = z.string().max(1000);
export const sourceSignInInput = z.object({
  sourceId,
  username: typed.min(1),
  password: typed.min(1),
  /** Second factor of the other system. */
  code: z.string().max(100).default(''),
  captcha: z.string().max(100).default(''),
  captchaId: z.string().max(200).default(''),
});
export type SourceSignInInput = z.output<typeof sourceSignInInput>;
/** The other system said yes; this desk's own second factor finishes it. */
export const finishSourceSignInInput = z.object({
  pending: z.string().max(100),
  code: z.string().min(1).max(100),
});

/** One step of the test, in this order. */
const sourceStep = z.object({
  step: z.enum(['resolve', 'connect', 'tls', 'call', 'parse']),
  state: z.enum(['ok', 'failed', 'skipped']),
  /** What was found, or what went wrong. */
  text: z.string(),
  /** What to do about it; empty when it is well. */
  wayOut: z.string(),
});
export type SourceStep = z.infer<typeof sourceStep>;
/** `sourceId` null = it is not saved yet; its key is `key` then. Nothing of this is kept. */
export const testSourceInput = createSourceInput.extend({
  sourceId: sourceId.nullable(),
  username: typed,
  password: typed,
  code: z.string().max(100),
});
export type TestSourceInput = z.infer<typeof testSourceInput>;
export const sourceTest = z.object({ steps: z.array(sourceStep) });
