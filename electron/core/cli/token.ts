import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { createTokenInput, PERMISSIONS, type Permission, permission } from '../../../shared/contract/desk.ts';
import { createTokenCommand, listTokensCommand } from '../host/commands/tokens.ts';
import { dataOption } from './dataOption.ts';
import { onDesk } from './onDesk.ts';
import { printResult } from './output.ts';

interface CreateOptions {
  readonly data: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly ip: readonly string[];
  readonly expires?: string;
  readonly staff?: string;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('tokens of the HelpDeskZ API')
    .addCommand(createCommand())
    .addCommand(listCommand());
}

function createCommand(): Command {
  return new Command('create')
    .description('make a token and print it, this once')
    .addOption(dataOption())
    .requiredOption('--name <name>', 'what the token is for')
    .requiredOption('--permissions <list>', 'all, or names such as tickets.read,tickets.create', permissions)
    .option('--ip <list>', 'addresses it may be used from, such as 127.0.0.1,10.0.0.*; none = any', list, [])
    .option('--expires <day>', 'the day it stops working, such as 2027-01-01; none = never', day)
    .option('--staff <username>', 'it writes in the name of this staff member only')
    .action(async ({ data, name, permissions, ip, expires, staff }: CreateOptions) => {
      const input = {
        ...createTokenInput.parse({ name, permissions, ipList: ip, expiresOn: expires }),
        staff,
      };
      printResult(await onDesk(data, createTokenCommand, input), ({ token }) => `${token}\n`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('print the tokens and their state as JSON, without the tokens themselves')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      const result = await onDesk(data, listTokensCommand, {});
      printResult(result, ({ tokens }) => `${JSON.stringify(tokens, null, 2)}\n`);
    });
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function day(text: string): string {
  const known = z.iso.date().safeParse(text);
  if (known.success) return known.data;
  throw new InvalidArgumentError(`«${text}» is no day. Write it as 2027-01-01.`);
}

function permissions(text: string): Permission[] {
  if (text.trim() === 'all') return [...PERMISSIONS];
  return list(text).map((name) => {
    const known = permission.safeParse(name);
    if (known.success) return known.data;
    throw new InvalidArgumentError(`There is no permission «${name}». There are: ${PERMISSIONS.join(', ')}.`);
  });
}
