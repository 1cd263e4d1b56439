import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type ICruiseResult, type IResolveOptions } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { fromRoot, root } from '../lib/paths.ts';
import { checkResult, type StepResult } from '../testing/result.ts';

const require = createRequire(import.meta.url);
const productFolders = ['electron', 'renderer', 'shared'];

export type Crossing = { rule: string; from: string; to: string };
export type Cruise = { crossings: Crossing[]; modules: string[] };

type Config = { forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden']; options: ICruiseOptions };

/** Reads the sources below `baseDir` and names every import that crosses a border. */
export async function cruiseBorders(baseDir: string, folders: string[]): Promise<Cruise> {
  const { forbidden, options } = require(fromRoot('.dependency-cruiser.cjs')) as Config;
  const resolve = { bustTheCache: true } as Partial<IResolveOptions>;
  const { output } = await cruise(
    folders,
    { ...options, baseDir, validate: true, ruleSet: { forbidden: forbidden ?? [] } },
    resolve as IResolveOptions,
    { tsConfig: extractTsConfig(fromRoot('tsconfig.json')) },
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    crossings: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    modules: modules.map(({ source }) => source),
  };
}

/** The borders of the product code, with the count that proves that its files were read. */
export async function checkBorders(): Promise<StepResult> {
  const expected = globSync(`{${productFolders.join(',')}}/**/*.{ts,tsx}`, { cwd: root });
  const folders = productFolders.filter((folder) => existsSync(fromRoot(folder)));
  const { crossings, modules } = await cruiseBorders(root, folders);
  const read = new Set(modules);
  const unread = expected.map((file) => file.replaceAll('\\', '/')).filter((file) => !read.has(file));
  const lines = [
    ...crossings.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`),
    ...unread.map((file) => `not read: ${file}`),
  ];
  const isGood = expected.length > 0 && lines.length === 0;
  return checkResult(isGood, `${expected.length} files read`, lines.join('\n') || 'no files were read');
}
