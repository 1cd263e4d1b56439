import { type StepResult, total } from '../testing/result.ts';
import { schedule } from '../testing/schedule.ts';
import { room, type Step, steps } from '../testing/steps.ts';

const isFast = process.argv.includes('--fast');
const requiresAll = process.env.STAFFDESK_REQUIRE_ALL === '1';

function print(step: Pick<Step, 'name'>, result: StepResult, ms: number): void {
  const mark = result.failed > 0 ? 'FAIL' : 'ok  ';
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`${mark} ${step.name.padEnd(13)}${time}  ${result.summary}`.trimEnd());
  for (const suite of result.notRun) console.log(`     not run: ${suite}`);
  if (result.failed > 0) console.log(result.output.trimEnd().replaceAll(/^/gm, '     | '));
}

const results: StepResult[] = [];
await schedule(
  steps.filter((step) => step.isFast || !isFast),
  room,
  (step, result, ms) => {
    results.push(result);
    print(step, result, ms);
  },
);

const { passed, failed, notRun } = total(results);
const allFailed = failed + (requiresAll ? notRun.length : 0);
if (notRun.length > 0) console.log(`not run: ${notRun.length}`);
// A run in which nothing was tested proves nothing.
process.exitCode = allFailed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${allFailed} failed`);
