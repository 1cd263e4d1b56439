import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const isEnough = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= 24;

/** The Node that everything runs on: this one if new enough, else the one npm installed for this system. */
export function findNode24(root) {
  if (isEnough(process.version)) return process.execPath;
  const modules = path.join(root, 'node_modules');
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [path.join(modules, `node-${system}-${process.arch}`, 'bin', file)];
  if (process.platform !== 'win32') candidates.push(path.join(modules, '.bin', 'node'));
  return candidates.find((candidate) => existsSync(candidate));
}

/** The environment with node_modules/.bin first, so that whatever a tool starts as `node` is Node 24 too. */
export function withLocalBin(root, env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const bin = path.join(root, 'node_modules', '.bin');
  const parts = (env[key] ?? '').split(path.delimiter).filter((part) => part !== '' && part !== bin);
  return { ...env, [key]: [bin, ...parts].join(path.delimiter) };
}
