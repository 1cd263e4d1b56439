import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { PLACE_SENTENCE, type SecretsStatus } from '../../../shared/contract/secrets.ts';
import type { SystemCheck } from '../../../shared/contract/system.ts';
import type { SecretStore } from '../ports/secretStore.ts';
import { hasKeychain } from '../secrets/findKey.ts';
import { createKeychain } from '../secrets/keychain.ts';
import { hasFullTextSearch } from '../store/fullTextSearch.ts';
import { riskyLocation } from './riskyLocation.ts';

const ENOUGH_BYTES = 1024 ** 3;
const LEAST_BYTES = 100 * 1024 ** 2;

export interface ChecksInput {
  /** The data folder; it need not exist yet. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** This very process listens on the port already. */
  readonly isListening: boolean;
  readonly keychain: SecretStore | null;
  /** Of a desk that is open; null elsewhere. */
  readonly secrets: SecretsStatus | null;
}

/** What Staffdesk needs from this machine, and what to do about what is missing. */
export async function runChecks(input: ChecksInput): Promise<SystemCheck[]> {
  const folder = existingFolder(resolve(input.dataDir));
  return [
    checkFolder(folder, input.dataDir),
    checkDisk(folder),
    await checkPort(input),
    await checkKeychain(input),
    checkSearch(),
    checkLocation(folder),
  ];
}

type Verdict = Pick<SystemCheck, 'status' | 'message'>;
const fine = (message: string): Verdict => ({ status: 'ok', message });
const warning = (message: string): Verdict => ({ status: 'warning', message });
const failed = (message: string): Verdict => ({ status: 'failed', message });

/** The folder itself, or the nearest one above it that exists: where it will be made. */
function existingFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : existingFolder(parent);
  }
}

function checkFolder(folder: string, dataDir: string): SystemCheck {
  const label = 'Data folder';
  const probe = join(folder, `.staffdesk-check-${randomBytes(6).toString('hex')}`);
  try {
    closeSync(openSync(probe, 'wx', 0o600));
    rmSync(probe);
    return { id: 'folder', label, ...fine(`${dataDir} can be written.`) };
  } catch {
    const advice = 'Choose another folder or give your account the right to write there.';
    return { id: 'folder', label, ...failed(`${dataDir} can’t be written. ${advice}`) };
  }
}

function checkDisk(folder: string): SystemCheck {
  const common = { id: 'disk', label: 'Disk space' } as const;
  try {
    const { bavail, bsize } = statfsSync(folder);
    const freeBytes = bavail * bsize;
    const free = `${(freeBytes / 1024 ** 3).toFixed(1)} GB free.`;
    if (freeBytes < LEAST_BYTES) return { ...common, ...failed(`${free} Free at least 100 MB first.`) };
    if (freeBytes < ENOUGH_BYTES)
      return { ...common, ...warning(`${free} Attachments will soon need more.`) };
    return { ...common, ...fine(free) };
  } catch {
    return { ...common, ...warning('The free space could not be found out.') };
  }
}

async function checkPort({ host, port, isListening }: ChecksInput): Promise<SystemCheck> {
  const common = { id: 'port', label: 'Port' } as const;
  if (isListening) return { ...common, ...fine(`Staffdesk listens on ${host}:${port}.`) };
  const problem = await listenProblem(host, port);
  if (problem === null) return { ...common, ...fine(`${host}:${port} is free.`) };
  const advice = 'Stop the program that uses it, or choose another with --port or in staffdesk.json.';
  return { ...common, ...warning(`${host}:${port} can’t be used (${problem}). ${advice}`) };
}

function listenProblem(host: string, port: number): Promise<string | null> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(null)));
  });
}

/** Where the key of the desk's secrets is, or would be. */
async function checkKeychain({ keychain, secrets }: ChecksInput): Promise<SystemCheck> {
  const common = { id: 'keychain', label: 'Secrets' } as const;
  if (secrets && secrets.state !== 'unused') {
    const place = secrets.place === null ? '' : ` ${PLACE_SENTENCE[secrets.place]}`;
    if (secrets.state !== 'ready') return { ...common, ...failed(secrets.message) };
    return { ...common, ...fine(`${secrets.message}${place}`) };
  }
  const answer = keychain ? await hasKeychain(createKeychain(keychain)) : null;
  if (answer)
    return { ...common, ...fine('The system’s keychain answers and will keep the key of the secrets.') };
  const reason = keychain
    ? 'The system’s keychain can’t be reached'
    : 'The system’s keychain is not to be used';
  return {
    ...common,
    ...warning(
      `${reason}, so passwords and second factors are sealed with a key file. ${keychainAdvice(keychain)}`,
    ),
  };
}

function keychainAdvice(keychain: SecretStore | null): string {
  if (!keychain) return 'useKeychain in staffdesk.json says so.';
  if (process.platform === 'linux')
    return 'To use the keychain, install libsecret and a keyring (for example gnome-keyring) and sign in to a desktop session.';
  return 'Unlock the keychain of your account.';
}

function checkSearch(): SystemCheck {
  const common = { id: 'search', label: 'Full-text search' } as const;
  if (hasFullTextSearch()) return { ...common, ...fine('SQLite has FTS5.') };
  return {
    ...common,
    ...failed('This SQLite has no FTS5. Install Staffdesk’s own packages again (npm install).'),
  };
}

function checkLocation(folder: string): SystemCheck {
  const common = { id: 'location', label: 'Location' } as const;
  const risk = riskyLocation(folder, readMounts());
  if (risk === null) return { ...common, ...fine('A local folder.') };
  const advice = 'Databases get damaged there: choose a folder on this machine’s own disk.';
  return { ...common, ...warning(`The folder lies in ${risk}. ${advice}`) };
}

function readMounts(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return '';
  }
}
