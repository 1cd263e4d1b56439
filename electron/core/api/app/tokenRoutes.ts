import { createTokenDone, createTokenInput } from '../../../../shared/contract/desk.ts';
import {
  regenerateTokenInput,
  tokenCalls as tokenCallsOutput,
  tokenInput,
  updateTokenInput,
} from '../../../../shared/contract/tokens.ts';
import {
  createToken,
  deleteToken,
  regenerateToken,
  tokenCalls,
  updateToken,
} from '../../services/apiTokens.ts';
import { router, staffOnly, unwrap } from './context.ts';

/** Tokens of the HelpDeskZ API; the list of them is in `api.info`. */
export const tokenRoutes = router({
  create: staffOnly
    .input(createTokenInput)
    .output(createTokenDone)
    .mutation(({ ctx, input }) => unwrap(createToken(ctx.deps, input))),
  update: staffOnly
    .input(updateTokenInput)
    .output(tokenInput)
    .mutation(({ ctx, input }) => unwrap(updateToken(ctx.deps, input))),
  regenerate: staffOnly
    .input(regenerateTokenInput)
    .output(createTokenDone)
    .mutation(({ ctx, input }) => unwrap(regenerateToken(ctx.deps, input))),
  delete: staffOnly
    .input(tokenInput)
    .output(tokenInput)
    .mutation(({ ctx, input }) => unwrap(deleteToken(ctx.deps, input.tokenId))),
  calls: staffOnly
    .input(tokenInput)
    .output(tokenCallsOutput)
    .query(({ ctx, input }) => unwrap(tokenCalls(ctx.deps, input.tokenId))),
});
