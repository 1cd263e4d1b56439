import { z } from 'zod';
import { ok } from '../../../../shared/util/result.ts';
import { backUp } from '../../store/backup.ts';
import { defineCommand } from '../command.ts';

/** Copies the running desk's database. Attachment files are named by their content and never change: copy them. */
export const backupCommand = defineCommand({
  name: 'backup',
  input: z.strictObject({ path: z.string().min(1) }),
  output: z.object({ path: z.string() }),
  run: async (owner, { path }, run) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { db } = services.value.deps.store;
    const copied = await backUp(db, path, (done, total) => run.progress({ done, total, step: 'backup' }));
    return copied.ok ? ok({ path }) : copied;
  },
});
