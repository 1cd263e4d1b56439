import { Command, Option } from 'commander';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import {
  KEY_PLACES,
  type KeyPlace,
  MIN_PASSPHRASE_LENGTH,
  SEALED_KIND,
  type SealedSecret,
} from '../../../shared/contract/secrets.ts';
import * as commands from '../host/commands/secrets.ts';
import { dataOption } from './dataOption.ts';
import { onDesk } from './onDesk.ts';
import { printError, printResult } from './output.ts';
import { textFromStdin } from './stdin.ts';

export function secretsCommand(): Command {
  return new Command('secrets')
    .description('the key of what the desk keeps sealed: passwords, second factors')
    .addCommand(statusCommand())
    .addCommand(unlockCommand())
    .addCommand(moveCommand())
    .addCommand(startOverCommand());
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function statusCommand(): Command {
  return new Command('status')
    .description('print where the key lies and what is sealed with it, as JSON; never a secret')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      printResult(await onDesk(data, commands.secretsStatusCommand, {}), json);
    });
}

function unlockCommand(): Command {
  return new Command('unlock')
    .description('give the passphrase to the Staffdesk that runs on a desk')
    .addOption(dataOption())
    .requiredOption('--passphrase-stdin', 'read the passphrase from standard input')
    .action(async ({ data }: { data: string }) => {
      const passphrase = await textFromStdin();
      printResult(
        await onDesk(data, commands.unlockSecretsCommand, { passphrase }),
        ({ message }) => `${message}\n`,
      );
    });
}

interface MoveOptions {
  readonly data: string;
  readonly to: KeyPlace;
  readonly passphraseStdin?: boolean;
}

function moveCommand(): Command {
  return new Command('move')
    .description('move the key to the keychain, to a key file or under a passphrase')
    .addOption(dataOption())
    .addOption(new Option('--to <place>', 'where to').choices([...KEY_PLACES]).makeOptionMandatory())
    .option('--passphrase-stdin', 'read the new passphrase from standard input; with --to passphrase')
    .action(move);
}

async function move({ data, to, passphraseStdin }: MoveOptions): Promise<void> {
  if (to !== 'passphrase') return printMoved(await onDesk(data, commands.moveKeyCommand, { to }));
  const passphrase = passphraseStdin ? await textFromStdin() : '';
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) return printError(appErrorOf('passphrase_too_short'));
  printMoved(await onDesk(data, commands.moveKeyCommand, { to, passphrase }));
}

function printMoved(result: Awaited<ReturnType<typeof commands.moveKeyCommand.run>>): void {
  printResult(result, ({ place }) => `The key is in its new place: ${place}.\n`);
}

function startOverCommand(): Command {
  return new Command('start-over')
    .description('forget the sealed secrets that nobody can open any more, and list them')
    .addOption(dataOption())
    .requiredOption('--yes', 'they have to be entered again')
    .action(async ({ data }: { data: string }) => {
      const result = await onDesk(data, commands.startOverCommand, {});
      printResult(result, ({ forgotten }) => forgotten.map(line).join('') || 'Nothing was sealed.\n');
    });
}

const line = ({ kind, name }: SealedSecret): string => `forgotten: ${SEALED_KIND[kind]} ${name}\n`;
