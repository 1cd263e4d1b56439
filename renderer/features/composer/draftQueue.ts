import type { DraftId } from '../../../shared/model/ids.ts';

/** What the line under the composer says; `saved` only after the core has answered. */
export type SaveState = 'idle' | 'pending' | 'saving' | 'saved' | 'failed';

export type DraftQueueOptions<Content> = {
  /** Saves and answers the draft's id; null when nothing is left to keep (an emptied draft). */
  save: (content: Content, draftId: DraftId | null) => Promise<DraftId | null>;
  onState: (state: SaveState, error: unknown) => void;
  delayMs?: number;
  /** Waits before the first, second, … repetition of a failed save; the last one stays. */
  retryMs?: readonly number[];
};

export type DraftQueue<Content> = {
  /** Remembers the newest content and saves it soon. */
  update: (content: Content) => void;
  /** Saves what is pending now; true when everything typed so far is with the core. */
  flush: () => Promise<boolean>;
  /** What the core does not have yet, for the last write of a closing window. */
  unsaved: () => { content: Content; draftId: DraftId | null } | null;
  draftId: () => DraftId | null;
  /** Starts over with another draft (loaded, sent, restored); what was pending is forgotten. */
  reset: (draftId: DraftId | null) => void;
  /** Saves what is pending, then ignores further updates. */
  close: () => Promise<boolean>;
};

type Pending<Content> = { readonly content: Content };
const DEFAULT_RETRY_MS = [1000, 3000, 10_000] as const;

/**
 * One save at a time, the newest content wins, nothing is dropped on failure. The delay runs from the first
 * unsaved keystroke, not from the last, so that someone who never pauses is saved as well.
 */
export function createDraftQueue<Content>(options: DraftQueueOptions<Content>): DraftQueue<Content> {
  const { save, onState, delayMs = 300, retryMs = DEFAULT_RETRY_MS } = options;
  let draftId: DraftId | null = null;
  let pending: Pending<Content> | null = null;
  let inFlight: Pending<Content> | null = null;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isClosed = false;
  // A reset forgets a save that is still under way: its answer must not revive a sent draft's id.
  let epoch = 0;

  function schedule(waitMs: number): void {
    if (timer !== undefined || running !== null) return;
    timer = setTimeout(() => {
      timer = undefined;
      void run();
    }, waitMs);
  }

  function stopTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  async function saveOne(item: Pending<Content>): Promise<void> {
    const startedIn = epoch;
    try {
      const id = await save(item.content, draftId);
      if (startedIn !== epoch) return;
      draftId = id;
      failures = 0;
      onState(pending ? 'pending' : 'saved', null);
    } catch (error) {
      if (startedIn !== epoch) return;
      pending ??= item;
      failures += 1;
      onState('failed', error);
    }
  }

  async function drain(): Promise<void> {
    const failuresBefore = failures;
    while (pending && failures === failuresBefore) {
      inFlight = pending;
      pending = null;
      onState('saving', null);
      await saveOne(inFlight);
      inFlight = null;
    }
  }

  function run(): Promise<void> {
    stopTimer();
    running ??= drain().finally(() => {
      running = null;
      if (pending && !isClosed) schedule(retryMs[Math.min(failures, retryMs.length) - 1] ?? delayMs);
    });
    return running;
  }

  async function flush(): Promise<boolean> {
    // A save under way may hold older text: once more for what came after it.
    if (running !== null) await running;
    if (pending) await run();
    return pending === null;
  }

  return {
    update(content) {
      if (isClosed) return;
      pending = { content };
      if (failures === 0) onState('pending', null);
      schedule(delayMs);
    },
    flush,
    unsaved() {
      const item = pending ?? inFlight;
      return item && { content: item.content, draftId };
    },
    draftId: () => draftId,
    reset(id) {
      stopTimer();
      epoch += 1;
      pending = null;
      failures = 0;
      draftId = id;
      onState('idle', null);
    },
    close() {
      isClosed = true;
      stopTimer();
      return flush();
    },
  };
}
