import { buildApp } from '../build.ts';
import { fromRoot } from '../lib/paths.ts';
import { becomeNode } from '../lib/processes.ts';

await buildApp({ renderer: true });
becomeNode([fromRoot('test/guide/screenshots.ts'), ...process.argv.slice(2)]);
