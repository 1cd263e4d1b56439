import { globSync } from 'node:fs';
import { chromiumExecutable } from '../../test/e2e/support/browser.ts';
import { electronExecutable } from '../electronRuntime.ts';
import { fromRoot } from '../lib/paths.ts';
import { playwrightPatterns } from './patterns.ts';
import { emptyResult, type StepResult } from './result.ts';
import { runPlaywright } from './suites.ts';

export async function runBrowserSuite(): Promise<StepResult> {
  if (await chromiumExecutable()) return runPlaywright('browser');
  return { ...emptyResult, notRun: ['e2e (apt-get install chromium)'] };
}

/** The only suite whose absence is normal: most machines without a screen have no Electron runtime. */
export async function runElectronSuite(): Promise<StepResult> {
  if (electronExecutable()) return runPlaywright('electron');
  if (globSync(playwrightPatterns.electron, { cwd: fromRoot() }).length === 0)
    return { ...emptyResult, summary: 'no tests yet' };
  const isRequired = process.env.STAFFDESK_REQUIRE_ELECTRON === '1';
  return {
    ...emptyResult,
    failed: isRequired ? 1 : 0,
    summary: 'runtime not installed',
    output: 'runtime not installed',
  };
}
