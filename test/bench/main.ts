import { benchDesk, runMeasurement } from './desks.ts';
import type { HttpMeasured } from './measureHttp.ts';
import { deskTable, loadTable, type Measured, machine, timingTable } from './report.ts';
import type { Timing } from './stats.ts';
import { benchSync } from './sync/benchSync.ts';

/** npm run bench [-- --full]: 1 k and 100 k tickets with 3 messages each; --full adds a million. */
function benchDesks(isFull: boolean): void {
  const sizes = isFull ? [1_000, 100_000, 1_000_000] : [1_000, 100_000];
  const measured: Measured[] = sizes.map((size) => {
    const desk = benchDesk(size);
    console.error(`Measuring at ${size} tickets …`);
    const { timings, rssBytes } = runMeasurement<{ timings: Timing[]; rssBytes: number }>(
      'measureStore.ts',
      desk,
    );
    const http = runMeasurement<HttpMeasured>('measureHttp.ts', desk);
    return { desk, timings: [...timings, ...http.timings], rssBytes, http };
  });

  console.log(`Machine: ${machine()}\n`);
  console.log(`${deskTable(measured)}\n`);
  console.log('Milliseconds, p50 / p95 / p99; at least 1 000 samples each, starts fewer.\n');
  console.log(`${timingTable(measured)}\n`);
  console.log(loadTable(measured));
}

const runsAt = process.argv.indexOf('--runs');
if (process.argv.includes('sync')) benchSync(runsAt === -1 ? 2 : Number(process.argv[runsAt + 1]));
else benchDesks(process.argv.includes('--full'));
