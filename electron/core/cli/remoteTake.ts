import { Command } from 'commander';
import { takeInput } from '../../../shared/contract/aboard.ts';
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
    .option('--department <number>', 'the open tickets of a department', all, [])
    .option('--attachments <MB>', 'the newest attachments up to this, those that are here counted', '200')
    .action(async ({ data, queue, department, attachments }: TakeOptions) => {
      const kinds = queue.length + department.length === 0 ? ['open'] : queue;
      const input = takeInput.safeParse({
        views: [
          ...kinds.map((kind) => ({ kind })),
          ...department.map((id) => ({ kind: 'department', departmentId: Number(id) })),
        ],
        budgetBytes: Number(attachments) * MB,
      });
      if (!input.success) {
        const issue = input.error.issues[0];
        const where = issue?.path[0] === 'budgetBytes' ? 'attachments' : 'queue or department';
        return printError(appErrorOf('invalid_input', { message: `${where}: ${issue?.message ?? 'wrong'}` }));
      }
      const result = await watched((run) => onDesk(data, takeCommand, input.data, run));
      printResult(result, (value) => `${JSON.stringify(value, null, 2)}\n`);
    });
}
