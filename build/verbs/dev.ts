import { spawn } from 'node:child_process';
import { createServer, type ProxyOptions } from 'vite';
import { fromRoot } from '../lib/paths.ts';

const corePort = process.env.STAFFDESK_PORT ?? '8484';
const core = `http://127.0.0.1:${corePort}`;

/**
 * The core takes writes only from its own origin. Requests that really come from the dev server's page get
 * that origin; any other origin passes as it is, and is refused as in the finished app.
 */
function toCore(ownOrigins: () => string[]): ProxyOptions {
  return {
    target: core,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (request, incoming) => {
        const { origin } = incoming.headers;
        if (origin && ownOrigins().includes(origin)) request.setHeader('origin', core);
      });
    },
  };
}

const server = await createServer({
  configFile: fromRoot('build/vite.config.ts'),
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/trpc', '/files', '/events', '/api'].map((prefix) => [
        prefix,
        toCore(() => (server.resolvedUrls?.local ?? []).map((url) => new URL(url).origin)),
      ]),
    ),
  },
});
await server.listen();
server.printUrls();

const coreArgs = ['--watch', '--watch-preserve-output', fromRoot('electron/core/cli.ts'), 'serve'];
const child = spawn(
  process.execPath,
  [...coreArgs, '--data', fromRoot('.cache/dev'), '--port', corePort, '--no-open', ...process.argv.slice(2)],
  { cwd: fromRoot(), stdio: 'inherit' },
);

let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  child.kill('SIGTERM');
  await server.close();
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
child.on('exit', (code) => void stop(code ?? 1));
