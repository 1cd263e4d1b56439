import type { DeskCommand } from '../command.ts';
import { backupCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { setupCommand, upgradeCommand } from './setup.ts';
import { checksCommand, statusCommand, stopCommand } from './status.ts';
import { createTokenCommand, listTokensCommand } from './tokens.ts';

/** Everything a running desk does for the command line. */
export const commands: readonly DeskCommand<never, unknown>[] = [
  statusCommand,
  checksCommand,
  stopCommand,
  setupCommand,
  upgradeCommand,
  backupCommand,
  createTokenCommand,
  listTokensCommand,
  demoCommand,
];
