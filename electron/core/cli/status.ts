import { Command } from 'commander';
import { statusCommand as status, stopCommand as stop } from '../host/commands/status.ts';
import { dataFolder } from '../host/dataFolder.ts';
import { callOwner, UNREACHABLE } from '../host/ownerClient.ts';
import { readRunFile } from '../host/runFile.ts';
import { dataOption } from './dataOption.ts';
import { onDesk } from './onDesk.ts';
import { printError, printResult } from './output.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('print the state of a desk as JSON')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      printResult(await onDesk(data, status, {}), (value) => `${JSON.stringify(value, null, 2)}\n`);
    });
}

export function stopCommand(): Command {
  return new Command('stop')
    .description('end the Staffdesk that runs on a desk')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      const owner = readRunFile(dataFolder(data).runFile);
      const run = { signal: AbortSignal.timeout(10_000), progress: () => {} };
      const answer = owner ? await callOwner(owner, stop, {}, run) : UNREACHABLE;
      if (answer === UNREACHABLE) console.error('No Staffdesk runs on this desk.');
      else if (!answer.ok) printError(answer.error);
    });
}
