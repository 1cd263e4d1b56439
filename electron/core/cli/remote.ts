import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import { connectAccountInput, type SyncReport } from '../../../shared/contract/sync.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import {
  connectCommand,
  disconnectCommand,
  remoteStatusCommand,
  replaceTokenCommand,
  syncCommand as syncOnce,
} from '../host/commands/remote.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printError, printResult } from './output.ts';
import { take } from './remoteTake.ts';

interface ConnectOptions {
  readonly data: string;
  readonly url: string;
  readonly staff: string;
  readonly passwordStdin?: boolean;
  readonly code?: string;
}

export function remoteCommand(): Command {
  return new Command('remote')
    .description('mirror a HelpDeskZ: work without a network, sync later')
    .addCommand(connect())
    .addCommand(status())
    .addCommand(disconnect())
    .addCommand(replaceToken())
    .addCommand(take());
}

function connect(): Command {
  return new Command('connect')
    .description('make an empty data folder the mirror of a HelpDeskZ, or connect a disconnected one again')
    .addOption(dataOption())
    .requiredOption('--url <url>', 'the address of the site, such as https://help.example.com')
    .requiredOption('--staff <name>', 'your user name there')
    .requiredOption('--token-stdin', 'read the API token from standard input: its first line')
    .option(
      '--password-stdin',
      'read your password there from the second line; without it the first sign-in has to reach the server',
    )
    .option('--code <digits>', 'the second factor of your account there, when it has one')
    .action(async ({ data, url, staff, ...options }: ConnectOptions) => {
      const secrets = secretsFrom(await text(process.stdin), options);
      if (!secrets.ok) return printError(secrets.error);
      const input = connectAccountInput.safeParse({ url, username: staff, ...secrets.value });
      if (!input.success) return printError(invalid(wrong(input.error.issues[0])));
      const result = await onDesk(data, connectCommand, input.data);
      printResult(result, ({ username, tickets, missing }) => {
        const lacks = missing.length > 0 ? `The token lacks: ${missing.join(' ')}\n` : '';
        return `Connected as ${username}; ${tickets} tickets there. The first sync begins with the app, or with «sync».\n${lacks}`;
      });
    });
}

/** From standard input only: arguments are seen by every user of the machine. */
function secretsFrom(
  stdin: string,
  { passwordStdin = false, code }: Pick<ConnectOptions, 'passwordStdin' | 'code'>,
): Result<{ token: string; password?: string; code?: string | undefined }> {
  const [token = '', password = ''] = stdin.split(/\r?\n/);
  if (passwordStdin) return ok({ token, password, code });
  if (password !== '')
    return err(invalid('There is a second line: say --password-stdin when it is your password.'));
  if (code !== undefined) return err(invalid('--code goes with a password: say --password-stdin as well.'));
  return ok({ token });
}

const invalid = (message: string): AppError => appErrorOf('invalid_input', { message });

const wrong = (issue: { path: PropertyKey[]; message: string } | undefined): string =>
  `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`;

function status(): Command {
  return new Command('status')
    .description('print how the mirror stands and what waits to be sent, as JSON')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      printResult(
        await onDesk(data, remoteStatusCommand, {}),
        (value) => `${JSON.stringify(value, null, 2)}\n`,
      );
    });
}

function disconnect(): Command {
  return new Command('disconnect')
    .description('stop syncing and forget the token; what is here stays readable')
    .addOption(dataOption())
    .option('--force', 'also while something waits to be sent; it is kept')
    .action(async ({ data, force }: { data: string; force?: boolean }) => {
      const done = await onDesk(data, disconnectCommand, { force: force === true });
      printResult(done, () => 'Disconnected. «remote connect» to the same server goes on where it was.\n');
    });
}

function replaceToken(): Command {
  return new Command('token')
    .description('use another API token of the same server')
    .addOption(dataOption())
    .requiredOption('--token-stdin', 'read the token from standard input')
    .action(async ({ data }: { data: string }) => {
      const token = (await text(process.stdin)).trim();
      if (token === '') return printError(invalid('There was no token.'));
      printResult(await onDesk(data, replaceTokenCommand, { token }), () => 'The new token works.\n');
    });
}

const WATCH_MS = 30_000;

export function syncCommand(): Command {
  return new Command('sync')
    .description('exchange with the remote and print a JSON summary')
    .addOption(dataOption())
    .option('--once', 'one run; this is what happens anyway')
    .option('--watch', 'again and again, until Ctrl+C')
    .action(async ({ data, watch }: { data: string; watch?: boolean }) => {
      await watched(async (run) => {
        do {
          tell(await onDesk(data, syncOnce, {}, run));
          if (watch) await pause(WATCH_MS, run.signal);
        } while (watch && !run.signal.aborted);
      });
    });
}

/** The summary of a run; one that did not go through also ends the program with its error. */
function tell(result: Result<SyncReport>): void {
  if (!result.ok) {
    printError(result.error);
    return;
  }
  const { requests, pulled, pushed, outbox, durationMs, ended } = result.value;
  const { held = 0, conflict = 0, uncertain = 0 } = outbox;
  const summary = { requests, pulled, pushed, conflicts: conflict + held, uncertain, duration: durationMs };
  process.stdout.write(`${JSON.stringify({ ...summary, outbox, ended })}\n`);
  if (ended) printError(ended);
}

/** Resolves after the time, or once it is called off. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
