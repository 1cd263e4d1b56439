import { Command } from 'commander';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { takeCommand } from '../host/commands/remote.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printError, printResult } from './output.ts';

interface TakeOptions {
  readonly data: string;
  readonly queue: readonly string[];
  readonly department: readonly string[];
  readonly attachments: string;
}

const MB = 1024 * 1024;
const all = (value: string, before: readonly string[]): string[] => [...before, value];

export function take(): Command {
  return new Command('take')
    .description('fetch what is to be here without a network, and print what of it is, as JSON')
    .addOption(dataOption())
    .option(
      '--queue <name>',
      'mine, unassigned, open, waiting, overdue or closed; several times for more',
      all,
      [],
    )
    .option('--department <name>', 'the open tickets of a department: its name, or its number there', all, [])
    .option('--attachments <MB>', 'the newest attachments up to this, those that are here counted', '200')
    .action(async ({ data, queue, department: departments, attachments }: TakeOptions) => {
      const budgetBytes = Number(attachments) * MB;
      if (!Number.isFinite(budgetBytes))
        return printError(
          appErrorOf('invalid_input', { field: 'attachments', message: 'attachments: not a number.' }),
        );
      const queues = queue.length + departments.length === 0 ? ['open'] : [...queue];
      const asked = { queues, departments: [...departments], budgetBytes };
      const result = await watched((run) => onDesk(data, takeCommand, asked, run));
      printResult(result, (value) => `${JSON.stringify(value, null, 2)}\n`);
    });
}
