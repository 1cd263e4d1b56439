import { z } from 'zod';

/** A test that cannot run here registers itself, skipped, under a title with this beginning. */
export const notRunPrefix = 'not run: ';

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), title: z.string(), fullName: z.string() })),
    }),
  ),
});

export type Counts = { passed: number; failed: number; files: number; notRun: string[]; problems: string[] };

/** Sums Vitest's JSON report. A file that could not run at all, and a test skipped without a cause, fail. */
export function readVitestReport(json: string): Counts {
  const { testResults } = report.parse(JSON.parse(json));
  const counts: Counts = { passed: 0, failed: 0, files: testResults.length, notRun: [], problems: [] };
  for (const file of testResults) {
    const failedBefore = counts.failed;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status !== 'failed' && test.title.startsWith(notRunPrefix)) {
        counts.notRun.push(test.title.slice(notRunPrefix.length));
      } else {
        counts.failed += 1;
        if (test.status !== 'failed') counts.problems.push(`${test.status}: ${test.fullName} (${file.name})`);
      }
    }
    if (file.status === 'failed' && counts.failed === failedBefore) {
      counts.failed += 1;
      counts.problems.push(`did not run: ${file.name}`);
    }
  }
  return counts;
}
