import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import type { Random } from '../../electron/core/services/demo/random.ts';
import { createEventHub, publishAfterCommit } from '../../electron/core/services/eventHub.ts';
import { createJobs } from '../../electron/core/services/jobs.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { type AboardRunner, createAboardRunner } from '../../electron/core/sync/aboard/aboardRunner.ts';
import type { OpenRemote } from '../../electron/core/sync/account/openRemote.ts';
import { createSyncContext, type SyncContext, SyncStopped } from '../../electron/core/sync/context.ts';
import { createSyncEngine, type SyncEngine } from '../../electron/core/sync/engine.ts';
import { refreshTicket } from '../../electron/core/sync/pull/refreshTicket.ts';
import { createHelpdeskzRemote } from '../../electron/core/sync/remotes/helpdeskz/helpdeskzRemote.ts';
import { createThrottle } from '../../electron/core/sync/remotes/helpdeskz/throttle.ts';
import { appErrorOf } from '../../shared/contract/errors.ts';
import type { StaffId, TicketId } from '../../shared/model/ids.ts';
import { err, ok } from '../../shared/util/result.ts';
import type { FakeHelpdeskz } from '../fakes/helpdeskz/fakeHelpdeskz.ts';
import { memorySecrets } from '../support/secrets.ts';
import { returnStore, takeStore } from './clientStore.ts';
import { fullDisk } from './fullDisk.ts';
import { Killed, kill, mortal, newLife } from './killing.ts';
import { memoryFiles } from './memoryFiles.ts';
import type { Network } from './network.ts';
import type { VirtualTime } from './virtualTime.ts';
import { type DeskWatch, watchDesk } from './watchDesk.ts';
import { type WireWatch, watchWire } from './watchWire.ts';

/** Changes what a client is made of: how the simulation's own worth is tested. */
export interface Mutation {
  readonly store?: ((store: Store) => Store) | undefined;
}

/** What runs until it is killed. */
interface Process {
  readonly engine: SyncEngine;
  readonly opening: SyncContext;
  readonly aboard: AboardRunner;
}

/** One desk of one staff member, with an engine that may die and is started again. */
export interface Client {
  readonly name: string;
  readonly actor: StaffActor;
  readonly token: string;
  /** What the person at it works with: alive or not, this is what is on its disk. */
  readonly store: Store;
  readonly deps: ServiceDeps;
  isOnline: boolean;
  /** What was broken on the way: on its screen, in its outbox, in what it sent. */
  readonly problems: ReadonlySet<string>;
  readonly watch: DeskWatch;
  readonly wire: WireWatch;
  /** What its last cycle found to change here. */
  lastPulled: number;
  /** One cycle; a kill within it is followed by a new start. Answers whether anything moved or waits. */
  sync(): Promise<void>;
  /** Somebody opens a ticket, whatever else is going on. */
  opens(ticketId: TicketId): Promise<void>;
  /** The person at it has something to do with what is taken along. */
  takeAlong(act: (aboard: AboardRunner) => Promise<unknown>): Promise<void>;
  /** A file of its disk. */
  bytesOf(sha256: string): Buffer | undefined;
  /** Dies after so many calls of its store. */
  killAfter(calls: number): void;
  /** Dies at so many of those that write. */
  killWriting(writes: number): void;
  /** Dies while its next write is on its way to the server. */
  killSending(): void;
  /** The disk takes so many transactions more, then refuses so many. */
  fillDisk(after: number, refused: number): void;
  /** An administrator gives its token back what was taken, and the person at it says «sync now». */
  giveBack(server: FakeHelpdeskz): void;
  /** Nothing kills it any more. */
  spare(): void;
  close(): void;
}

export interface ClientOptions {
  readonly name: string;
  readonly staffId: number;
  readonly token: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  readonly skewMs: number;
  readonly mutation: Mutation;
}

