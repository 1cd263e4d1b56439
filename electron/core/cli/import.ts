import { resolve } from 'node:path';
import { Command } from 'commander';
import type { ImportSummary } from '../../../shared/contract/system.ts';
import { importCommand as importMail } from '../host/commands/import.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printResult } from './output.ts';

export function importCommand(): Command {
  return new Command('import')
    .description('make tickets and replies of mail: .eml and .mbox files, folders of them, Maildir')
    .addOption(dataOption())
    .argument('<path...>', 'files or folders')
    .option('--json', 'print the summary as JSON', false)
    .action(async (paths: string[], { data, json }: { data: string; json: boolean }) => {
      const input = { paths: paths.map((path) => resolve(path)) };
      const result = await watched((run) => onDesk(data, importMail, input, run));
      // A broken mail is no failure of the run: its line says what became of it.
      printResult(result, (summary) => (json ? `${JSON.stringify(summary, null, 2)}\n` : textOf(summary)));
    });
}

function textOf(summary: ImportSummary): string {
  const { newTickets, replies, duplicates, suspended, failed, items } = summary;
  const lines = [
    `${newTickets} new tickets, ${replies} replies, ${duplicates} known already, ${suspended} set aside, ${failed} failed`,
    ...items
      .filter(({ outcome }) => outcome === 'failed' || outcome === 'suspended')
      .map(({ source, outcome, reason }) => `${outcome}: ${source}: ${reason}`),
    ...(summary.wasCancelled ? ['Cancelled. What was done is kept; run it again for the rest.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
