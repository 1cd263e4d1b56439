import { type RunnableCommand, runnable } from '../command.ts';
import { backupCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { importCommand } from './import.ts';
import {
  connectCommand,
  disconnectCommand,
  remoteStatusCommand,
  replaceTokenCommand,
  syncCommand,
  takeCommand,
} from './remote.ts';
import { moveKeyCommand, secretsStatusCommand, startOverCommand, unlockSecretsCommand } from './secrets.ts';
import { setupCommand, upgradeCommand } from './setup.ts';
import { checksCommand, statusCommand, stopCommand } from './status.ts';
import { summaryCommand } from './summary.ts';
import { createTokenCommand, listTokensCommand } from './tokens.ts';

/** Everything a running desk does for the command line. */
export const commands: readonly RunnableCommand[] = [
  runnable(statusCommand),
  runnable(checksCommand),
  runnable(summaryCommand),
  runnable(stopCommand),
  runnable(setupCommand),
  runnable(upgradeCommand),
  runnable(backupCommand),
  runnable(createTokenCommand),
  runnable(listTokensCommand),
  runnable(importCommand),
  runnable(demoCommand),
  runnable(secretsStatusCommand),
  runnable(unlockSecretsCommand),
  runnable(moveKeyCommand),
  runnable(startOverCommand),
  runnable(connectCommand),
  runnable(syncCommand),
  runnable(remoteStatusCommand),
  runnable(disconnectCommand),
  runnable(replaceTokenCommand),
  runnable(takeCommand),
];
