import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../electron/core/services/demo/random.ts';

/** What becomes of a request on its way; the number is its weight. */
const FATES = {
  passed: 60,
  delayed: 15,
  /** The connection ends when half of the request has come, or before the server saw any of it. */
  cut_sending: 4,
  cut_before: 6,
  /** It was carried out, and nothing, or half of it, is heard of that. */
  cut_after: 8,
  cut_answering: 4,
  doubled: 2,
  page: 4,
} as const;
type Fate = keyof typeof FATES;

export interface FaultProxy {
  readonly url: string;
  /** Off: everything passes. */
  isFaulty: boolean;
  /** What becomes of each request that carries more than a megabyte; null = what becomes of any. */
  uploadFate: Fate | null;
  /** Bodies that reached the server twice, or later than a client waits for them. */
  readonly repeated: string[];
  close(): Promise<void>;
}

interface FaultOptions {
  readonly seed: number;
  /** Longer than this on the way is later than a client waits. */
  readonly lateMs: number;
  /** What time the answers say it is. */
  readonly now: () => number;
}

/** A proxy in front of a server of this machine that drops, delays, cuts and doubles, as a seed decides. */
export async function startFaultProxy(
  port: number,
  { seed, lateMs, now }: FaultOptions,
): Promise<FaultProxy> {
  const random = createRandom(seed);
  const server = createServer((request, response) => {
    const fate =
      planned(request) ?? (proxy.isFaulty ? draw(random.next(), request.method === 'POST') : 'passed');
    const { socket } = request;
    void carry(request, response, fate).catch(() => socket.destroy());
  });
  const carry = async (request: IncomingMessage, response: ServerResponse, fate: Fate): Promise<void> => {
    const { socket } = request;
    const cut = (): void => void socket.destroy();
    if (fate === 'cut_sending') return halfOf(request).then(cut);
    const arrivedAt = performance.now();
    const body = await buffer(request);
    if (fate === 'cut_before') return cut();
    if (fate === 'delayed') await pause(random.int(20, 200));
    if (fate === 'doubled') {
      proxy.repeated.push(body.toString());
      await pass(port, request, body);
    }
    const answer = await pass(port, request, body);
    if (performance.now() - arrivedAt > lateMs) proxy.repeated.push(body.toString());
    if (fate === 'cut_after') return cut();
    response.setHeader('date', new Date(now()).toUTCString());
    const { 'transfer-encoding': _, date: __, ...headers } = answer.headers;
    if (fate === 'page') response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    else response.writeHead(answer.status, { ...headers, 'content-length': answer.body.length });
    if (fate === 'cut_answering') response.write(answer.body.subarray(0, answer.body.length / 2), cut);
    else if (fate !== 'page') response.end(answer.body);
  };
  const planned = (request: IncomingMessage): Fate | null =>
    sizeOf(request) > 1024 * 1024 ? proxy.uploadFate : null;
  const proxy: FaultProxy = {
    url: '',
    isFaulty: false,
    uploadFate: null,
    repeated: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** What is read may fail too, but far less often: a run of the engine reads much. */
function draw(chance: number, isWrite: boolean): Fate {
  const faults = Object.entries(FATES).filter(([fate]) => fate !== 'passed');
  const whole = Object.values(FATES).reduce<number>((sum, weight) => sum + weight, 0);
  let left = chance * (isWrite ? whole : whole * 8);
  for (const [fate, weight] of faults) {
    left -= weight;
    if (left < 0) return fate as Fate;
  }
  return 'passed';
}

const sizeOf = ({ headers }: IncomingMessage): number => Number(headers['content-length'] ?? 0);

async function halfOf(request: IncomingMessage): Promise<void> {
  let leftBytes = sizeOf(request) / 2;
  for await (const chunk of request) {
    leftBytes -= (chunk as Buffer).length;
    if (leftBytes <= 0) return;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function pass(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = forward({ port, host: '127.0.0.1', method, path: url, headers, agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      buffer(incoming).then(
        (content) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: content }),
        reject,
      );
    });
    outgoing.end(body);
  });
}
