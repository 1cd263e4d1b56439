import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTROL_HEADER, SESSION_HEADER } from '../core/api/peer.ts';
import type { CoreAddress } from '../core/host/coreProtocol.ts';
import { forwardToCore } from './forward.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-forward-'));
const socketPath =
  process.platform === 'win32'
    ? `\\\\.\\pipe\\staffdesk-forward-${process.pid}`
    : path.join(folder, 'control.sock');
const core: CoreAddress = { controlSocket: { path: socketPath, secret: 'control-secret' }, apiBaseUrl: null };

let answer: (request: IncomingMessage, response: ServerResponse) => void;
const server = http.createServer((request, response) => answer(request, response));
beforeAll(async () => {
  server.listen(socketPath);
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

let token: string | null;
const session = {
  read: () => token,
  write: (fresh: string) => {
    token = fresh === '' ? null : fresh;
  },
};
beforeEach(() => {
  token = null;
});
const ask = (url: string, init?: RequestInit) =>
  forwardToCore(new Request(`app://staffdesk${url}`, init), core, session);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('a request', () => {
  it('reaches the core with our credentials and none of the page’s', async () => {
    token = 'staff-token';
    let seen: IncomingMessage | undefined;
    answer = (request, response) => {
      seen = request;
      response.end('{}');
    };
    await ask('/trpc/tickets.get?input=%7B%22id%22%3A1%7D&batch=1', {
      headers: {
        accept: 'application/json',
        range: 'bytes=0-9',
        cookie: 'a=b',
        authorization: 'Bearer x',
        origin: 'app://staffdesk',
        [CONTROL_HEADER]: 'guess',
        [SESSION_HEADER]: 'guess',
      },
    });
    expect(seen?.url).toBe('/trpc/tickets.get?input=%7B%22id%22%3A1%7D&batch=1');
    expect(seen?.headers).toEqual({
      host: 'localhost',
      accept: 'application/json',
      range: 'bytes=0-9',
      connection: 'close',
      [CONTROL_HEADER]: 'control-secret',
      [SESSION_HEADER]: 'staff-token',
    });
  });

  it('carries its method and body', async () => {
    answer = async (request, response) => response.end(`${request.method} ${await bodyOf(request)}`);
    const init = { method: 'POST', body: 'née', headers: { 'content-type': 'text/plain' } };
    expect(await (await ask('/trpc/x', init)).text()).toBe('POST née');
  });

  it('streams an upload: the core has the first part before the second exists', async () => {
    let sendMore = (_chunk: string | null) => {};
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('first'));
        sendMore = (chunk) => (chunk === null ? controller.close() : controller.enqueue(Buffer.from(chunk)));
      },
    });
    const parts: string[] = [];
    answer = (request, response) => {
      request.on('data', (chunk: Buffer) => {
        parts.push(chunk.toString());
        sendMore(parts.length < 3 ? `part ${parts.length}` : null);
      });
      request.on('end', () => response.end('stored'));
    };
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect(await (await ask('/files/uploads?name=a', init)).text()).toBe('stored');
    expect(parts).toEqual(['first', 'part 1', 'part 2']);
  });

  it('hears a refusal while it is still uploading, and stops', async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => {
        isCancelled = true;
      },
    });
    answer = (_request, response) => {
      response.writeHead(413, { connection: 'close' });
      response.end('too large', () => response.destroy());
    };
    const response = await ask('/files/uploads?name=a', {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    await expect.poll(() => isCancelled).toBe(true);
  });

  it('that writes reaches the core whole, also when its page is gone by then', async () => {
    const controller = new AbortController();
    const heard: string[] = [];
    answer = (request, response) => {
      controller.abort();
      request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
      request.on('end', () => response.end('{}'));
    };
    const init = { method: 'POST', body: 'my last words', signal: controller.signal };
    expect((await ask('/trpc/drafts.save', init)).status).toBe(200);
    expect(heard.join('')).toBe('my last words');
  });

  it('ends in the core when the page aborts before the answer', async () => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      answer = (request) => {
        request.once('close', resolve);
        controller.abort();
      };
    });
    const response = await ask('/trpc/slow', { signal: controller.signal });
    await closed;
    expect(response.status).toBe(502);
  });
});

describe('an answer', () => {
  it('comes back with status, headers and body, without what was meant for us', async () => {
    answer = (_request, response) => {
      response.writeHead(206, {
        'content-type': 'image/png',
        'content-range': 'bytes 0-2/9',
        'content-security-policy': "default-src 'none'",
        'set-cookie': 'a=b',
        [SESSION_HEADER]: 'fresh',
      });
      response.end('png');
    };
    const response = await ask('/files/attachments/1');
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('png');
    expect(response.headers.get('content-range')).toBe('bytes 0-2/9');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect([...response.headers.keys()]).not.toEqual(expect.arrayContaining(['set-cookie']));
    expect(response.headers.has(SESSION_HEADER)).toBe(false);
    expect(token).toBe('fresh');
  });

  it.each([
    ['a sign-in', null, 'new', 'new'],
    ['a sign-out', 'old', '', null],
    ['anything else', 'old', undefined, 'old'],
  ])('of %s sets who is signed in', async (_name, before, header, after) => {
    token = before;
    answer = (_request, response) => {
      if (header !== undefined) response.setHeader(SESSION_HEADER, header);
      response.end();
    };
    await ask('/trpc/session.signIn', { method: 'POST' });
    expect(token).toBe(after);
  });

  it.each([204, 205, 304])('with %i has no body', async (status) => {
    answer = (_request, response) => response.writeHead(status).end();
    const response = await ask('/trpc/x');
    expect([response.status, response.body]).toEqual([status, null]);
  });

  it('arrives piece by piece: events are heard before the stream ends', async () => {
    let core: ServerResponse | undefined;
    answer = (_request, response) => {
      core = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    };
    const response = await ask('/events?since=0');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const heard = async () => Buffer.from((await reader.read()).value ?? []).toString();
    expect(await heard()).toBe('data: 1\n\n');
    core?.write('data: 2\n\n');
    expect(await heard()).toBe('data: 2\n\n');
    core?.end();
    expect((await reader.read()).done).toBe(true);
  });

  it('is closed in the core when the window lets go of it', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (request, response) => {
        request.socket.once('close', () => resolve());
        response.writeHead(200);
        response.write('a');
        const timer = setInterval(() => response.write('a'.repeat(1024)), 1);
        response.once('close', () => clearInterval(timer));
      };
    });
    const reader = ((await ask('/events')).body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    await closed;
  });

  it('is not read ahead of the window: a slow reader holds the core back', async () => {
    const whole = 64 * 1024 * 1024;
    let written = 0;
    answer = (_request, response) => {
      const write = () => {
        while (written < whole && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', write);
      write();
    };
    const body = (await ask('/files/attachments/1')).body as ReadableStream<Uint8Array>;
    let before = -1;
    const hasSettled = () => {
      const isSame = written === before;
      before = written;
      return isSame;
    };
    await expect.poll(hasSettled, { interval: 50 }).toBe(true);
    expect(written).toBeLessThan(whole / 8);
    await body.cancel();
  });

  it('that breaks off breaks off in the window too', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    };
    const response = await ask('/files/attachments/1');
    await expect(response.text()).rejects.toThrow();
  });

  it('of a core that is gone is an error the window knows', async () => {
    const gone: CoreAddress = { controlSocket: { path: `${socketPath}.gone`, secret: '' }, apiBaseUrl: null };
    const response = await forwardToCore(new Request('app://staffdesk/trpc/x'), gone, session);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'core_unreachable' } });
  });
});
