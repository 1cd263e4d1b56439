import type { StaffActor } from '../../electron/core/domain/actor.ts';
import { silentLogger } from '../../electron/core/ports/logger.ts';
import type { ServiceDeps } from '../../electron/core/services/context.ts';
import type { Random } from '../../electron/core/services/demo/random.ts';
import { createEventHub, publishAfterCommit } from '../../electron/core/services/eventHub.ts';
import type { Store } from '../../electron/core/store/store.ts';
import { createSyncContext, type SyncContext, SyncStopped } from '../../electron/core/sync/context.ts';
import { createSyncEngine, type SyncEngine } from '../../electron/core/sync/engine.ts';
import { refreshTicket } from '../../electron/core/sync/pull/refreshTicket.ts';
import { createHelpdeskzRemote } from '../../electron/core/sync/remotes/helpdeskz/helpdeskzRemote.ts';
import { createThrottle } from '../../electron/core/sync/remotes/helpdeskz/throttle.ts';
import type { StaffId, TicketId } from '../../shared/model/ids.ts';
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
  const depsOf = (own: Store): ServiceDeps => ({
    store: own,
    files,
    clock,
    ids,
    log: silentLogger,
    events: publishAfterCommit(createEventHub(clock), own.afterCommit),
    secrets: memorySecrets(),
    httpFetch: network.fetchFor({ isOnline: () => client.isOnline, isAlive: () => true, wire }),
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
  let engine: SyncEngine | null = null;
  let opening: SyncContext | null = null;
  const start = (): SyncEngine => {
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
    const living = depsOf(mortal(store, life));
    opening = createSyncContext(living, remote);
    return createSyncEngine(living, remote);
  };
  const whileAlive = async (work: () => Promise<void>): Promise<void> => {
    if (store.remoteDesk.get()?.pausedCode) return;
    const done = work().catch((error: unknown) => {
      // A full disk ends a refresh, and the next run says so.
      if (!(error instanceof Killed || error instanceof SyncStopped)) throw error;
    });
    // What a killed process was waiting for never comes.
    await Promise.race([done, life.died]);
    if (!life.isAlive) engine = null;
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
      whileAlive(async () => {
        engine ??= start();
        const { pulled } = await engine.run();
        client.lastPulled = pulled;
      }),
    opens: (ticketId) => whileAlive(async () => (opening ? refreshTicket(opening, ticketId) : undefined)),
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
