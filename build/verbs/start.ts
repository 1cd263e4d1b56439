import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { defaultDataDir } from '../../electron/core/host/dataDir.ts';
import { buildApp } from '../build.ts';
import { installElectron } from '../electronRuntime.ts';
import { fromRoot, root } from '../lib/paths.ts';
import { becomeNode, endWith } from '../lib/processes.ts';

const args = process.argv.slice(2).filter((arg) => arg !== '--retry-electron');
const retry = process.argv.includes('--retry-electron');

function startElectron(executable: string): void {
  // Set by tools that run Electron as plain Node; the app would not open a window.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  // Chromium refuses to run its sandbox as root; a desktop never is root, a container often.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  endWith(spawn(executable, [...flags, root, ...args], { cwd: root, stdio: 'inherit', env }));
}

function startInBrowser(): void {
  console.error('Electron runtime not installed here; opening Staffdesk in a browser window.');
  const hasData = args.some((arg) => arg === '--data' || arg.startsWith('--data='));
  const data = hasData ? [] : ['--data', defaultDataDir(process.env, process.platform)];
  becomeNode([fromRoot('dist/core/cli.mjs'), 'serve', ...data, '--open', ...args]);
}

await buildApp({ renderer: true });
const electron = existsSync(fromRoot('dist/electron/main.mjs')) ? installElectron({ retry }) : undefined;
if (electron) startElectron(electron);
else startInBrowser();
