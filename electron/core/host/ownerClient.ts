import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { appError, appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { CONTROL_HEADER } from '../api/peer.ts';
import type { CommandRun, DeskCommand } from './command.ts';
import type { RunInfo } from './runFile.ts';

const line = z.union([
  z.object({ progress: z.object({ done: z.number(), total: z.number().nullable(), step: z.string() }) }),
  z.object({
    result: z.union([
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), error: appError }),
    ]),
  }),
]);

/** Nobody listens where run.json points: its owner was killed, or is just opening or closing. */
export const UNREACHABLE = Symbol('unreachable');

/** All that a caller needs to know of a command: who calls an owner carries none of its code. */
type CommandShape<O> = Pick<DeskCommand<never, O>, 'name' | 'output'>;

/** Runs a command in the workspace's live owner. Aborting `run.signal` cancels it there. */
export async function callOwner<I, O>(
  { controlSocket }: RunInfo,
  command: CommandShape<O>,
  input: I,
  run: CommandRun,
): Promise<Result<O> | typeof UNREACHABLE> {
  const body = Buffer.from(JSON.stringify(input));
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    [CONTROL_HEADER]: controlSocket.secret,
  };
  const path = `/control/${command.name}`;
  const response = await send(
    { socketPath: controlSocket.path, path, method: 'POST', headers, signal: run.signal },
    body,
  );
  if (response === null) return run.signal.aborted ? err(appErrorOf('cancelled')) : UNREACHABLE;
  try {
    return await readAnswer(response, command, run);
  } catch {
    return err(appErrorOf(run.signal.aborted ? 'cancelled' : 'internal'));
  }
}

function send(options: RequestOptions, body: Buffer): Promise<IncomingMessage | null> {
  return new Promise((settle) => {
    const sent = request(options, settle);
    sent.on('error', () => settle(null));
    sent.end(body);
  });
}

async function readAnswer<O>(
  response: IncomingMessage,
  command: CommandShape<O>,
  run: CommandRun,
): Promise<Result<O>> {
  for await (const text of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
    const parsed = line.safeParse(JSON.parse(text));
    // An owner of another version, or not an owner at all.
    if (!parsed.success) return err(appErrorOf('database_busy'));
    if ('progress' in parsed.data) run.progress(parsed.data.progress);
    else if (!parsed.data.result.ok) return err(parsed.data.result.error);
    else return ok(command.output.parse(parsed.data.result.value));
  }
  return err(appErrorOf('internal'));
}
