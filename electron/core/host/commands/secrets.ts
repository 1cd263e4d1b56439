import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import {
  moveKeyInput,
  secretsStatus,
  startOverDone,
  unlockInput,
} from '../../../../shared/contract/secrets.ts';
import { err, ok } from '../../../../shared/util/result.ts';
import { defineCommand } from '../command.ts';

/** Where the key of the desk's secrets lies, and what is sealed with it. */
export const secretsStatusCommand = defineCommand({
  name: 'secrets-status',
  input: z.strictObject({}),
  output: secretsStatus,
  run: async ({ desk }) => {
    const services = desk.ready();
    return services.ok ? ok(await services.value.keeper.status({ again: true })) : services;
  },
});

/** Opens the secrets of a running desk, until it ends. */
export const unlockSecretsCommand = defineCommand({
  name: 'unlock-secrets',
  input: unlockInput,
  output: secretsStatus,
  run: async ({ desk, isListening }, { passphrase }) => {
    if (!isListening) return err(appErrorOf('nothing_runs'));
    const services = desk.ready();
    if (!services.ok) return services;
    const unlocked = await services.value.keeper.unlock(passphrase);
    return unlocked.ok ? ok(await services.value.keeper.status()) : unlocked;
  },
});

export const moveKeyCommand = defineCommand({
  name: 'move-key',
  input: moveKeyInput,
  output: secretsStatus,
  run: async ({ desk }, input) => {
    const services = desk.ready();
    if (!services.ok) return services;
    const moved = await services.value.keeper.move(input);
    return moved.ok ? ok(await services.value.keeper.status()) : moved;
  },
});

export const startOverCommand = defineCommand({
  name: 'start-secrets-over',
  input: z.strictObject({}),
  output: startOverDone,
  run: async ({ desk }) => {
    const services = desk.ready();
    if (!services.ok) return services;
    const forgotten = await services.value.keeper.startOver();
    return forgotten.ok ? ok({ forgotten: [...forgotten.value] }) : forgotten;
  },
});
