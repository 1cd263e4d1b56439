import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listOutbox } from '../../electron/core/sync/outbox/outboxList.ts';
import { type Mirror, mirrorOf } from '../support/mirror.ts';
import { openRemoteDesk, type RemoteDesk } from '../support/remoteDesk.ts';

type Turn = (request: IncomingMessage, response: ServerResponse) => boolean;

let desk: RemoteDesk;
let mirror: Mirror;
let turnAway: Turn;
let asked: string[];
let close: () => void;

beforeEach(async () => {
  desk = await openRemoteDesk();
  turnAway = () => false;
  asked = [];
  // A proxy before the server, that may answer in its place.
  const proxy = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url?.split('?')[0]}`);
    if (turnAway(incoming, response)) return;
    const { method, headers, url } = incoming;
    const onward = request(`${desk.url}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  close = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  mirror = mirrorOf({ ...desk, url });
  await mirror.connect();
  asked.length = 0;
});
afterEach(async () => {
  close();
  await desk.close();
});

/** Answers the first so many requests that fit with this, and the others as ever. */
function first(times: number, fits: RegExp, status: number, headers: Record<string, string> = {}): Turn {
  let left = times;
  return (incoming, response) => {
    if (left === 0 || !fits.test(`${incoming.method} ${incoming.url}`)) return false;
    left -= 1;
    incoming.resume();
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Not now</h1>');
    return true;
  };
}

describe('a server that is busy', () => {
  it('is asked again after a moment when that is all it takes, and nothing is told of it', async () => {
    turnAway = first(1, /^GET .*status=1/, 429, { 'retry-after': '0' });
    expect(await mirror.sync()).toMatchObject({ ended: null, requests: 7 });
    turnAway = first(2, /^GET .*status=3/, 502);
    expect(await mirror.sync()).toMatchObject({ ended: null, requests: 8 });
  });

  it('is left alone for as long as it asks, and what waits is not refused, unsure or twice there', async () => {
    mirror.reply('<p>When you have time</p>');
    turnAway = first(1, /^POST .*messages/, 429, { 'retry-after': '300' });
    expect((await mirror.sync()).ended).toMatchObject({ code: 'remote_unavailable' });
    const [waiting] = listOutbox(desk.deps);
    expect(waiting).toMatchObject({ state: 'queued', reason: expect.stringContaining('not available now') });
    expect(waiting?.dueAt).toBeGreaterThan(Date.now() + 290_000);
    expect(mirror.runner.isDue()).toBe(false);
    asked.length = 0;
    // A person who insists does not get past it either: the server has said when.
    expect(await mirror.runner.runNow()).toMatchObject({ value: { ended: { code: 'remote_unavailable' } } });
    expect(asked).toEqual([]);
    expect(mirror.thread()).toHaveLength(1);
  });

  it('whose proxy says 503 of a reply without a time may have kept it: it is looked for', async () => {
    mirror.reply('<p>Did it arrive?</p>');
    turnAway = first(1, /^POST .*messages/, 503);
    await mirror.sync();
    expect(listOutbox(desk.deps)).toMatchObject([{ state: 'uncertain' }]);
  });
});
