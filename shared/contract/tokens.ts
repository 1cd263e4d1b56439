import { z } from 'zod';
import { operationId, staffId, tokenId } from '../model/ids.ts';
import { permission } from './desk.ts';

export const tokenInput = z.object({ tokenId });

/** What is left out stays as it is. */
export const updateTokenInput = z.object({
  tokenId,
  name: z.string().trim().min(1).max(200).optional(),
  permissions: z.array(permission).optional(),
  ipList: z.array(z.string().max(64)).max(200).optional(),
  expiresOn: z.iso.date().nullable().optional(),
  staffId: staffId.nullable().optional(),
  isActive: z.boolean().optional(),
});
export type UpdateTokenInput = z.output<typeof updateTokenInput>;

/** How long the old token goes on working beside the new one, in hours. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const;
export const regenerateTokenInput = z.object({ tokenId, overlapHours: z.literal(OVERLAP_HOURS) });
export type RegenerateTokenInput = z.output<typeof regenerateTokenInput>;

/** How many calls of a token are kept. */
export const TOKEN_CALLS_KEPT = 200;

export const tokenCall = z.object({
  at: z.number().int(),
  method: z.string(),
  /** Without the query. */
  path: z.string(),
  status: z.number().int(),
  /** What the answer said when it refused the call; HTTP 200 alone tells nothing (behaviour.md fact 1). */
  refusal: z.string().nullable(),
  address: z.string(),
});
export type TokenCall = z.infer<typeof tokenCall>;
/** Newest first. */
export const tokenCalls = z.object({ calls: z.array(tokenCall) });

const changedValues = z
  .object({
    name: z.string(),
    permissions: z.array(permission),
    ipList: z.array(z.string()),
    isActive: z.boolean(),
    expiresAt: z.number().int().nullable(),
    staffId: staffId.nullable(),
    overlapHours: z.number().int(),
  })
  .partial();
/** What was done to a token, by whom; its values are those that changed. */
export const tokenChange = z.object({
  id: operationId,
  kind: z.enum(['create_token', 'update_token', 'regenerate_token']),
  actorName: z.string(),
  createdAt: z.number().int(),
  before: changedValues,
  payload: changedValues,
});
export type TokenChange = z.infer<typeof tokenChange>;
/** Newest first. */
export const tokenHistory = z.object({ changes: z.array(tokenChange) });
