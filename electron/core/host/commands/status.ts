import { z } from 'zod';
import { systemCheck, systemStatus } from '../../../../shared/contract/system.ts';
import { ok } from '../../../../shared/util/result.ts';
import { defineCommand } from '../command.ts';

/** What state the desk is in and where its API listens. */
export const statusCommand = defineCommand({
  name: 'status',
  input: z.strictObject({}),
  output: z.object({ status: systemStatus, baseUrl: z.string().nullable(), problem: z.string().nullable() }),
  run: async (owner) => ok({ status: owner.desk.status(), ...owner.apiAddress() }),
});

/** What the desk's machine lacks, seen from the process that owns the desk. */
export const checksCommand = defineCommand({
  name: 'checks',
  input: z.strictObject({}),
  output: z.object({ checks: z.array(systemCheck) }),
  run: async (owner) => ok({ checks: await owner.checks() }),
});

/** Ends the owner, in order. */
export const stopCommand = defineCommand({
  name: 'stop',
  input: z.strictObject({}),
  output: z.object({}),
  run: async (owner) => {
    owner.stop();
    return ok({});
  },
});
