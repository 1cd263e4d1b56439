import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from './lib/paths.ts';

const folder = fromRoot('node_modules', 'electron');
const failureFile = fromRoot('node_modules', '.staffdesk-electron');
const downloadLimitMs = 90_000;

/** The Electron program that is installed here, if any. Never downloads. */
export function electronExecutable(): string | undefined {
  const nameFile = path.join(folder, 'path.txt');
  if (!existsSync(nameFile)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const file = path.join(dist, readFileSync(nameFile, 'utf8'));
  return existsSync(file) ? file : undefined;
}

/**
 * The Electron program, downloaded by Electron's own installer if need be. A failure is remembered for this
 * version of Electron, so that a machine without a way to the download does not wait at every start.
 */
export function installElectron(options: { retry: boolean }): string | undefined {
  const present = electronExecutable();
  const installer = path.join(folder, 'install.js');
  if (present || !existsSync(installer)) return present;
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const failed = existsSync(failureFile) && readFileSync(failureFile, 'utf8') === version;
  if (failed && !options.retry) return undefined;
  console.error('Fetching the Electron runtime (once) …');
  const result = spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: downloadLimitMs });
  const executable = result.status === 0 ? electronExecutable() : undefined;
  if (executable) rmSync(failureFile, { force: true });
  else writeFileSync(failureFile, version);
  return executable;
}
