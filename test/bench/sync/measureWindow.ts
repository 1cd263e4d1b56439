import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../e2e/support/browser.ts';
import { cli, Desk, signIn } from '../../e2e/support/desk.ts';
import type { ServerOrder, WindowMeasured } from './shape.ts';

// A window that shows its list while the desk, a process of its own as in Electron, syncs for the first time.

const TOKEN = 'bench'.padEnd(60, 'x');
const PASSWORD = 'bench-password';
const MEASURED_MS = 45_000;

/** In the page: how late a timer of 4 ms is, and how long the core takes to answer, ten times a second. */
async function watch(ms: number): Promise<{ late: number[]; answers: number[] }> {
  const late: number[] = [];
  const answers: number[] = [];
  const end = performance.now() + ms;
  const wait = (delay: number) => new Promise((resolve) => setTimeout(resolve, delay));
  const ask = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      await fetch('/', { method: 'HEAD' });
      answers.push(performance.now() - start);
      await wait(100);
    }
  };
  const asking = ask();
  // A browser makes a chain of timers wait 4 ms each.
  while (performance.now() < end) {
    const start = performance.now();
    await wait(4);
    late.push(performance.now() - start - 4);
  }
  await asking;
  return { late, answers };
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function measure(desk: Desk, page: Page): Promise<WindowMeasured> {
  await signIn(page, desk, { username: 'ada', password: PASSWORD });
  await page.getByRole('option').first().waitFor();
  const { late, answers } = await page.evaluate(watch, MEASURED_MS);
  for (const list of [late, answers]) list.sort((a, b) => a - b);
  return {
    longestMs: at(late, 1),
    p999Ms: at(late, 0.999),
    over16: late.filter((one) => one > 16).length,
    measuredMs: MEASURED_MS,
    answerP50Ms: at(answers, 0.5),
    answerP99Ms: at(answers, 0.99),
    answerMostMs: at(answers, 1),
  };
}

async function main(): Promise<WindowMeasured> {
  const server = fork(join(import.meta.dirname, 'server.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = (await once(server, 'message')) as [string];
  server.send({ latencyMs: 20, ticketsPage: 15 } satisfies ServerOrder);
  await once(server, 'message');
  const desk = new Desk();
  const args = ['remote', 'connect', '--data', desk.dataDir, '--url', url, '--staff', 'ada'];
  const connected = await cli([...args, '--token-stdin', '--password-stdin'], `${TOKEN}\n${PASSWORD}\n`);
  if (connected.code !== 0) throw new Error(connected.stderr);
  await desk.serve();
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    return await measure(desk, await browser.newPage());
  } finally {
    await browser.close();
    await desk.remove();
    server.disconnect();
  }
}

console.log(JSON.stringify(await main()));
