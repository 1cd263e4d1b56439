import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** True when every package the lock file asks of this system is installed in that version. */
export function matchesLock(wanted, installed) {
  return Object.entries(wanted.packages).every(([key, entry]) => {
    if (key === '') return true;
    const found = installed.packages[key];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function isUpToDate(lockText, hiddenLockFile) {
  if (!existsSync(hiddenLockFile)) return false;
  try {
    return matchesLock(JSON.parse(lockText), JSON.parse(readFileSync(hiddenLockFile, 'utf8')));
  } catch {
    return false;
  }
}

/** npm as the script that called us uses it, on its own Node: ours may lie in the folder npm replaces. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm && /\.[cm]?js$/.test(npm)) return { file: node ?? process.execPath, first: [npm], shell: false };
  return { file: 'npm', first: [], shell: process.platform === 'win32' };
}

/**
 * Installs the packages when node_modules is missing or the lock file changed since the last time.
 * Says so on stderr, so that `cli` keeps stdout to itself. Returns a sentence when it failed.
 */
export function ensureInstalled(root) {
  const modules = path.join(root, 'node_modules');
  const stampFile = path.join(modules, '.staffdesk-setup');
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return undefined;

  if (!isUpToDate(lockText, path.join(modules, '.package-lock.json'))) {
    const isFirst = !existsSync(modules);
    console.error(
      isFirst
        ? 'First run: installing the packages Staffdesk is built from (a minute or two) …'
        : 'package-lock.json changed: bringing the packages up to date …',
    );
    const { file, first, shell } = npmCommand();
    // Not `npm ci`: it refuses a lock file written where the registry lacked other systems' optional packages.
    // This keeps to the locked versions too, and leaves the lock file as it is.
    const install = ['install', '--no-save', '--no-progress', '--loglevel=error'];
    const result = spawnSync(file, [...first, ...install], {
      cwd: root,
      shell,
      stdio: ['ignore', 2, 2],
    });
    if (result.status !== 0) {
      return `The packages could not be installed${result.error ? ` (${result.error.message})` : ''}. Check the network and run the command again.`;
    }
  }
  writeFileSync(stampFile, hash);
  return undefined;
}
