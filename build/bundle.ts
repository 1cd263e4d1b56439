import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { fromRoot } from './lib/paths.ts';

type Bundle = { source: string; target: string; format: 'es' | 'cjs' };

const bundles: Bundle[] = [
  { source: 'electron/core/cli.ts', target: 'dist/core/cli.mjs', format: 'es' },
  { source: 'electron/core/coreProcess.ts', target: 'dist/core/coreProcess.mjs', format: 'es' },
  {
    source: 'electron/core/store/reader/readerWorker.ts',
    target: 'dist/core/readerWorker.mjs',
    format: 'es',
  },
  {
    source: 'electron/core/secrets/keychainProcess.ts',
    target: 'dist/core/keychainProcess.mjs',
    format: 'es',
  },
  { source: 'electron/main.ts', target: 'dist/electron/main.mjs', format: 'es' },
  // A sandboxed preload script cannot be an ES module.
  { source: 'electron/preload.ts', target: 'dist/electron/preload.cjs', format: 'cjs' },
];
const migrations = 'electron/core/store/migrations/*.sql';

/** What a bundle leaves to node_modules: the packages with a native part, and Electron itself. */
function externals(): RegExp {
  const manifest = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return new RegExp(`^(?:${[...Object.keys(manifest.dependencies), 'electron'].join('|')})(?:/|$)`);
}

/** A reader never sees half a file: beside a running desk the old one stays until the new one is whole. */
function replaceFile(file: string, write: (temporary: string) => void): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  write(temporary);
  renameSync(temporary, file);
}

async function writeBundle({ source, target, format }: Bundle, external: RegExp): Promise<void> {
  const build = await rolldown({
    input: fromRoot(source),
    platform: 'node',
    external,
    logLevel: 'warn',
    checks: { eval: false },
  });
  const { output } = await build.generate({ format, codeSplitting: false, sourcemap: false });
  await build.close();
  const [entry, ...others] = output;
  if (others.length > 0) throw new Error(`${source} became ${output.length} files instead of one`);
  replaceFile(fromRoot(target), (file) => writeFileSync(file, entry.code));
}

function copyMigrations(): void {
  const target = fromRoot('dist/core/migrations');
  const names = globSync(migrations, { cwd: fromRoot() }).map((file) => path.basename(file));
  for (const name of names) {
    const source = fromRoot('electron/core/store/migrations', name);
    replaceFile(path.join(target, name), (temporary) => copyFileSync(source, temporary));
  }
  for (const stray of globSync('*', { cwd: target })) {
    if (!names.includes(stray)) rmSync(path.join(target, stray));
  }
}

/** Bundles core, reader worker and Electron's two entries, each into a single file under dist/. */
export async function bundle(): Promise<void> {
  const external = externals();
  const present = bundles.filter(({ source }) => existsSync(fromRoot(source)));
  await Promise.all(present.map((item) => writeBundle(item, external)));
  copyMigrations();
}
