import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { importSummary } from '../../../../shared/contract/system.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { runImport } from '../../services/importJob.ts';
import { defineCommand } from '../command.ts';

/** Imports mail files that lie on this machine. Administrators see the job in their windows, and may cancel it too. */
export const importCommand = defineCommand({
  name: 'import',
  /** Absolute: the owner has another working directory than the command. */
  input: z.strictObject({ paths: z.array(z.string().min(1)).min(1) }),
  output: importSummary,
  run: async (owner, { paths }, run) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { deps, jobs } = services.value;
    const { finished } = jobs.start({
      kind: 'import',
      startedBy: null,
      label: paths.length === 1 ? (paths[0] ?? '') : `${paths.length} files`,
      run: ({ signal, progress }) =>
        runImport(deps, {
          paths,
          signal: AbortSignal.any([signal, run.signal]),
          onProgress: (done, total) => {
            progress(done, total);
            run.progress({ done, total, step: 'bytes' });
          },
        }),
    });
    const job = await finished;
    return job.importSummary ? ok(job.importSummary) : err(job.error ?? appErrorOf('internal'));
  },
});
