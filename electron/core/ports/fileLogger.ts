import { join } from 'node:path';
import { type Logger as Pino, pino } from 'pino';
import type { Logger } from './logger.ts';
import { redact } from './redact.ts';
import { openRotatingFile } from './rotatingFile.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT_FILES = 4;

export interface FileLogger extends Logger {
  close(): void;
}

/**
 * The structured log of a desk: one JSON object per line in `folder`/core.log, at most five files of 5 MB.
 * Values under the name of a secret are replaced before anything is written.
 */
export function createFileLogger(
  folder: string,
  options: { level?: 'debug' | 'info'; maxBytes?: number; keep?: number } = {},
): FileLogger {
  const { level = 'info', maxBytes = MAX_BYTES, keep = KEPT_FILES } = options;
  const file = openRotatingFile(join(folder, 'core.log'), maxBytes, keep);
  const log: Pino = pino(
    { level, base: { pid: process.pid }, formatters: { level: (label) => ({ level: label }) } },
    file,
  );
  const writer =
    (name: 'debug' | 'info' | 'warn' | 'error'): Logger['info'] =>
    (event, facts = {}) => {
      log[name]({ event, ...(redact(facts) as object) });
    };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    close: () => file.close(),
  };
}