export function createClient(options: ClientOptions): Client {
  const { name, staffId, token, time, network } = options;
  const pooled = takeStore();
  const clock = { now: () => time.now() + options.skewMs };
  const disk = fullDisk();
  const files = memoryFiles(() => disk.isFull());
  const problems = new Set<string>();
  const complain = (problem: string): void => {
    problems.add(`${name}: ${problem}`);
  };
  const wire = watchWire(pooled, clock.now, complain);
  const watch = watchDesk(pooled, wire, complain);
  const watched: Store = {
    ...pooled,
    write: (work) => {
      const result = pooled.write(
        !pooled.db.inTransaction && disk.isFull() ? () => disk.refuse(work()) : work,
      );
      if (!pooled.db.inTransaction) watch.committed();
      return result;
    },
  };
  const store = options.mutation.store?.(watched) ?? watched;
  let drawn = 0;
  const ids = {
    group: () => `${name}-g${++drawn}`,
    secret: (length: number) => `${name}${++drawn}x`.padEnd(length, '0'),
  };
  const depsOf = (own: Store, isAlive = () => true): ServiceDeps => ({
    store: own,
    files,
    clock,
    ids,
    log: silentLogger,
    events: publishAfterCommit(createEventHub(clock), own.afterCommit),
    secrets: memorySecrets(),
    httpFetch: network.fetchFor({ isOnline: () => client.isOnline, isAlive, wire }),
  });
  const deps = depsOf(store);
  store.remoteDirectory.upsertStaff({
    id: staffId,
    username: name,
    name,
    email: `${name}@desk.example`,
    now: clock.now(),
  });
  store.remoteDesk.insert({
    kind: 'helpdeskz',
    url: 'http://helpdesk.test',
    staffId: staffId as StaffId,
    username: name,
    tokenSealed: '',
    connectedAt: clock.now(),
  });

  let life = newLife();
  let process: Process | null = null;
  let lastSyncAt: number | null = null;
  const start = (): Process => {
    life = newLife();
    const own = life;
    const fetch = network.fetchFor({
      isOnline: () => client.isOnline,
      isAlive: () => own.isAlive,
      wire: {
        ...wire,
        leaves: (sent) => {
          wire.leaves(sent);
          if (own.diesSending && sent.method === 'POST') kill(own);
        },
      },
    });
    const boundary = () => `b${ids.secret(20)}`;
    const remote = createHelpdeskzRemote({
      ...{ fetch, token, boundary },
      url: 'http://helpdesk.test',
      timeoutMs: 30_000,
      throttle: createThrottle({
        now: time.now,
        // A dead process does not wake up.
        wait: async (ms) => {
          await time.sleep(ms);
          if (!own.isAlive) await new Promise(() => {});
        },
        random: () => options.random.next(),
      }),
      now: clock.now,
    });
    const living = depsOf(mortal(store, own), () => own.isAlive);
    const open: OpenRemote = async () => {
      const pausedCode = store.remoteDesk.get()?.pausedCode;
      return pausedCode ? err(appErrorOf(pausedCode)) : ok(remote);
    };
    return {
      engine: createSyncEngine(living, remote),
      opening: createSyncContext(living, remote),
      aboard: createAboardRunner(living, createJobs(living), { lastSyncAt: () => lastSyncAt }, open),
    };
  };
  /** Does something in the process that runs, or in a new one; it may die over it. */
  const within = async (act: (running: Process) => Promise<unknown>): Promise<void> => {
    if (store.remoteDesk.get()?.pausedCode) return;
    const work = (async () => {
      process ??= start();
      await act(process);
    })().catch((error: unknown) => {
      // A full disk ends a refresh, and the next run says so.
      if (!(error instanceof Killed || error instanceof SyncStopped)) throw error;
    });
    // What a killed process was waiting for never comes.
    await Promise.race([work, life.died]);
    if (!life.isAlive) process = null;
  };
  const client: Client = {
    name,
    token,
    actor: { kind: 'staff', staffId: staffId as StaffId, name, role: 'admin', scope: 'all' },
    store,
    deps,
    isOnline: true,
    problems,
    watch,
    wire,
    lastPulled: 0,
    sync: () =>
      within(async ({ engine, aboard }) => {
        const { pulled, ended } = await engine.run();
        client.lastPulled = pulled;
        if (ended === null) lastSyncAt = clock.now();
        aboard.tend();
      }),
    opens: (ticketId) => within(({ opening }) => refreshTicket(opening, ticketId)),
    takeAlong: (act) => within(({ aboard }) => act(aboard)),
    bytesOf: files.bytesOf,
    killAfter: (calls) => {
      life.callsLeft = calls;
    },
    killWriting: (writes) => {
      life.writesLeft = writes;
    },
    killSending: () => {
      life.diesSending = true;
    },
    fillDisk: disk.fill,
    giveBack: ({ state }) => {
      const own = state.tokens.find((one) => one.token === token);
      if (own) Object.assign(own, { isActive: true, permissions: 'all' });
      if (pooled.remoteDesk.get()?.pausedCode) pooled.remoteDesk.set('pausedCode', null);
    },
    spare: () => {
      disk.fill(0, 0);
      life.callsLeft = Number.POSITIVE_INFINITY;
      life.writesLeft = Number.POSITIVE_INFINITY;
      life.diesSending = false;
    },
    close: () => returnStore(pooled),
  };
  return client;
}
