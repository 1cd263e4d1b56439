/** What a step of `npm test` came to. A check counts as one, a suite as its tests. */
export type StepResult = {
  passed: number;
  failed: number;
  /** Suites that need something absent here, each with the way to get it. */
  notRun: string[];
  /** Shown beside the step's line. */
  summary: string;
  /** Shown only when the step failed. */
  output: string;
};

export const emptyResult: StepResult = { passed: 0, failed: 0, notRun: [], summary: '', output: '' };

export function checkResult(isGood: boolean, summary: string, output: string): StepResult {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, notRun: [], summary, output };
}

/** The sum; `notRun` counts as failed where everything is required. */
export function total(results: StepResult[]): { passed: number; failed: number; notRun: string[] } {
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    notRun: results.flatMap((result) => result.notRun),
  };
}
