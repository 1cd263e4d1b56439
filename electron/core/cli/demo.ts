import { Command, InvalidArgumentError } from 'commander';
import { demoCommand as demo } from '../host/commands/demo.ts';
import { DEMO_SEED } from '../services/demoDesk.ts';
import { dataOption } from './dataOption.ts';
import { onDesk, watched } from './onDesk.ts';
import { printResult } from './output.ts';

interface DemoOptions {
  readonly data: string;
  readonly tickets: number;
  readonly seed: number;
  readonly force: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('fill a desk with demo tickets; an empty folder becomes a demo desk')
    .addOption(dataOption())
    .requiredOption('--tickets <number>', 'how many', count)
    .option('--seed <number>', 'another seed makes other tickets', count, DEMO_SEED)
    .option('--force', 'also beside tickets that are there already', false)
    .action(async ({ data, ...input }: DemoOptions) => {
      const started = performance.now();
      const result = await watched((run) => onDesk(data, demo, input, run));
      printResult(result, ({ tickets, messages, attachments, password }) => {
        const seconds = (performance.now() - started) / 1000;
        const speed = Math.round(tickets / seconds);
        const filled = `${tickets} tickets, ${messages} messages, ${attachments} attachments in ${seconds.toFixed(1)} s (${speed}/s)\n`;
        return password === null ? filled : `${filled}Sign in as demo with the password ${password}\n`;
      });
    });
}

function count(text: string): number {
  if (/^\d{1,8}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('A whole number above 0.');
}
