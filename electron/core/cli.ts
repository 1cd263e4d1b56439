import { Command, CommanderError } from 'commander';
import { appVersion } from './appVersion.ts';
import { backupCommand } from './cli/backup.ts';
import { demoCommand } from './cli/demo.ts';
import { doctorCommand } from './cli/doctor.ts';
import { importCommand } from './cli/import.ts';
import { printInternal } from './cli/output.ts';
import { remoteCommand, syncCommand } from './cli/remote.ts';
import { secretsCommand } from './cli/secrets.ts';
import { serveCommand } from './cli/serve.ts';
import { setupCommand } from './cli/setup.ts';
import { statusCommand, stopCommand } from './cli/status.ts';
import { tokenCommand } from './cli/token.ts';
import { upgradeCommand } from './cli/upgrade.ts';
import { workspacesCommand } from './cli/workspaces.ts';

// Everything a desk writes is for its owner alone.
process.umask(0o077);

const program = new Command('staffdesk')
  .description('A helpdesk on one SQLite file: the desk’s commands.')
  .version(appVersion, '--version', 'print the version')
  .helpOption('--help', 'print how a command is used')
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help to see what is there)')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'invalid_input: ')) })
  .exitOverride();

for (const command of [
  serveCommand(),
  setupCommand(),
  doctorCommand(),
  tokenCommand(),
  secretsCommand(),
  importCommand(),
  demoCommand(),
  upgradeCommand(),
  backupCommand(),
  statusCommand(),
  stopCommand(),
  remoteCommand(),
  syncCommand(),
  workspacesCommand(),
]) {
  program.addCommand(command);
  // Commander hands these settings down only to commands that it makes itself.
  for (const made of [command, ...command.commands]) made.copyInheritedSettings(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else printInternal(error);
}
