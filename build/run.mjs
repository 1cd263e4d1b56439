// The one door of every npm script: `node build/run.mjs <verb> [arguments]`.
// Plain JavaScript on purpose: it must run on the oldest system Node (20) with nothing installed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './setup/install.mjs';
import { findNode24, withLocalBin } from './setup/node24.mjs';

const root = path.resolve(import.meta.dirname, '..');
const verbs = ['start', 'test', 'dev', 'cli', 'bench', 'dist', 'screenshots', 'fuzz', 'simulate'];
const [verb = '', ...args] = process.argv.slice(2);

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Runs the verb in a second process; signals reach it and its exit code becomes ours. */
function runUnder(node, script) {
  const child = spawn(node, [script, ...args], { cwd: root, env: process.env, stdio: 'inherit' });
  // A terminal sends Ctrl+C to both; this process only has to outlive the child.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  }
  child.on('error', (error) => stop(`Could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (!verbs.includes(verb)) stop(`Usage: node build/run.mjs <${verbs.join('|')}> [arguments]`);
const problem = ensureInstalled(root);
if (problem) stop(problem);

const node = findNode24(root);
if (!node) {
  stop(`Staffdesk needs Node 24; this is ${process.version} and no Node package exists for this system.
Install Node 24 from https://nodejs.org and run the command again.`);
}
// Key by key: a new object in place of process.env would not reach what Node itself reads, TMPDIR for one.
Object.assign(process.env, withLocalBin(root, process.env));

const script = path.join(root, 'build', 'verbs', `${verb}.ts`);
if (node === process.execPath) {
  process.argv.splice(1, 2, script);
  process.chdir(root);
  await import(pathToFileURL(script).href);
} else {
  runUnder(node, script);
}
