import { spawn } from 'node:child_process';
import { buildApp } from '../build.ts';
import { installElectron } from '../electronRuntime.ts';
import { fromRoot } from '../lib/paths.ts';
import { endWith } from '../lib/processes.ts';

await buildApp({ renderer: true });
if (installElectron({ retry: true })) {
  const builder = fromRoot('node_modules/electron-builder/cli.js');
  const args = [builder, '--config', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)];
  endWith(spawn(process.execPath, args, { stdio: 'inherit' }));
} else {
  console.error(
    'Cannot package Staffdesk: the Electron runtime is not installed here and could not be fetched.',
  );
  process.exitCode = 1;
}
