import { checkBorders } from '../checks/borders.ts';
import { checkSizes } from '../checks/size.ts';
import { checkStrayTests } from '../checks/strayTests.ts';
import { checkBuild, checkDeadCode, checkLint, checkTypes } from '../checks/tools.ts';
import { runBrowserSuite, runElectronSuite } from './endToEnd.ts';
import type { VitestProject } from './patterns.ts';
import { checkResult, type StepResult } from './result.ts';
import type { Job } from './schedule.ts';
import { runVitest } from './suites.ts';

export type Step = Job<StepResult> & { isFast: boolean };

/** Places on the smallest machine: two cores. */
export const room = 2;

/** A step that breaks is a step that failed; the others still run. */
const guarded = (run: Step['run']) => (): Promise<StepResult> =>
  run().catch((error: unknown) =>
    checkResult(false, 'broke', error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );

const check = (name: string, run: Step['run'], isFast: boolean): Step => ({
  name,
  weight: 1,
  run: guarded(run),
  isFast,
});

/** Suites start workers of their own, so each has the machine for itself. */
const suite = (name: string, run: Step['run'], isFast: boolean): Step => ({
  name,
  weight: room,
  run: guarded(run),
  isFast,
});

const vitest = (project: VitestProject, isFast = false, name: string = project): Step =>
  suite(name, () => runVitest(project), isFast);

export const steps: Step[] = [
  check('types', checkTypes, true),
  check('lint', checkLint, true),
  check('size', checkSizes, false),
  check('stray tests', checkStrayTests, true),
  check('borders', checkBorders, true),
  check('dead code', checkDeadCode, false),
  check('build', checkBuild, false),
  vitest('borders', true, 'border rules'),
  vitest('unit', true),
  vitest('renderer', true),
  vitest('contract'),
  vitest('integration'),
  vitest('simulation'),
  suite('e2e', runBrowserSuite, false),
  suite('e2e electron', runElectronSuite, false),
];
