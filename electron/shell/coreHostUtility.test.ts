import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { err, ok } from '../../shared/util/result.ts';
import { createPower, MAINS } from '../core/ports/power.ts';
import { createUtilityHost } from './coreHostUtility.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-utility-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const power = createPower();
const resolveProxy = async (url: string) => {
  if (url === 'https://unknown/') throw new Error('no settings');
  return `PROXY for.${url}`;
};

/** A process that plays the core: `script` runs with `port` (its owner's line) and `launch` (its options). */
function hostOf(script: string) {
  count += 1;
  const file = path.join(folder, `core${count}.mjs`);
  const head = 'const port = process.parentPort; const launch = JSON.parse(process.argv.at(-1));\n';
  writeFileSync(file, `${head}${script}`);
  return createUtilityHost(file, { dataDir: '/d/desk', port: 8484 }, { resolveProxy, power });
}
const address = { controlSocket: { path: '/d/desk', secret: 's' }, apiBaseUrl: 'http://127.0.0.1:8484' };
const ready = `port.postMessage({ type: 'ready', address: {
  controlSocket: { path: launch.dataDir, secret: 's' }, apiBaseUrl: 'http://127.0.0.1:' + launch.port } });\n`;
const closes = "port.on('message', ({ data }) => { if (data.type === 'close') process.exit(0); });\n";

it('starts the core with its options, hears its address and closes it', async () => {
  const host = hostOf(closes + ready);
  let hasEnded = false;
  host.onEnd(() => {
    hasEnded = true;
  });
  expect(await host.start()).toEqual(ok(address));
  expect(hasEnded).toBe(false);
  await host.close();
  await host.close();
  expect(hasEnded).toBe(true);
});

it('passes on why a core does not open', async () => {
  const host = hostOf(
    `${closes}port.postMessage({ type: 'failed', error: ${JSON.stringify(appErrorOf('database_busy'))} });`,
  );
  expect(await host.start()).toEqual(err(appErrorOf('database_busy')));
  await host.close();
});

it('ignores what is no message of a core', async () => {
  const nonsense =
    "port.postMessage({ type: 'ready' }); port.postMessage('ready'); port.postMessage({ type: 'x' });\n";
  const host = hostOf(closes + nonsense + ready);
  expect(await host.start()).toEqual(ok(address));
  await host.close();
});

it('says that a core asks to be closed', async () => {
  const host = hostOf(`${closes}${ready}port.postMessage({ type: 'stop_asked' });`);
  const asked = new Promise<void>((resolve) => host.onStopAsked(resolve));
  await host.start();
  await asked;
  await host.close();
});

it('tells the core what the system’s settings say about proxies, or nothing where they can’t be read', async () => {
  const asks = `port.postMessage({ type: 'ask_proxy', id: 1, url: 'https://desk.test/' });
    port.postMessage({ type: 'ask_proxy', id: 2, url: 'https://unknown/' });
    const heard = [];
    port.on('message', ({ data }) => {
      if (data.type === 'proxy') heard.push(data);
      if (heard.length === 2) port.postMessage({ type: 'failed', error: {
        code: 'internal', message: JSON.stringify(heard) } });
    });\n`;
  const host = hostOf(closes + asks);
  const heard = [
    { type: 'proxy', id: 1, rules: 'PROXY for.https://desk.test/' },
    { type: 'proxy', id: 2, rules: '' },
  ];
  expect(await host.start()).toMatchObject({ error: { message: JSON.stringify(heard) } });
  await host.close();
});

it('tells the core how the machine is powered, at the start and after each change', async () => {
  const hears = `const heard = [];
    port.on('message', ({ data }) => {
      if (data.type === 'power') heard.push(data.state.isAsleep);
      if (heard.length === 1) port.postMessage({ type: 'stop_asked' });
      if (heard.length === 2) port.postMessage({ type: 'failed', error: {
        code: 'internal', message: heard.join(' ') } });
    });\n`;
  const host = hostOf(closes + hears);
  host.onStopAsked(() => power.set({ ...power.state(), isAsleep: true }));
  expect(await host.start()).toMatchObject({ error: { message: 'false true' } });
  await host.close();
  power.set(MAINS);
});

it('tells of a core that dies, and has an answer for those who wait', async () => {
  const host = hostOf('process.exit(3);');
  const ended = new Promise<void>((resolve) => host.onEnd(resolve));
  expect((await host.start()).ok).toBe(false);
  await ended;
  await host.close();
});

it('has nothing to close before the start', async () => {
  await hostOf(closes).close();
});
