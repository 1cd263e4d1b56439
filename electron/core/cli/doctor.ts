import { Command } from 'commander';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { SystemCheck } from '../../../shared/contract/system.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { checksCommand } from '../host/commands/status.ts';
import { readConfig } from '../host/config.ts';
import { defaultDataDir } from '../host/dataDir.ts';
import { dataFolder } from '../host/dataFolder.ts';
import { callOwner, UNREACHABLE } from '../host/ownerClient.ts';
import { readRunFile } from '../host/runFile.ts';
import { keychainInChild } from '../secrets/keychainInChild.ts';
import { runChecks } from '../services/checks.ts';
import { printError } from './output.ts';

interface DoctorOptions {
  readonly data?: string;
  readonly json?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check what Staffdesk needs on this machine, and say what to do')
    .option('--data <dir>', 'the desk’s data folder; otherwise where the app keeps its own')
    .option('--json', 'print the checks as JSON')
    .action(run);
}

const MARKS = { ok: 'ok  ', warning: 'warn', failed: 'FAIL' } as const;

async function run(options: DoctorOptions): Promise<void> {
  const dataDir = options.data ?? process.env.STAFFDESK_DATA ?? defaultDataDir(process.env, process.platform);
  const checks = await findChecks(dataDir);
  if (!checks.ok) return printError(checks.error);
  const lines = checks.value.map(({ status, label, message }) => `${MARKS[status]}  ${label}: ${message}`);
  const output = options.json ? JSON.stringify(checks.value, null, 2) : lines.join('\n');
  process.stdout.write(`${output}\n`);
  if (checks.value.some((check) => check.status === 'failed')) process.exitCode = 1;
}

/** Asks the running owner, whose port is its own; makes nothing where nothing runs, not even the folder. */
async function findChecks(dataDir: string): Promise<Result<SystemCheck[]>> {
  const folder = dataFolder(dataDir);
  const owner = readRunFile(folder.runFile);
  const run = { signal: AbortSignal.timeout(10_000), progress: () => {} };
  const answer = owner ? await callOwner(owner, checksCommand, {}, run) : UNREACHABLE;
  if (answer !== UNREACHABLE) return answer.ok ? ok(answer.value.checks) : err(appErrorOf('not_ready'));
  const config = readConfig({ flags: {}, env: process.env, file: folder.configFile });
  if (!config.ok) return config;
  const { host, port, useKeychain } = config.value;
  const keychain = useKeychain ? keychainInChild() : null;
  return ok(await runChecks({ dataDir, host, port, isListening: false, keychain, secrets: null }));
}
