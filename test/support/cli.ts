import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../../build/build.ts';

const program = fileURLToPath(new URL('../../dist/core/cli.mjs', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as it ships; built first where a source is newer. */
export async function buildCli(): Promise<void> {
  await buildApp({ renderer: false });
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  // A test that breaks off leaves nothing running.
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
  return child;
}

/** Runs `staffdesk <args>` to its end. */
export async function runCli(
  args: readonly string[],
  { stdin = '', env = {} }: { stdin?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  const child = start(args, env);
  child.stdin?.end(stdin);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}

/** Runs `staffdesk <args>`, interrupts it (Ctrl+C) once it says something on stderr, and waits for its end. */
export async function interruptCli(args: readonly string[]): Promise<Ran> {
  const child = start(args, {});
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stderr?.once('data', () => child.kill('SIGINT'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

export interface Served {
  readonly url: string;
  readonly pid: number;
  /** What it said on stderr so far. */
  stderr(): string;
  /** Sends the signal and waits for the end; answers the exit code, null when the signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Waits for the end without asking for it. */
  exit(): Promise<number | null>;
}

/** Runs `staffdesk serve` on a free port until it listens; end it in the test. */
export async function serve(dataDir: string, args: readonly string[] = [], env = {}): Promise<Served> {
  const child = start(['serve', '--data', dataDir, '--no-open', '--port', '0', ...args], env);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  if (!child.stdout || child.pid === undefined) throw new Error('serve did not start');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^Staffdesk is listening on (https?:\/\/\S+)$/.exec(line) ?? [];
    if (url === undefined) throw new Error(`unexpected output: ${line}`);
    return {
      url,
      pid: child.pid,
      stderr: () => stderr,
      end: async (signal = 'SIGTERM') => {
        child.kill(signal);
        const [code] = await ended;
        return code;
      },
      exit: async () => (await ended)[0],
    };
  }
  await ended;
  throw new Error(`serve ended: ${stderr}`);
}

const SETUP = ['--site', 'Test desk', '--admin-username', 'ada', '--admin-name', 'Ada'];
export const PASSWORD = 'correct horse';

/** Sets a desk up with an administrator «ada». */
export function setUp(dataDir: string, args: readonly string[] = []): Promise<Ran> {
  const admin = ['--admin-email', 'ada@desk.example', '--admin-password-stdin'];
  return runCli(['setup', '--data', dataDir, ...SETUP, ...admin, ...args], { stdin: `${PASSWORD}\n` });
}
