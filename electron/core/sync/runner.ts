import { type AppError, appErrorOf, type ErrorCode } from '../../../shared/contract/errors.ts';
import type { SyncReport, SyncStatus } from '../../../shared/contract/sync.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import { type Activity, pauseBetweenRuns } from '../domain/syncPace.ts';
import type { HttpFetch, HttpResult } from '../ports/httpFetch.ts';
import { createPower, type Power, type PowerState } from '../ports/power.ts';
import type { ServiceDeps } from '../services/context.ts';
import { guardAccount } from './account/accountGuard.ts';
import { openRemote } from './account/openRemote.ts';
import { createSyncEngine, type SyncEngine } from './engine.ts';
import { chanceOf, errorOf, keepLastGood } from './runOutcome.ts';
import { createStatusTeller, type StatusTeller } from './syncStatus.ts';

const CANCELLED: HttpResult = {
  ok: false,
  error: { kind: 'aborted', phase: 'connect', detail: 'cancelled' },
};
/** A window that comes into view asks for a run when the last one is older than this. */
const STALE_MS = 10_000;

/** How long the end of the program waits for what is on its way: whoever closes us kills after 20 seconds. */
const ON_ITS_WAY_MS = 8_000;

/** What «sync now» does not end. */
const STAYS: readonly ErrorCode[] = ['remote_disconnected', 'remote_restored'];

/** Keeps the one engine of a desk, when it runs, and what its last run said. */
export class SyncRunner {
  readonly #deps: ServiceDeps;
  readonly #power: Power;
  readonly #stopWatching: () => void;
  readonly #teller: StatusTeller;
  #engine: SyncEngine | null = null;
  #running: Promise<Result<SyncReport>> | null = null;
  #requests = 0;
  #failures = 0;
  #chance = 0.5;
  #lastAt: number | null = null;
  /** Since the run that is under way began: it may be past what was decided. */
  #isNudged = false;
  #lastGoodAt: number | null = null;
  #movedAt: number | null = null;
  #attendedAt: number | null = null;
  #problem: AppError | null = null;
  #newestSeen = 0;
  #abort = new AbortController();
  /** No further request is made; what is on its way may end. */
  #isEnding = false;
  #isClosing = false;

  constructor(deps: ServiceDeps, power: Power) {
    this.#deps = deps;
    this.#power = power;
    this.#stopWatching = power.onChange((before) => this.#onPower(before));
    this.#teller = createStatusTeller(deps);
  }

