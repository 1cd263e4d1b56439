import { type KeychainReply, type KeychainRequest, keychainRequest } from './keychainProtocol.ts';
import { keytarCalls } from './keytar.ts';

// One call of the keychain in a process of its own, which may hang and be killed without harm to the desk.

async function answer(request: KeychainRequest): Promise<KeychainReply> {
  try {
    switch (request.call) {
      case 'get':
        return { value: await keytarCalls.get(request.account) };
      case 'set':
        await keytarCalls.set(request.account, request.secret);
        return { value: null };
      case 'remove':
        return { value: await keytarCalls.remove(request.account) };
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

// The desk has gone: nobody waits for the answer, and a hanging call would keep this process for ever.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', async (message) => {
  process.send?.(await answer(keychainRequest.parse(message)), undefined, undefined, () => process.exit(0));
});
