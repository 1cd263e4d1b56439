import { z } from 'zod';
import { apiToken, createTokenDone, createTokenInput } from '../../../../shared/contract/desk.ts';
import { ok } from '../../../../shared/util/result.ts';
import { createToken, listTokens } from '../../services/apiTokens.ts';
import { defineCommand } from '../command.ts';

export const createTokenCommand = defineCommand({
  name: 'create-token',
  input: createTokenInput,
  output: createTokenDone,
  run: async (owner, input) => {
    const services = owner.desk.ready();
    return services.ok ? createToken(services.value.deps, input) : services;
  },
});

export const listTokensCommand = defineCommand({
  name: 'list-tokens',
  input: z.strictObject({}),
  output: z.object({ tokens: z.array(apiToken) }),
  run: async (owner) => {
    const services = owner.desk.ready();
    return services.ok ? ok({ tokens: listTokens(services.value.deps) }) : services;
  },
});
