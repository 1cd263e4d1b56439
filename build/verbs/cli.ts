import { buildApp } from '../build.ts';
import { fromRoot } from '../lib/paths.ts';
import { becomeNode } from '../lib/processes.ts';

const args = process.argv.slice(2);

// Only `serve` shows the renderer; the other commands need not wait for it.
await buildApp({ renderer: args[0] === 'serve' });
becomeNode([fromRoot('dist/core/cli.mjs'), ...args]);
