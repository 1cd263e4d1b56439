import { z } from 'zod';
import { aboardTake, type TakeInput, takeInput } from '../../../../shared/contract/aboard.ts';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  type ConnectAccountInput,
  connectAccountInput,
  outboxItem,
  syncReport,
  syncStatus,
} from '../../../../shared/contract/sync.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { departmentMeant } from '../../services/departments.ts';
import type { Services } from '../../services/services.ts';
import { takeStatus } from '../../sync/aboard/aboardReport.ts';
import { type Connected, reconnectDesk, replaceToken } from '../../sync/account/connect.ts';
import { disconnectDesk } from '../../sync/account/disconnect.ts';
import { listOutbox } from '../../sync/outbox/outboxList.ts';
import { defineCommand } from '../command.ts';

const TELL_EVERY_MS = 500;

async function reconnect({ deps, sync }: Services, input: ConnectAccountInput): Promise<Result<Connected>> {
  const again = await reconnectDesk(deps, input);
  if (again.ok) sync.reset();
  return again;
}

/** Makes an empty desk the mirror of a HelpDeskZ, or connects one again that was disconnected. */
export const connectCommand = defineCommand({
  name: 'remote-connect',
  input: connectAccountInput,
  output: z.object({ username: z.string(), tickets: z.number().int(), missing: z.array(z.string()) }),
  run: async (owner, input) => {
    const services = owner.desk.ready();
    const isMirror = services.ok && services.value.sync.status() !== null;
    const connected = isMirror ? await reconnect(services.value, input) : await owner.desk.connect(input);
    if (!connected.ok) return connected;
    const { staff, tickets, missing } = connected.value;
    return ok({ username: staff.username, tickets, missing: [...missing] });
  },
});

/** Ends the exchange with the remote and forgets the token. */
export const disconnectCommand = defineCommand({
  name: 'remote-disconnect',
  input: z.strictObject({ force: z.boolean() }),
  output: z.object({}),
  run: async (owner, input) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const done = await disconnectDesk(services.value, input);
    return done.ok ? ok({}) : done;
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
    if (replaced.ok) services.value.sync.reset();
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
  run: async (owner, _input, { signal, progress }) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { sync } = services.value;
    signal.addEventListener('abort', () => sync.cancel());
    const tell = setInterval(() => {
      const far = sync.status()?.progress;
      if (far) progress({ done: far.conversations, total: far.ticketsExpected, step: 'First sync' });
    }, TELL_EVERY_MS);
    try {
      return await sync.run();
    } finally {
      clearInterval(tell);
    }
  },
});

/** What a person asks for by names. */
const takeAsked = z.strictObject({
  queues: z.array(z.string()),
  departments: z.array(z.string()),
  budgetBytes: z.number(),
});

function takeMeant(deps: ServiceDeps, asked: z.infer<typeof takeAsked>): Result<TakeInput> {
  const views: unknown[] = asked.queues.map((kind) => ({ kind }));
  for (const text of asked.departments) {
    const meant = departmentMeant(deps, text);
    if (!meant.ok) return meant;
    views.push({ kind: 'department', departmentId: meant.value });
  }
  const input = takeInput.safeParse({ views, budgetBytes: asked.budgetBytes });
  if (input.success) return ok(input.data);
  const issue = input.error.issues[0];
  const field = issue?.path[0] === 'budgetBytes' ? 'attachments' : 'queue';
  return err(appErrorOf('invalid_input', { field, message: `${field}: ${issue?.message ?? 'wrong'}` }));
}

/** Fetches what is to be here where there is no network, and tells what of it is. */
export const takeCommand = defineCommand({
  name: 'remote-take',
  input: takeAsked,
  output: aboardTake,
  run: async (owner, asked, { signal }) => {
    const services = owner.desk.ready();
    if (!services.ok) return services;
    const { deps, aboard } = services.value;
    const remote = deps.store.remoteDesk.get();
    if (!remote) return err(appErrorOf('not_connected'));
    const input = takeMeant(deps, asked);
    if (!input.ok) return input;
    const taken = await aboard.take(remote.staffId, input.value);
    if (!taken.ok) return taken;
    signal.addEventListener('abort', () => void aboard.stop('cancelled'));
    const { state, error } = await taken.value;
    const status = takeStatus(deps, false);
    return state === 'failed' || !status ? err(error ?? appErrorOf('internal')) : ok(status);
  },
});
