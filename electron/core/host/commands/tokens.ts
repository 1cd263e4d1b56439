import { z } from 'zod';
import {
  type ApiToken,
  apiToken,
  createTokenDone,
  createTokenInput,
} from '../../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { TOKEN_STATES, tokenStateAt } from '../../../../shared/model/tokenState.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { createToken, listTokens } from '../../services/apiTokens.ts';
import { staffEntries } from '../../services/staffDirectory.ts';
import { defineCommand } from '../command.ts';

const COMMAND_LINE: Actor = { kind: 'system', name: 'Command line' };

export const createTokenCommand = defineCommand({
  name: 'create-token',
  input: createTokenInput.omit({ staffId: true }).extend({ staff: z.string().max(100).nullish() }),
  output: createTokenDone,
  run: async (owner, { staff, ...input }) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { deps } = services.value;
    if (typeof staff !== 'string') return createToken(deps, COMMAND_LINE, input);
    const [account] = staffEntries(deps, staff);
    return account
      ? createToken(deps, COMMAND_LINE, { ...input, staffId: account.id })
      : err(appErrorOf('staff_not_found'));
  },
});

export const listTokensCommand = defineCommand({
  name: 'list-tokens',
  input: z.strictObject({}),
  output: z.object({ tokens: z.array(apiToken.extend({ state: z.enum(TOKEN_STATES) })) }),
  run: async (owner) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { deps } = services.value;
    const now = deps.clock.now();
    const withState = (token: ApiToken) => ({ ...token, state: tokenStateAt(token, now) });
    return ok({ tokens: listTokens(deps).map(withState) });
  },
});
