import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SecretStore } from '../ports/secretStore.ts';
import { type KeychainReply, type KeychainRequest, keychainReply } from './keychainProtocol.ts';

// Beside this file in the source, beside the one bundle in dist/core.
const program = (): string =>
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts') ? './keychainProcess.ts' : './keychainProcess.mjs',
      import.meta.url,
    ),
  );

/**
 * The keychain through a child process per call: keytar blocks a thread that nothing can end, and a desk whose
 * keychain hangs must still be able to close and exit.
 */
export function keychainInChild(): SecretStore {
  const children = new Set<ChildProcess>();
  const call = (request: KeychainRequest): Promise<KeychainReply> =>
    new Promise((resolve, reject) => {
      const child = fork(program(), [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
      children.add(child);
      // The desk's other parts keep the process alive, not a keychain.
      child.unref();
      child.channel?.unref();
      child.once('error', reject);
      child.once('exit', () => {
        children.delete(child);
        reject(new Error('the keychain process ended without an answer'));
      });
      child.once('message', (message) => resolve(keychainReply.parse(message)));
      child.send(request);
    });
  const value = async (request: KeychainRequest) => {
    const reply = await call(request);
    if ('error' in reply) throw new Error(reply.error);
    return reply.value;
  };
  return {
    get: async (account) => {
      const secret = await value({ call: 'get', account });
      return typeof secret === 'string' ? secret : null;
    },
    set: async (account, secret) => {
      await value({ call: 'set', account, secret });
    },
    remove: async (account) => (await value({ call: 'remove', account })) === true,
    isStuck: () => false,
    close: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
