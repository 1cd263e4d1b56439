import { buildApp } from '../build.ts';
import { fromRoot } from '../lib/paths.ts';
import { becomeNode } from '../lib/processes.ts';

await buildApp({ renderer: false });
becomeNode([fromRoot('test/bench/main.ts'), ...process.argv.slice(2)]);
