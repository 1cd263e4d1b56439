import type { HttpFetch, HttpResult, HttpUpload } from '../../electron/core/ports/httpFetch.ts';
import type { Random } from '../../electron/core/services/demo/random.ts';
import type { FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import type { FakeRequest, FakeResponse } from '../fakes/helpdeskz/wire.ts';
import type { VirtualTime } from './virtualTime.ts';
import type { WireWatch } from './watchWire.ts';

/** What can go wrong with one request (issue: simulation). The number is its weight. */
const FAULTS = {
  none: 70,
  /** Nothing left the machine. */
  not_sent: 4,
  /** It left and never arrived. */
  request_lost: 3,
  /** It arrived and was done; the answer was lost. */
  answer_lost: 5,
  /** A proxy delivered it twice. */
  doubled: 1,
  /** Done long after the client gave up. */
  late: 2,
  /** Done after the engine has stopped waiting for it: can't be prevented, only found out (design §7). */
  too_late: 1,
  slow: 5,
  /** A page of a proxy, before or after the server worked. */
  page_before: 2,
  page_after: 3,
  /** PHP dies somewhere between two writes. */
  crash: 2,
  cut_json: 3,
  /** Others that were sent later come before it. */
  overtaken: 3,
  /** The list moves under whoever reads it page by page. */
  shifted: 3,
} as const;
type Fault = keyof typeof FAULTS;
/** What is written goes wrong more often than what is read: that is where something can be lost or doubled. */
const WRITES_WORSE = 3;

const TIMEOUT_MS = 30_000;
/** A server carries out nothing later than this after it was sent: the engine waits 2 minutes. */
const LATEST_MS = 90_000;
const TOO_LATE_MS = 10 * 60_000;
const STEP_MS = 40;

interface NetworkUser {
  readonly isOnline: () => boolean;
  readonly isAlive: () => boolean;
  /** Sees what leaves, and what is heard. */
  readonly wire: WireWatch;
}

export interface Network {
  /** Off: every request does what it should. */
  isFaulty: boolean;
  /** Bodies that the network itself delivered twice, or so late that they had to be sent again. */
  readonly repeated: string[];
  /** Bodies whose request died between two writes of the server. */
  readonly crashed: string[];
  /** How many requests the server has begun to carry out. */
  arrived: number;
  /** When something of the server last had a value: «3 set_status 5», «customers 2 email a@b.c» → ms. */
  readonly held: Map<string, number>;
  /** Writes down what every ticket has now. */
  look(): void;
  /** Every request that was made, when and with which fate: what a seed must give again. */
  readonly log: string[];
  /** A fetch of one client; `isAlive` false = the process is gone and its promises never settle. */
  fetchFor(client: NetworkUser): HttpFetch;
}

export function createNetwork(options: Omit<Parts, 'network'>): Network {
  const { time, random, server } = options;
  const network: Network = {
    isFaulty: true,
    repeated: [],
    crashed: [],
    arrived: 0,
    log: [],
    held: new Map(),
    look: () => {
      for (const { id, status, departmentId } of server.state.tickets.values()) {
        network.held.set(`${id} set_status ${status}`, time.now());
        network.held.set(`${id} set_department ${departmentId}`, time.now());
      }
      const { users, departments } = server.state;
      for (const { id, email } of users.values())
        network.held.set(`customers ${id} email ${email}`, time.now());
      for (const { id, name, private: isPrivate } of departments.values()) {
        network.held.set(`departments ${id} name ${name}`, time.now());
        network.held.set(`departments ${id} private ${isPrivate}`, time.now());
      }
    },
    fetchFor: (client) => async (request) => {
      const sent: FakeRequest = {
        method: request.method,
        path: new URL(request.url).pathname + new URL(request.url).search,
        headers: Object.fromEntries(
          Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: request.upload ? await readUpload(request.upload) : Buffer.from(request.body ?? ''),
      };
      // It died while it read what it was to send.
      if (!client.isAlive()) return new Promise<HttpResult>(() => {});
      const fault = network.isFaulty ? drawFault(random, sent.method === 'POST') : 'none';
      network.log.push(`${time.now()} ${sent.method} ${sent.path} ${fault} ${sent.body.length}`);
      client.wire.leaves(sent);
      const result = client.isOnline()
        ? await exchange({ ...options, network }, sent, fault)
        : failure('connect', 'no_connection');
      // Whoever asked is dead: nobody hears the answer.
      if (!client.isAlive()) return new Promise<HttpResult>(() => {});
      client.wire.heard(sent, result);
      return result;
    },
  };
  return network;
}

async function readUpload(upload: HttpUpload): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(upload.read()));
}

