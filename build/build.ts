import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { fromRoot } from './lib/paths.ts';
import { buildIfStale } from './lib/stale.ts';

const toolchain = ['package-lock.json', 'package.json', 'build', 'tsconfig.json'];

// The bundlers load only when something is stale: most runs of the command line build nothing.
async function buildCore(): Promise<void> {
  const { bundle } = await import('./bundle.ts');
  await bundle();
}

async function buildRenderer(): Promise<void> {
  const target = fromRoot('dist/renderer');
  const fresh = fromRoot(`dist/renderer.${process.pid}.tmp`);
  const old = fromRoot(`dist/renderer.${process.pid}.old`);
  const { build } = await import('vite');
  // Vite sets NODE_ENV for good; the tests that follow in this process's children want React's development build.
  const { NODE_ENV } = process.env;
  await build({ configFile: fromRoot('build/vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  try {
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
  } catch {
    // Windows refuses to rename a folder somebody reads from; hashed names make copying over it safe.
    cpSync(fresh, target, { recursive: true });
  }
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
}

/** Builds what is stale. Everything it says goes to stderr: stdout belongs to the command that follows. */
export async function buildApp(parts: { renderer: boolean }): Promise<void> {
  const hasRenderer = parts.renderer && existsSync(fromRoot('renderer/index.html'));
  const started = performance.now();
  const built = await Promise.all([
    buildIfStale(fromRoot('dist/.core-stamp'), ['electron', 'shared', ...toolchain], buildCore),
    hasRenderer &&
      buildIfStale(fromRoot('dist/.renderer-stamp'), ['renderer', 'shared', ...toolchain], buildRenderer),
  ]);
  if (built.some(Boolean)) {
    console.error(`Built Staffdesk in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}
