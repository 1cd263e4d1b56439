// Stands in for Electron's program: runs the built main bundle with the fake in Electron's place, and lets the
// test that started the process play the person.
import { registerHooks } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { app, fake } from './electron.ts';

/** What the test asks for; `told` answers with the same id. */
export type Ask =
  | { id: number; do: 'fetch'; url: string; method?: string; body?: string; headers?: Record<string, string> }
  | { id: number; do: 'invoke'; channel: string; input?: unknown }
  | { id: number; do: 'go'; url: string }
  | { id: number; do: 'power'; event: string }
  | { id: number; do: 'look' | 'quit' | 'kill core' | 'second instance' | 'close window' };
export type Told =
  | { id: number; answer: unknown }
  /** Something that happened, in its order. */
  | { id: 0; happened: string };

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const { FAKE_APP_DATA: appData, FAKE_HAS_LOCK: hasLock, FAKE_PROXY_RULES: proxyRules } = process.env;
if (appData) fake.paths.set('appData', appData);
fake.hasLock = hasLock !== 'no';
if (proxyRules) fake.proxyRules = proxyRules;
const tell = (told: Told) => process.send?.(told);
const happened = (what: string) => tell({ id: 0, happened: what });

fake.appEvents.on('web-contents-created', () => happened('window opened'));
fake.appEvents.on('window-all-closed', () => happened('window closed'));
fake.appEvents.on('quit', () => {
  happened('program ended');
  process.disconnect?.();
  process.exit(0);
});
fake.onUtility = (utility) => {
  happened('core started');
  utility.once('exit', () => happened('core ended'));
};

function look(): unknown {
  const [window] = fake.windows;
  return {
    windows: fake.windows.length,
    isVisible: window?.isVisible ?? false,
    page: window?.page ?? null,
    url: window?.webContents.mainFrame.url,
    options: window?.options,
    schemes: fake.schemes,
    menu: (fake.menu ?? []).map(({ label }) => label),
    userData: fake.paths.get('userData'),
  };
}

function load({ url, ...init }: Extract<Ask, { do: 'fetch' }>): Promise<unknown> {
  const answer = fake.protocols.get('app');
  if (!answer) throw new Error('app:// is not served');
  const { method = 'GET', body, headers = {} } = init;
  const request = new Request(url, { method, headers, ...(body ? { body } : {}) });
  return answer(request).then(async (response) => ({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  }));
}

/** As the page's preload script does it. */
function invoke(channel: string, input: unknown): unknown {
  const sender = fake.windows[0]?.webContents;
  const event = { sender, senderFrame: sender?.mainFrame } as unknown as Electron.IpcMainInvokeEvent;
  return fake.invokes.get(`staffdesk:${channel}`)?.(event, input);
}

function play(ask: Ask): unknown {
  switch (ask.do) {
    case 'fetch':
      return load(ask);
    case 'invoke':
      return invoke(ask.channel, ask.input);
    case 'go':
      return fake.windows[0]?.loadURL(ask.url);
    case 'power':
      return fake.powerEvents.emit(ask.event);
    case 'look':
      return look();
    case 'quit':
      return app.quit();
    case 'kill core':
      return fake.utilities.at(-1)?.kill();
    case 'second instance':
      return fake.appEvents.emit('second-instance');
    case 'close window':
      return fake.windows[0]?.close();
  }
}

process.on('message', async (ask: Ask) => {
  tell({ id: ask.id, answer: await play(ask) });
});

const ready = Promise.withResolvers<void>();
fake.ready = ready.promise;
const main = path.resolve(import.meta.dirname, '../../dist/electron/main.mjs');
await import(pathToFileURL(main).href);
ready.resolve();