  /** Null on a desk of its own. */
  status(): SyncStatus | null {
    return this.#teller.tell({
      isRunning: this.#running !== null,
      lastSyncAt: this.lastSyncAt(),
      nextAt: this.#lastAt === null ? null : this.#lastAt + this.#pauseMs(),
      savesPower: this.#pauseMs() > this.#pauseMs({ ...this.#activity(), isOnBattery: false }),
      problem: this.#problem,
      requests: this.#requests,
      messages: this.#engine?.counts.messages ?? 0,
      uploads: this.#engine?.uploads.list() ?? [],
    });
  }

  /** When a run last went through; null = none has. */
  lastSyncAt(): number | null {
    return this.#lastGoodAt ?? this.#deps.store.remoteDesk.get()?.lastSyncAt ?? null;
  }

  /**
   * A run that begins after this call, the same for all who ask meanwhile: one that is under way may be past what was
   * written last. Not_connected, why it is paused, what keeps it from starting.
   */
  run(): Promise<Result<SyncReport>> {
    if (this.#running !== null) return this.#runAfter(this.#running);
    return this.#isClosing ? Promise.resolve(err(appErrorOf('cancelled'))) : this.#begin();
  }

  /**
   * A person asks: what was put off is due now, what was paused goes on, and a server that did not let us in is asked
   * again.
   */
  async runNow(): Promise<Result<SyncReport>> {
    const { store } = this.#deps;
    const eased = store.write(() => {
      store.outbox.hurry();
      const { pausedCode = null } = store.remoteDesk.get() ?? {};
      if (pausedCode !== null && !STAYS.includes(pausedCode)) store.remoteDesk.set('pausedCode', null);
      return ok(undefined);
    });
    return eased.ok ? this.run() : eased;
  }

  /** Whether it is time for the next run. */
  isDue(): boolean {
    const desk = this.#deps.store.remoteDesk.get();
    if (!desk || desk.pausedCode !== null || this.#running || this.#power.state().isAsleep) return false;
    if (this.#lastAt === null) return true;
    const sinceMs = this.#deps.clock.now() - this.#lastAt;
    // A clock that was set back must not stop it.
    return sinceMs < 0 || sinceMs >= this.#pauseMs();
  }

  /** A person decided something: the next run need not wait its time. */
  nudge(): void {
    this.#lastAt = null;
    this.#isNudged = true;
  }

  /** Somebody looks at a window of this desk; with `isBack` it has just come into view, or its network is back. */
  attend(isBack: boolean): void {
    const now = this.#deps.clock.now();
    this.#attendedAt = now;
    if (isBack && this.#lastAt !== null && now - this.#lastAt > STALE_MS) this.nudge();
  }

  /**
   * Nothing is exchanged until a person wants it again. What is on its way may end: cut off, nobody would know
   * whether it arrived.
   */
  async halt(code: Extract<ErrorCode, 'sync_paused' | 'remote_disconnected'>): Promise<Result<void>> {
    const { store } = this.#deps;
    // What stands still because the server went back goes on once its state is taken, not by «Resume».
    if (code === 'sync_paused' && store.remoteDesk.get()?.pausedCode === 'remote_restored')
      return ok(undefined);
    const halted = store.write(() => ok(store.remoteDesk.set('pausedCode', code)));
    if (!halted.ok) return halted;
    await this.#end();
    this.#tell();
    return halted;
  }

  /** Ends the run that is under way, without cutting off what is on its way, and begins another when it is time. */
  async restart(): Promise<void> {
    await this.#end();
    this.nudge();
  }

  /** Forgets token and engine: the next run reads them anew, at once. */
  reset(): void {
    this.#engine = null;
    this.#problem = null;
    this.#failures = 0;
    this.#lastAt = null;
  }

  /** Cuts the run off. What was being sent is looked up by the next one. */
  cancel(): void {
    this.#abort.abort();
  }

  /** A person stops a message whose files are on their way: decision_late once it has left whole. */
  stopUpload(id: number): Result<void> {
    return this.#engine?.uploads.stop(id) ? ok(undefined) : err(appErrorOf('decision_late'));
  }

  /** The program ends: nothing more is begun. What is on its way may arrive, or it would be unsure; but not for ever. */
  async close(graceMs = ON_ITS_WAY_MS): Promise<void> {
    this.#isClosing = true;
    this.#stopWatching();
    AbortSignal.timeout(graceMs).addEventListener('abort', () => this.cancel());
    await this.#end();
    keepLastGood(this.#deps, this.#lastGoodAt);
  }

  #begin(): Promise<Result<SyncReport>> {
    this.#running = this.#work().then((result) => this.#finish(result));
    this.#tell();
    return this.#running;
  }

  async #runAfter(running: Promise<Result<SyncReport>>): Promise<Result<SyncReport>> {
    const ended = await running;
    // The program ends, or the machine falls asleep.
    if (this.#isClosing || this.#abort.signal.aborted || this.#power.state().isAsleep) return ended;
    return this.#running ?? this.#begin();
  }

  async #end(): Promise<void> {
    if (!this.#running) return;
    this.#isEnding = true;
    await this.#running;
  }

  /** What a sleep cuts off would be unsure: nothing more is begun before it. After it, everything is looked at. */
  #onPower(before: PowerState): void {
    const { isAsleep } = this.#power.state();
    if (isAsleep) void this.#end();
    else if (before.isAsleep) void this.restart();
    this.#tell();
  }

  #activity(): Activity {
    const { isOnBattery, isLocked } = this.#power.state();
    return {
      ...{ isOnBattery, isLocked },
      attendedAt: this.#attendedAt,
      movedAt: this.#movedAt,
      failures: this.#failures,
      hasNew: this.#deps.store.outbox.newestId() > this.#newestSeen,
      chance: this.#chance,
    };
  }

  #pauseMs(activity = this.#activity()): number {
    // A server that said when is not asked before.
    const askedMs = Number(this.#problem?.details?.afterMs ?? 0);
    return Math.max(pauseBetweenRuns(activity, this.#deps.clock.now()), askedMs);
  }

  async #work(): Promise<Result<SyncReport>> {
    const { clock, store } = this.#deps;
    const startedAt = clock.now();
    this.#requests = 0;
    this.#isEnding = false;
    this.#isNudged = false;
    this.#abort = new AbortController();
    this.#newestSeen = store.outbox.newestId();
    const { pausedCode = null } = store.remoteDesk.get() ?? {};
    // What the server said when it refused stays, word by word.
    const known = this.#problem?.code === pausedCode ? this.#problem : null;
    if (pausedCode !== null) return err(known ?? appErrorOf(pausedCode));
    try {
      const engine = await this.#readyEngine();
      if (!engine.ok) return engine;
      this.#hurryAfterAbsence();
      this.#teller.begin();
      const summary = await engine.value.run();
      const { pulled, pushed, outbox } = summary;
      const wasEnded = this.#isEnding || this.#abort.signal.aborted;
      const ended = wasEnded ? appErrorOf('cancelled') : errorOf(summary);
      return ok({
        ...{ requests: this.#requests, pulled, pushed, outbox, ended },
        durationMs: clock.now() - startedAt,
      });
    } catch (error) {
      // A mistake of ours must not look like a run that never ends.
      this.#deps.log.error('sync_broke', { error });
      this.#engine = null;
      return err(appErrorOf('internal'));
    }
  }

  async #readyEngine(): Promise<Result<SyncEngine>> {
    if (!this.#engine) {
      const remote = await openRemote(this.#deps, this.#fetch);
      if (!remote.ok) return remote;
      this.#engine = guardAccount(this.#deps, remote.value, createSyncEngine(this.#deps, remote.value));
    }
    return ok(this.#engine);
  }

  readonly #fetch: HttpFetch = async (request, options) => {
    const { signal } = this.#abort;
    if (signal.aborted || this.#isEnding) return CANCELLED;
    this.#requests += 1;
    const either = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
    return this.#deps.httpFetch(request, { ...options, signal: either });
  };

  /** What could not leave while the server was away was put off one by one: it all goes when the server is back. */
  #hurryAfterAbsence(): void {
    if (this.#problem?.code !== 'remote_unreachable') return;
    this.#deps.store.write(() => ok(this.#deps.store.outbox.hurry()));
  }

  #finish(result: Result<SyncReport>): Result<SyncReport> {
    const now = this.#deps.clock.now();
    const problem = result.ok ? result.value.ended : result.error;
    this.#running = null;
    this.#isEnding = false;
    this.#lastAt = this.#isNudged && !problem ? null : now;
    this.#chance = chanceOf(this.#deps.ids);
    if (problem?.code !== 'cancelled') {
      this.#failures = problem ? this.#failures + 1 : 0;
      this.#problem = problem;
      if (problem) keepLastGood(this.#deps, this.#lastGoodAt);
      else this.#lastGoodAt = now;
    }
    if (result.ok && result.value.pulled + result.value.pushed > 0) this.#movedAt = now;
    this.#tell();
    return result;
  }

  #tell(): void {
    this.#deps.events.publish({ type: 'desk_changed', what: 'sync' });
  }
}

export function createSyncRunner(deps: ServiceDeps, power: Power = createPower()): SyncRunner {
  return new SyncRunner(deps, power);
}
