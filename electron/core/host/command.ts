import type { z } from 'zod';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { SystemCheck } from '../../../shared/contract/system.ts';
import { err, type Result } from '../../../shared/util/result.ts';
import type { WorkspacesPort } from '../api/workspacesPort.ts';
import type { Desk } from '../desk.ts';
import type { DataFolder } from './dataFolder.ts';

/** Where scripts reach the HelpDeskZ API, or why they don't. */
export interface ApiAddress {
  readonly baseUrl: string | null;
  readonly problem: string | null;
}

/** The process that owns the workspace, as its commands see it. */
export interface Owner {
  readonly desk: Desk;
  readonly folder: DataFolder;
  /** Windows and scripts may be at work on the desk. */
  readonly isListening: boolean;
  /** Where a browser may go on to other workspaces from here; null in the app, whose shell does it, and in a command. */
  readonly workspaces: WorkspacesPort | null;
  /** Both null in a command without a running app. */
  apiAddress(): ApiAddress;
  setApiAddress(address: ApiAddress): void;
  checks(): Promise<SystemCheck[]>;
  /** Closes everything in order; the answer to the caller goes out first. */
  stop(): void;
}

export interface CommandProgress {
  readonly done: number;
  readonly total: number | null;
  /** What is being done, for a person. */
  readonly step: string;
}
export interface CommandRun {
  readonly signal: AbortSignal;
  progress(progress: CommandProgress): void;
}

/**
 * Something the command line asks of a desk. It runs in the process that owns the workspace: over the control
 * socket in a running app, else in the command's own process. What it says is JSON either way.
 */
export interface DeskCommand<I, O> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  run(owner: Owner, input: I, run: CommandRun): Promise<Result<O>>;
}

export function defineCommand<I, O>(command: DeskCommand<I, O>): DeskCommand<I, O> {
  return command;
}

/** A command as the control socket runs it: what comes in is anything until its schema says otherwise. */
export interface RunnableCommand {
  readonly name: string;
  run(owner: Owner, input: unknown, run: CommandRun): Promise<Result<unknown>>;
}

export function runnable<I, O>(command: DeskCommand<I, O>): RunnableCommand {
  return {
    name: command.name,
    run: async (owner, input, run) => {
      const parsed = command.input.safeParse(input);
      if (parsed.success) return command.run(owner, parsed.data, run);
      return err(appErrorOf('invalid_input', { message: parsed.error.issues[0]?.message ?? '' }));
    },
  };
}
