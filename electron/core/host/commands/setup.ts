import { z } from 'zod';
import { installInput } from '../../../../shared/contract/desk.ts';
import { systemStatus } from '../../../../shared/contract/system.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { defineCommand } from '../command.ts';

/** Sets the desk up without a screen. Whoever reaches the control socket needs no setup code. */
export const setupCommand = defineCommand({
  name: 'setup',
  input: installInput,
  output: z.object({ username: z.string(), siteName: z.string() }),
  run: async (owner, input) => {
    const installed = await owner.desk.install(input);
    if (installed.ok) return ok({ username: installed.value.username, siteName: input.siteName });
    if (installed.error.code !== 'already_installed') return installed;
    // The person at this terminal may know the path; a stranger on the network may not.
    const path = owner.folder.allowSetup;
    return err({ ...installed.error, message: `${installed.error.message} (${path})`, details: { path } });
  },
});

/** Upgrades an older desk; answers with the state when that is over. */
export const upgradeCommand = defineCommand({
  name: 'upgrade',
  input: z.strictObject({}),
  output: z.object({ wasNeeded: z.boolean(), backupPath: z.string().nullable(), status: systemStatus }),
  run: async (owner, _input, run) => {
    const before = owner.desk.status();
    const stop = owner.desk.events.subscribe(({ event }) => {
      if (event.type === 'system' && event.status.upgradeProgress) run.progress(event.status.upgradeProgress);
    });
    const upgraded = await owner.desk.upgrade();
    stop();
    if (!upgraded.ok) return upgraded;
    const status = upgraded.value;
    if (status.error) return err(status.error);
    return ok({ wasNeeded: before.upgrade !== null, backupPath: before.upgrade?.backupPath ?? null, status });
  },
});
