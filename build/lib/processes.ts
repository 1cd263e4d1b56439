import { type ChildProcess, spawn } from 'node:child_process';
import { root } from './paths.ts';

export type Finished = { code: number; output: string };

/** Runs a script under this very Node and collects what it prints. */
export function runNode(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Waits for a child that shares our terminal; its end becomes ours. */
export function endWith(child: ChildProcess): void {
  // A terminal sends Ctrl+C to the whole group: stay until the child has closed its database.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/**
 * Turns this process into `node <args>`. Where the system can replace a process it does, so that a signal
 * (kill -9 included) meets the program itself; elsewhere a child stands in.
 */
export function becomeNode(args: string[]): void {
  const env = { ...process.env };
  if (process.execve && process.platform !== 'win32') {
    process.execve(process.execPath, [process.execPath, ...args], env);
  }
  endWith(spawn(process.execPath, args, { stdio: 'inherit', env }));
}
