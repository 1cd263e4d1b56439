import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { fillDemo } from '../../services/demoDesk.ts';
import type { Services } from '../../services/services.ts';
import { defineCommand } from '../command.ts';

/** Fills a desk with demo tickets. An empty workspace becomes a demo desk with an administrator «demo». */
export const demoCommand = defineCommand({
  name: 'demo',
  input: z.strictObject({
    tickets: z.number().int().min(1).max(10_000_000),
    seed: z.number().int(),
    /** Also beside tickets that are there already. */
    force: z.boolean(),
  }),
  output: z.object({
    tickets: z.number(),
    messages: z.number(),
    attachments: z.number(),
    wasCancelled: z.boolean(),
    /** Of the administrator «demo» that was made for this; null on a desk that was set up before. */
    password: z.string().nullable(),
  }),
  run: async ({ desk, isListening }, { tickets, seed, force }, run) => {
    let password: string | null = null;
    if (desk.status().state === 'needs_setup') {
      const installed = await desk.installDemoAdmin();
      if (!installed.ok) return installed;
      password = installed.value.password;
    }
    const services = desk.ready();
    if (!services.ok) return services;
    if (hasTickets(services.value) && !force) return err(appErrorOf('desk_not_empty'));
    const { signal } = run;
    const onProgress = (done: number, total: number) =>
      run.progress({ done: Math.floor(done), total, step: 'tickets' });
    const filled = await fillDemo(services.value, {
      tickets,
      seed,
      isDeskInUse: isListening,
      signal,
      onProgress,
    });
    return filled.ok ? ok({ ...filled.value, password }) : filled;
  },
});

function hasTickets({ deps }: Services): boolean {
  const { open, waiting, closed, trash } = deps.store.counts.counts('all', 0, 0);
  return open + waiting + closed + trash > 0;
}
