import { createTokenDone, createTokenInput } from '../../../../shared/contract/desk.ts';
import {
  regenerateTokenInput,
  tokenCalls as tokenCallsOutput,
  tokenHistory as tokenHistoryOutput,
  tokenInput,
  updateTokenInput,
} from '../../../../shared/contract/tokens.ts';
import {
  createToken,
  deleteToken,
  regenerateToken,
  tokenCalls,
  tokenHistory,
  updateToken,
} from '../../services/apiTokens.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** Tokens of the HelpDeskZ API; the list of them is in `api.info`. */
export const tokenRoutes = router({
  create: staffOnly
    .input(createTokenInput)
    .output(createTokenDone)
    .mutation(({ ctx, input }) => unwrap(createToken(ctx.deps, ctx.actor, input))),
  update: staffOnly
    .input(updateTokenInput)
    .output(tokenInput)
    .mutation(({ ctx, input }) => unwrap(updateToken(ctx.deps, ctx.actor, input))),
  regenerate: staffOnly
    .input(regenerateTokenInput)
    .output(createTokenDone)
    .mutation(({ ctx, input }) => unwrap(regenerateToken(ctx.deps, ctx.actor, input))),
  delete: staffOnly
    .input(tokenInput)
    .output(tokenInput)
    .mutation(({ ctx, input }) => unwrap(deleteToken(ctx.deps, ctx.actor, input.tokenId))),
  calls: staffOnly
    .input(tokenInput)
    .output(tokenCallsOutput)
    .query(({ ctx, input }) => unwrap(tokenCalls(ctx.deps, input.tokenId))),
  history: staffOnly
    .input(tokenInput)
    .output(tokenHistoryOutput)
    .query(({ ctx, input }) => unwrap(tokenHistory(ctx.deps, input.tokenId))),
});
