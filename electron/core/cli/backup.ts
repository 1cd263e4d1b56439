import { resolve } from 'node:path';
import { Command } from 'commander';
import { backupCommand as backup } from '../host/commands/backup.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printResult } from './output.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the desk’s database while it runs (copy the attachments folder beside it)')
    .addOption(dataOption())
    .requiredOption('--to <file>', 'where the copy goes')
    .action(async ({ data, to }: { data: string; to: string }) => {
      const result = await watched((run) => onDesk(data, backup, { path: resolve(to) }, run));
      printResult(result, ({ path }) => `${path}\n`);
    });
}
