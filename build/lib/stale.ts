import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot, root } from './paths.ts';

const isSource = (file: string): boolean => !/\.test\.tsx?$/.test(file);

/** Changes whenever a file below one of the folders, or one of the files, is added, removed or written. */
function fingerprint(sources: string[]): string {
  const hash = createHash('sha256').update(process.version);
  const patterns = sources.flatMap((source) => [source, `${source}/**`]);
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    const stat = statSync(fromRoot(file));
    if (stat.isFile() && isSource(file)) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Builds unless the stamp says that the same sources were built before. Returns whether it built. */
export async function buildIfStale(
  stampFile: string,
  sources: string[],
  build: () => Promise<void>,
): Promise<boolean> {
  const stamp = fingerprint(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  await build();
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}
