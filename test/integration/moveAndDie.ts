// Moves the key of the desk in argv[2] to argv[3] and is killed at the step argv[4]: the test looks at what is left.
import { join } from 'node:path';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createStore } from '../../electron/core/store/store.ts';
import { moveKeyInput } from '../../shared/contract/secrets.ts';
import { fakeKeychain } from '../fakes/keychain.ts';
import { deskSecrets } from '../support/secrets.ts';

const [, , folder = '', input = '', deadlyStep = ''] = process.argv;
const store = createStore(openConnection(join(folder, 'desk.db')));
const log = {
  ...silentLogger,
  info: (_event: string, facts: { step?: unknown } = {}) => {
    if (facts.step === deadlyStep) process.kill(process.pid, 'SIGKILL');
  },
};
const keychain = fakeKeychain(join(folder, 'keychain.json'));
const { keeper } = deskSecrets(store, folder, { keychain, log, passphrase: 'the old passphrase' });
await keeper.move(moveKeyInput.parse(JSON.parse(input)));
