import { globSync } from 'node:fs';
import { fromRoot } from '../lib/paths.ts';
import { playwrightPatterns, vitestPatterns } from '../testing/patterns.ts';
import { checkResult, type StepResult } from '../testing/result.ts';

const allTests = '{electron,renderer,shared,build,test}/**/*.{test,spec}.*';
// Examples for the border rules, never run.
const isExample = (file: string): boolean => /[\\/]borders[\\/]fixtures[\\/]/.test(file);

/** A test file that no suite collects would never run, and nobody would notice. */
export async function checkStrayTests(): Promise<StepResult> {
  const patterns = [...Object.values(vitestPatterns), ...Object.values(playwrightPatterns)].flat();
  const collected = new Set(globSync(patterns, { cwd: fromRoot() }));
  const files = globSync(allTests, { cwd: fromRoot() }).filter((file) => !isExample(file));
  const strays = files.filter((file) => !collected.has(file));
  const output = strays.map((file) => `${file} belongs to no suite`).join('\n');
  return checkResult(files.length > 0 && strays.length === 0, `${files.length} test files`, output);
}