function drawFault(random: Random, isWrite: boolean): Fault {
  const weighed = Object.entries(FAULTS).map(
    ([fault, weight]) =>
      [fault as Fault, fault !== 'none' && isWrite ? weight * WRITES_WORSE : weight] as const,
  );
  let left = random.next() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [fault, weight] of weighed) {
    left -= weight;
    if (left < 0) return fault;
  }
  return 'none';
}

interface Parts {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly server: FakeHelpdeskz;
  readonly network: Network;
  /** A ticket moves to another place of the lists. */
  readonly shift: () => void;
}

async function exchange(parts: Parts, request: FakeRequest, fault: Fault): Promise<HttpResult> {
  const { time, random, network } = parts;
  await time.sleep(random.int(5, 60));
  switch (fault) {
    case 'not_sent':
      return failure('sending', 'cut');
    case 'request_lost':
      await time.sleep(TIMEOUT_MS);
      return failure('sent', 'timeout');
    case 'answer_lost':
      await carryOut(parts, request);
      await time.sleep(TIMEOUT_MS);
      return failure('sent', 'timeout');
    case 'late':
    case 'too_late': {
      const isTooLate = fault === 'too_late';
      const lateness = isTooLate ? random.int(LATEST_MS, TOO_LATE_MS) : random.int(TIMEOUT_MS, LATEST_MS);
      if (isTooLate) network.repeated.push(request.body.toString());
      void time.sleep(lateness).then(() => carryOut(parts, request));
      await time.sleep(TIMEOUT_MS);
      return failure('sent', 'timeout');
    }
    case 'doubled': {
      network.repeated.push(request.body.toString());
      const [answer] = await Promise.all([carryOut(parts, request), carryOut(parts, request)]);
      return heard(answer);
    }
    case 'slow':
      await time.sleep(random.int(1_000, 25_000));
      return heard(await carryOut(parts, request));
    case 'page_before':
      return heard(page(502));
    case 'page_after':
      await carryOut(parts, request);
      return heard(page(504));
    case 'crash':
      await carryOut(parts, request, random.int(1, 3));
      return heard({ status: 500, headers: { 'content-type': 'text/html' }, body: '' });
    case 'cut_json': {
      const answer = await carryOut(parts, request);
      return heard({ ...answer, body: answer.body.slice(0, answer.body.length / 2) });
    }
    case 'overtaken':
      await overtaken(parts);
      return heard(await carryOut(parts, request));
    case 'shifted': {
      const answer = await carryOut(parts, request);
      if (request.path.startsWith('/api/tickets?')) parts.shift();
      return heard(answer);
    }
    case 'none':
      return heard(await carryOut(parts, request));
  }
}

const OVERTAKEN_MS = 5_000;

/** Waits until something that was sent after it has arrived. */
async function overtaken({ time, network }: Parts): Promise<void> {
  const before = network.arrived;
  for (let waited = 0; waited < OVERTAKEN_MS && network.arrived === before; waited += 100)
    await time.sleep(100);
}

/** The server works write by write, and others may look in between; after `steps` of them it dies. */
async function carryOut(
  { time, random, server, network }: Parts,
  request: FakeRequest,
  steps = Number.POSITIVE_INFINITY,
): Promise<FakeResponse> {
  network.arrived += 1;
  const running = server.steps(request);
  let result = running.next();
  for (let step = 1; !result.done; step++) {
    if (step > steps) {
      network.crashed.push(request.body.toString());
      return page(500);
    }
    network.look();
    await time.sleep(random.int(0, STEP_MS));
    result = running.next();
  }
  network.look();
  return result.value;
}

const page = (status: number): FakeResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><title>Gateway</title></html>',
});

const heard = ({ status, headers, body }: FakeResponse): HttpResult => ({
  ok: true,
  value: { status, headers, body: Buffer.from(body) },
});

const failure = (
  phase: 'connect' | 'sending' | 'sent',
  kind: 'no_connection' | 'cut' | 'timeout',
): HttpResult => ({ ok: false, error: { kind, phase, detail: 'simulated' } });
