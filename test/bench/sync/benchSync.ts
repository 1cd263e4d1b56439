import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../report.ts';
import { syncTables, windowLine } from './report.ts';
import type { SyncMeasured, WindowMeasured } from './shape.ts';

/** What a script measures, in a process of its own. */
function measured<T>(script: string, ...args: readonly string[]): T {
  const ran = spawnSync(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`${script} failed`);
  return JSON.parse(ran.stdout) as T;
}

/** Everything once, on a desk and a server that know nothing of the last time. */
function measureOnce(latencyMs: number): SyncMeasured {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
  try {
    return measured<SyncMeasured>('measureSync.ts', String(latencyMs), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** npm run bench -- sync [--runs N]: the engine against a stand-in server, with 20 ms latency and with none; a window meanwhile. Needs a build. */
export function benchSync(runs: number): void {
  const runsOfAll = [20, 0].map((latencyMs) =>
    Array.from({ length: runs }, (_, run) => {
      console.error(`Latency ${latencyMs} ms, run ${run + 1} of ${runs} …`);
      return measureOnce(latencyMs);
    }),
  );
  console.log(`Machine: ${machine()}; load at the end ${loadavg()[0]?.toFixed(1)}\n`);
  console.log(`${syncTables(runsOfAll)}\n`);
  console.error('A window during the first sync …');
  console.log(windowLine(measured<WindowMeasured>('measureWindow.ts')));
}
