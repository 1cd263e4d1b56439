import { z } from 'zod';
import { type Counts, notRunPrefix } from './vitestReport.ts';

const testEntry = z.object({
  status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
});
const spec = z.object({ title: z.string(), file: z.string(), tests: z.array(testEntry) });
const suite = z.object({
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([]);
  },
});
const report = z.object({
  suites: z.array(suite),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
});

const specsOf = (node: z.infer<typeof suite>): z.infer<typeof spec>[] => [
  ...node.specs,
  ...node.suites.flatMap(specsOf),
];

/** Sums Playwright's JSON report; a test skipped without a `not run: …` annotation fails. */
export function readPlaywrightReport(json: string): Counts {
  const { suites, errors } = report.parse(JSON.parse(json));
  const specs = suites.flatMap(specsOf);
  const counts: Counts = {
    passed: 0,
    failed: errors.length,
    files: new Set(specs.map(({ file }) => file)).size,
    notRun: [],
    problems: errors.map(({ message }) => message ?? 'Playwright failed'),
  };
  for (const { title, file, tests } of specs) {
    for (const { status, annotations } of tests) {
      const cause = annotations.find(({ description }) => description?.startsWith(notRunPrefix))?.description;
      if (status === 'expected') counts.passed += 1;
      else if (status === 'skipped' && cause) counts.notRun.push(cause.slice(notRunPrefix.length));
      else {
        counts.failed += 1;
        if (status !== 'unexpected') counts.problems.push(`${status}: ${title} (${file})`);
      }
    }
  }
  return counts;
}
