import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, type Result } from '../../../shared/util/result.ts';
import type { Logger } from '../ports/logger.ts';
import type { CommandRun, Owner, RunnableCommand } from './command.ts';
import { commands } from './commands/index.ts';

interface ControlOptions {
  readonly owner: Owner;
  readonly log: Logger;
}

/**
 * Adds `POST /control/<command>` to the server of the control socket. The answer is one JSON object per line:
 * any number of `{progress}`, then one `{result}`. A caller that goes away cancels its command. Whoever gets
 * here has shown the secret: `buildServer` asks for it with every request on this socket.
 */
export function addControlRoutes(app: FastifyInstance, options: ControlOptions): void {
  app.post('/control/:command', async (request, reply) => {
    const { command: name } = request.params as { command: string };
    const command = commands.find((candidate) => candidate.name === name);
    if (!command) return reply.code(404).send({ error: appErrorOf('not_found') });
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const result = await runCommand(command, request.body, reply.raw, options);
    reply.raw.end(`${JSON.stringify({ result })}\n`);
  });
}

async function runCommand(
  command: RunnableCommand,
  body: unknown,
  response: ServerResponse,
  { owner, log }: ControlOptions,
): Promise<Result<unknown>> {
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  const run: CommandRun = {
    signal: abort.signal,
    progress: (progress) => {
      if (!response.destroyed) response.write(`${JSON.stringify({ progress })}\n`);
    },
  };
  try {
    return await command.run(owner, body, run);
  } catch (error) {
    log.error('command_failed', { command: command.name, error });
    return err(appErrorOf('internal'));
  }
}
