import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { Result } from '../../../shared/util/result.ts';
import type { CommandProgress } from '../host/command.ts';

// stdout carries what a command answers and nothing else; everything said on the way goes to stderr.

/** Ends the program with the error's line on stderr once everything is closed. */
export function printError(error: AppError): void {
  console.error(`${error.code}: ${error.message}`);
  // 130: ended by Ctrl+C, as a shell expects it.
  process.exitCode = error.code === 'cancelled' ? 130 : 1;
}

export function printInternal(error: unknown): void {
  printError(appErrorOf('internal'));
  console.error(error instanceof Error ? error.stack : error);
}

/** Prints the answer, or the error. */
export function printResult<T>(result: Result<T>, text: (value: T) => string): void {
  if (result.ok) process.stdout.write(text(result.value));
  else printError(result.error);
}

/** One line that rewrites itself on a terminal; elsewhere a line for every tenth of the way. */
export function createProgressLine(): { show(progress: CommandProgress): void; end(): void } {
  const isTerminal = process.stderr.isTTY === true;
  let shown = '';
  return {
    show({ done, total, step }) {
      const tenth = total ? Math.floor((done / total) * 10) : 0;
      const key = isTerminal ? `${step} ${done}` : `${step} ${tenth}`;
      if (key === shown) return;
      shown = key;
      const line = total ? `${step} ${done}/${total}` : `${step} ${done}`;
      process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end() {
      if (isTerminal && shown !== '') process.stderr.write('\r\u001b[K');
    },
  };
}
