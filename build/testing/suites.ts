import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../lib/paths.ts';
import { runNode } from '../lib/processes.ts';
import {
  type PlaywrightProject,
  playwrightPatterns,
  type VitestProject,
  vitestPatterns,
} from './patterns.ts';
import { readPlaywrightReport } from './playwrightReport.ts';
import { emptyResult, type StepResult } from './result.ts';
import { type Counts, readVitestReport } from './vitestReport.ts';

type Suite = {
  /** The test files that must show up in the report. */
  files: string[];
  command: string[];
  env: NodeJS.ProcessEnv;
  read: (json: string) => Counts;
};

function reportFile(name: string): string {
  const file = fromRoot('.cache', 'test', `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

async function runSuite(suite: Suite, file: string): Promise<StepResult> {
  const expected = globSync(suite.files, { cwd: fromRoot() }).length;
  if (expected === 0) return { ...emptyResult, summary: 'no tests yet' };
  const { code, output } = await runNode(suite.command, suite.env);
  if (!existsSync(file)) return { ...emptyResult, failed: 1, summary: 'wrote no report', output };
  const counts = suite.read(readFileSync(file, 'utf8'));
  if (counts.files < expected) {
    counts.failed += 1;
    counts.problems.push(`only ${counts.files} of ${expected} test files ran`);
  }
  // An unhandled error belongs to no test, yet the run is not good.
  if (code !== 0 && counts.failed === 0) counts.failed += 1;
  return {
    passed: counts.passed,
    failed: counts.failed,
    notRun: counts.notRun,
    summary: `${counts.passed} passed${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`,
    output: [output, ...counts.problems].join('\n'),
  };
}

/** Runs one project of vitest.config.ts. */
export function runVitest(project: VitestProject): Promise<StepResult> {
  const file = reportFile(project);
  const command = [
    fromRoot('node_modules/vitest/vitest.mjs'),
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ];
  return runSuite({ files: vitestPatterns[project], command, env: {}, read: readVitestReport }, file);
}

/** Runs one project of the Playwright configuration. */
export function runPlaywright(project: PlaywrightProject): Promise<StepResult> {
  const file = reportFile(project);
  const command = [
    fromRoot('node_modules/@playwright/test/cli.js'),
    ...['test', '--config', 'test/e2e/playwright.config.ts', '--project', project, '--reporter=list,json'],
  ];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  return runSuite({ files: playwrightPatterns[project], command, env, read: readPlaywrightReport }, file);
}
