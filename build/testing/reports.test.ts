import { describe, expect, it } from 'vitest';
import { readPlaywrightReport } from './playwrightReport.ts';
import { emptyResult, total } from './result.ts';
import { readVitestReport } from './vitestReport.ts';

const vitestFile = (status: string, tests: [status: string, title: string][]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map(([testStatus, title]) => ({ status: testStatus, title, fullName: title })),
});
const readVitest = (...testResults: object[]) => readVitestReport(JSON.stringify({ testResults }));

describe('readVitestReport', () => {
  it('counts tests', () => {
    const counts = readVitest(
      vitestFile('failed', [
        ['passed', 'a'],
        ['failed', 'b'],
      ]),
    );
    expect(counts).toMatchObject({ passed: 1, failed: 1, files: 1 });
  });

  it('fails a file that could not be loaded', () => {
    expect(readVitest(vitestFile('failed', []))).toMatchObject({ passed: 0, failed: 1 });
  });

  it('fails a test that is skipped without a cause', () => {
    expect(readVitest(vitestFile('passed', [['pending', 'later']]))).toMatchObject({ failed: 1, notRun: [] });
  });

  it('names what is absent here', () => {
    const counts = readVitest(vitestFile('passed', [['pending', 'not run: keyring (apt-get install x)']]));
    expect(counts).toMatchObject({ failed: 0, notRun: ['keyring (apt-get install x)'] });
  });
});

const specOf = (status: string, description?: string) => ({
  title: 'flow',
  file: 'a.spec.ts',
  tests: [{ status, annotations: description ? [{ type: 'skip', description }] : [] }],
});
const readPlaywright = (specs: object[], errors: object[] = []) =>
  readPlaywrightReport(JSON.stringify({ suites: [{ specs: [], suites: [{ specs }] }], errors }));

describe('readPlaywrightReport', () => {
  it('counts tests in nested suites', () => {
    const counts = readPlaywright([specOf('expected'), specOf('unexpected'), specOf('flaky')]);
    expect(counts).toMatchObject({ passed: 1, failed: 2, files: 1 });
  });

  it('fails a skip without a cause and names one with a cause', () => {
    const counts = readPlaywright([
      specOf('skipped'),
      specOf('skipped', 'not run: sound (apt-get install x)'),
    ]);
    expect(counts).toMatchObject({ failed: 1, notRun: ['sound (apt-get install x)'] });
  });

  it('fails when Playwright itself failed', () => {
    expect(readPlaywright([], [{ message: 'no config' }])).toMatchObject({ passed: 0, failed: 1 });
  });
});

it('sums the steps', () => {
  const results = [
    { ...emptyResult, passed: 2, notRun: ['keyring'] },
    { ...emptyResult, passed: 1, failed: 3 },
  ];
  expect(total(results)).toEqual({ passed: 3, failed: 3, notRun: ['keyring'] });
});
