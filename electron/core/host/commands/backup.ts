import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { backUp } from '../../store/backup.ts';
import { storeError } from '../../store/store.ts';
import { defineCommand } from '../command.ts';

/** Copies the running desk's database. Attachment files are named by their content and never change: copy them. */
export const backupCommand = defineCommand({
  name: 'backup',
  input: z.strictObject({ path: z.string().min(1) }),
  output: z.object({ path: z.string() }),
  run: async (owner, { path }, run) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    try {
      await backUp(services.value.deps.store.db, path, (done, total) =>
        run.progress({ done, total, step: 'backup' }),
      );
      return ok({ path });
    } catch (error) {
      return err(storeError(error) ?? appErrorOf('folder_not_writable', { details: { path } }));
    }
  },
});
