import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { updateSettings } from '../../../electron/core/services/settings.ts';
import { ALL_ON } from '../../contract/support/dialects.ts';
import { type AppServer, rawRequest, startAppServer } from '../../support/appServer.ts';
import { openTestDesk, type TestDesk } from '../../support/testDesk.ts';
import { openSocket, untilClosed } from './rawSocket.ts';

vi.setConfig({ testTimeout: 20_000 });

// Each test ends when the desk ends the connection; one that waits for ever runs into the test's own time.
let desk: TestDesk;
let server: AppServer;
beforeAll(async () => {
  desk = openTestDesk();
  server = await startAppServer(desk, { patience: { headersMs: 400, lookEveryMs: 300 } });
  await server.signIn();
  if (!updateSettings(desk.deps, ALL_ON).ok) throw new Error('settings');
});
afterAll(async () => {
  await server.close();
  desk.close();
});

const dripEveryMs = 50;

/** Sends `start` and then one byte after the other for as long as it may. */
async function drip(start: string, byte: string): Promise<string> {
  const socket = await openSocket(server.url);
  socket.write(start);
  const dripping = setInterval(() => socket.write(byte), dripEveryMs);
  try {
    return await untilClosed(socket);
  } finally {
    clearInterval(dripping);
  }
}

describe('a connection that is held open', () => {
  it.each([
    ['saying nothing', ''],
    ['in the middle of a header', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: '],
  ])('%s is closed', async (_how, start) => {
    const socket = await openSocket(server.url);
    socket.write(start);
    expect(await untilClosed(socket)).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  it('by one header after the other is closed', async () => {
    expect(await drip('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n', 'X-A: b\r\n')).toContain('HTTP/1.1 408 ');
  });

  const bodies = (): [string, string][] => [
    ['/trpc/session.signIn', 'application/json'],
    ['/files/uploads?name=a.txt', 'text/plain'],
    ['/api/auth/authenticate', 'application/x-www-form-urlencoded'],
    ['/api/tickets/create', 'multipart/form-data; boundary=x'],
    // Answered at once, and still read.
    ['/api/nothing', 'application/json'],
  ];

  it.each(bodies())('by a body that stops, to %s, is closed', async (path, type) => {
    const socket = await openSocket(server.url);
    socket.write(head(path, type, 'Content-Length: 60000'));
    expect(await untilClosed(socket)).not.toContain('{"result"');
  });

  it.each(bodies())('by a body that drips, to %s, is closed', async (path, type) => {
    const answer = await drip(head(path, type, 'Content-Length: 60000'), 'a');
    expect(answer).not.toContain('{"result"');
  });

  it.each(bodies())('by a body in pieces without end, to %s, is closed', async (path, type) => {
    const answer = await drip(head(path, type, 'Transfer-Encoding: chunked'), '1\r\na\r\n');
    expect(answer).not.toContain('{"result"');
  });

  it('leaves room for everyone else meanwhile', async () => {
    const held = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const socket = await openSocket(server.url);
        socket.write(head('/trpc/session.signIn', 'application/json', 'Content-Length: 60000'));
        return socket;
      }),
    );
    expect((await rawRequest(`${server.url}/trpc/system.status`, {})).status).toBe(200);
    await Promise.all(held.map(untilClosed));
  });
});

it('an upload that flows is kept, however often it is looked at', async () => {
  const socket = await openSocket(server.url);
  const piece = Buffer.alloc(80_000, 'a');
  const pieces = 12;
  socket.write(head('/files/uploads?name=a.txt', 'text/plain', `Content-Length: ${piece.length * pieces}`));
  for (let sent = 0; sent < pieces; sent += 1) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  socket.end();
  expect(await untilClosed(socket)).toContain(`"sizeBytes":${piece.length * pieces}`);
});

function head(path: string, type: string, length: string): string {
  const { host } = new URL(server.url);
  const own = `Host: ${host}\r\nOrigin: ${server.url}\r\nCookie: ${server.cookie()}`;
  // Other systems' clients are no pages.
  const from = path.startsWith('/api/') ? `Host: ${host}` : own;
  return `POST ${path} HTTP/1.1\r\n${from}\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`;
}
