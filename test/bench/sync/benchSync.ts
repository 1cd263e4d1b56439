import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../report.ts';
import { syncTables } from './report.ts';
import type { SyncMeasured } from './shape.ts';

/** Everything once, on a desk and a server that know nothing of the last time. */
function measureOnce(latencyMs: number): SyncMeasured {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
  const script = join(import.meta.dirname, 'measureSync.ts');
  const ran = spawnSync(process.execPath, [script, String(latencyMs), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true, force: true });
  if (ran.status !== 0) throw new Error('measureSync.ts failed');
  return JSON.parse(ran.stdout) as SyncMeasured;
}

/** npm run bench -- sync [--runs N]: the engine against a stand-in server, with 20 ms latency and with none. */
export function benchSync(runs: number): void {
  const measured = [20, 0].map((latencyMs) =>
    Array.from({ length: runs }, (_, run) => {
      console.error(`Latency ${latencyMs} ms, run ${run + 1} of ${runs} …`);
      return measureOnce(latencyMs);
    }),
  );
  console.log(`Machine: ${machine()}; load at the end ${loadavg()[0]?.toFixed(1)}\n`);
  console.log(syncTables(measured));
}
