import { z } from 'zod';
import { staffId } from '../model/ids.ts';
import { appError } from './errors.ts';

/** One line of the first screen's check and of `cli doctor`. */
export const systemCheck = z.object({
  id: z.enum(['folder', 'disk', 'port', 'keychain', 'search', 'location']),
  label: z.string(),
  status: z.enum(['ok', 'warning', 'failed']),
  /** What was found, and what to do when it is not fine. */
  message: z.string(),
});
export type SystemCheck = z.infer<typeof systemCheck>;

const deskState = z.enum(['needs_setup', 'needs_upgrade', 'upgrading', 'ready', 'failed']);

export const upgradePlan = z.object({
  fromVersion: z.number().int(),
  toVersion: z.number().int(),
  backupPath: z.string(),
});
export type UpgradePlan = z.infer<typeof upgradePlan>;

/** Readable without signing in: what the window needs to choose its first screen. */
export const systemStatus = z.object({
  state: deskState,
  appVersion: z.string(),
  siteName: z.string().nullable(),
  /** Mirrors a server elsewhere. */
  isRemote: z.boolean(),
  /** Distinguishes the cookies and the caches of two desks on one machine. */
  workspaceId: z.string(),
  upgrade: upgradePlan.nullable(),
  upgradeProgress: z.object({ done: z.number(), total: z.number(), step: z.string() }).nullable(),
  error: appError.nullable(),
  /** The listener is reachable beyond this machine: setup asks for the code printed on the terminal. */
  needsSetupCode: z.boolean(),
});
export type SystemStatus = z.infer<typeof systemStatus>;

/** What became of one mail file or one message of an mbox. */
export const importItem = z.object({
  source: z.string(),
  outcome: z.enum(['new_ticket', 'reply', 'duplicate', 'suspended', 'failed']),
  ticketId: z.number().int().nullable(),
  reason: z.string(),
});
export type ImportItem = z.infer<typeof importItem>;
export const importSummary = z.object({
  newTickets: z.number().int(),
  replies: z.number().int(),
  duplicates: z.number().int(),
  suspended: z.number().int(),
  failed: z.number().int(),
  wasCancelled: z.boolean(),
  /** At most the first 1 000 items, failures first. */
  items: z.array(importItem),
});
export type ImportSummary = z.infer<typeof importSummary>;

/** A long job: import, demo data, indexing. */
export const job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'demo', 'index', 'bulk_update', 'aboard', 'restored']),
  label: z.string(),
  /** Who may follow and cancel it, besides administrators; null = nobody started it in a window. */
  startedBy: staffId.nullable(),
  done: z.number(),
  total: z.number().nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  canCancel: z.boolean(),
  importSummary: importSummary.nullable(),
  error: appError.nullable(),
});
export type Job = z.infer<typeof job>;
