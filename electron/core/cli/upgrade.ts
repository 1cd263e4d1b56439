import { Command } from 'commander';
import { upgradeCommand as upgrade } from '../host/commands/setup.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printResult } from './output.ts';

export function upgradeCommand(): Command {
  return new Command('upgrade')
    .description('bring the desk of an older version up to date, after a backup')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      const result = await watched((run) => onDesk(data, upgrade, {}, run));
      printResult(result, ({ wasNeeded, backupPath }) =>
        wasNeeded ? `Upgraded. Backup: ${backupPath}\n` : 'Nothing to upgrade.\n',
      );
    });
}
