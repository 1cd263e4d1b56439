import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { connectInput, outboxItem, syncReport, syncStatus } from '../../../../shared/contract/sync.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { replaceToken } from '../../sync/connect.ts';
import { listOutbox } from '../../sync/outboxList.ts';
import { defineCommand } from '../command.ts';

/** Makes an empty desk the mirror of a HelpDeskZ. */
export const connectCommand = defineCommand({
  name: 'remote-connect',
  input: connectInput,
  output: z.object({ username: z.string(), tickets: z.number().int(), missing: z.array(z.string()) }),
  run: async (owner, input) => {
    const connected = await owner.desk.connect(input);
    if (!connected.ok) return connected;
    const { staff, tickets, missing } = connected.value;
    return ok({ username: staff.username, tickets, missing: [...missing] });
  },
});

/** Another API token for the same server. */
export const replaceTokenCommand = defineCommand({
  name: 'remote-token',
  input: z.strictObject({ token: z.string().trim().min(1).max(300) }),
  output: z.object({}),
  run: async (owner, { token }) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const replaced = await replaceToken(services.value.deps, token);
    services.value.sync.reset();
    return replaced.ok ? ok({}) : replaced;
  },
});

/** How the mirror stands, with every operation that waits. */
export const remoteStatusCommand = defineCommand({
  name: 'remote-status',
  input: z.strictObject({}),
  output: z.object({ status: syncStatus, outbox: z.array(outboxItem) }),
  run: async (owner) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const status = services.value.sync.status();
    return status
      ? ok({ status, outbox: listOutbox(services.value.deps) })
      : err(appErrorOf('not_connected'));
  },
});

/** One run of the engine, now. */
export const syncCommand = defineCommand({
  name: 'sync',
  input: z.strictObject({}),
  output: syncReport,
  run: async (owner, _input, { signal }) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { sync } = services.value;
    signal.addEventListener('abort', () => sync.cancel());
    return sync.run();
  },
});
