import type { AppError } from '../../../shared/contract/errors.ts';
import type { QueueCursor, QueuePage, QueueSort, TicketRow } from '../../../shared/contract/queues.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { settled, withChanges, withStart } from './listChanges.ts';
import {
  type ListWindow,
  windowAfterJump,
  windowAtStart,
  withPageAfter,
  withPageBefore,
} from './listWindow.ts';

export type PageRequest = { cursor: QueueCursor | null; direction: 'after' | 'before'; limit: number };

export type LoaderPorts = {
  sort: QueueSort;
  fetchPage: (request: PageRequest) => Promise<QueuePage>;
  fetchRows: (ticketIds: readonly TicketId[]) => Promise<readonly TicketRow[]>;
  belongs: (row: TicketRow) => boolean;
  isOwn: (ticketId: TicketId) => boolean;
  /** Whether «many changed», heard of now, is this person's own doing. */
  isOwnAct: () => boolean;
  /** These are in the list no more: what is done to the chosen ones is not meant for them. */
  onLeft: (ticketIds: readonly TicketId[]) => void;
  toError: (thrown: unknown) => AppError;
};

export type LoaderState = {
  window: ListWindow | null;
  error: AppError | null;
  /** Grows whenever the list must scroll to the window's first row (start, jump). */
  resets: number;
};

/** Rows this close to the end of what is loaded make the next page come. */
const AHEAD = 30;
/** Ids of one burst of events that are looked at one by one; beyond, the list only says it is outdated. */
const BURST = 200;
const ROWS_PER_CALL = 100;

export type ListLoader = ReturnType<typeof createListLoader>;

/** Loads and keeps the window of one queue. Holds no DOM; the list tells it what is in sight and whether it is calm. */
export function createListLoader(ports: LoaderPorts) {
  let state: LoaderState = { window: null, error: null, resets: 0 };
  const listeners = new Set<() => void>();
  const busy = { after: false, before: false };
  // Answers of an older beginning must not mix into a newer one.
  let generation = 0;
  /** The first ticket when the queue's start was last seen. */
  let topId: TicketId | null = null;
  let isPointerInside = false;
  let isAtTop = true;
  let queued = new Set<TicketId>();
  let isFlushing = false;

  const update = (next: Partial<LoaderState>) => {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener();
  };
  /** The same list with other rows. */
  const change = (window: ListWindow) => {
    const stays = new Set(window.entries.map(({ row }) => row.id));
    const before = state.window?.entries.map(({ row }) => row.id) ?? [];
    update({ window });
    const left = before.filter((id) => !stays.has(id));
    if (left.length > 0) ports.onLeft(left);
  };
  const isCalm = () => !isPointerInside && isAtTop;

  async function begin(cursor: QueueCursor | null, toWindow: (page: QueuePage) => ListWindow): Promise<void> {
    generation += 1;
    const mine = generation;
    try {
      const page = await ports.fetchPage({ cursor, direction: 'after', limit: LIMITS.queuePageSize });
      if (mine !== generation) return;
      busy.after = false;
      busy.before = false;
      if (cursor === null) topId = page.rows[0]?.id ?? null;
      update({ window: toWindow(page), error: null, resets: state.resets + 1 });
    } catch (thrown) {
      if (mine === generation) update({ error: ports.toError(thrown) });
    }
  }

  async function extend(direction: 'after' | 'before', limit: number): Promise<void> {
    const cursor =
      direction === 'after' ? state.window?.entries.at(-1)?.place : state.window?.entries[0]?.place;
    if (!cursor || busy[direction]) return;
    busy[direction] = true;
    const mine = generation;
    try {
      const page = await ports.fetchPage({ cursor, direction, limit });
      if (mine !== generation || !state.window) return;
      busy[direction] = false;
      const grow = direction === 'after' ? withPageAfter : withPageBefore;
      update({ window: grow(state.window, page), error: null });
    } catch (thrown) {
      if (mine !== generation) return;
      busy[direction] = false;
      update({ error: ports.toError(thrown) });
    }
  }

  async function refreshRows(ids: readonly TicketId[]): Promise<void> {
    const mine = generation;
    for (let from = 0; from < ids.length; from += ROWS_PER_CALL) {
      const asked = ids.slice(from, from + ROWS_PER_CALL);
      const rows = await ports.fetchRows(asked);
      if (mine !== generation || !state.window) return;
      const isEmpty = state.window.entries.length === 0;
      const rules = { ...ports, isCalm: isEmpty || isCalm() };
      change(withChanges(state.window, asked, rows, rules));
    }
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    try {
      while (queued.size > 0) {
        const ids = [...queued];
        queued = new Set();
        const shown = new Set(state.window?.entries.map(({ row }) => row.id));
        if (ids.length <= BURST) await refreshRows(ids);
        else {
          await refreshRows(ids.filter((id) => shown.has(id)));
          if (ids.some((id) => !shown.has(id) && !ports.isOwn(id))) await lookAgain();
        }
      }
    } catch {
      // The core went away; the event stream notices and everything is fetched again when it is back.
    } finally {
      isFlushing = false;
    }
  }

  /** After more changes than were named: a new beginning, or, where rows must keep still, what came is announced. */
  async function lookAgain(): Promise<void> {
    if (!state.window || isCalm()) return begin(null, windowAtStart);
    const mine = generation;
    const page = await ports.fetchPage({ cursor: null, direction: 'after', limit: LIMITS.queuePageSize });
    if (mine !== generation || !state.window) return;
    update({ window: withStart(state.window, page, topId, { ...ports, isCalm: isCalm() }) });
  }

  async function afterMany(isOwnAct: boolean): Promise<void> {
    const shown = state.window?.entries.map(({ row }) => row.id) ?? [];
    if (!isCalm() || isOwnAct) await refreshRows(shown);
    // One's own bulk change brings nothing new into the list; what it takes away, refreshRows does.
    if (!isOwnAct) await lookAgain();
  }

  function settle(): void {
    if (!state.window || isPointerInside) return;
    const { pending, isOutdated, hasBefore } = state.window;
    if (isAtTop && !hasBefore && (pending.size > 0 || isOutdated)) void begin(null, windowAtStart);
    else if (settled(state.window) !== state.window) change(settled(state.window));
  }

  return {
    getState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Loads the beginning; also what «3 new, show» and «Try again» do. */
    showStart: () => begin(null, windowAtStart),
    /** Loads from a place in the middle. */
    jumpTo: (cursor: QueueCursor) => begin(cursor, windowAfterJump),
    /** Says which places of the track are in sight; loads what is missing around them. */
    seen: (first: number, last: number): void => {
      const { window } = state;
      if (!window || state.error) return;
      const end = window.offset + window.entries.length;
      const limitFor = (missing: number) =>
        missing > LIMITS.queuePageSize ? LIMITS.queuePageMax : LIMITS.queuePageSize;
      if (window.hasBefore && first < window.offset + AHEAD) {
        void extend('before', limitFor(window.offset - first));
      }
      if (window.hasAfter && last > end - AHEAD) void extend('after', limitFor(last - end));
    },
    /** Clears an error of a later page, so that `seen` tries again. */
    retry: () => (state.window ? update({ error: null }) : void begin(null, windowAtStart)),
    /** The core says these changed; none named = many. */
    changed: (ticketIds: readonly TicketId[]): void => {
      if (ticketIds.length === 0) {
        if (state.error) update({ error: null });
        void afterMany(ports.isOwnAct()).catch(() => undefined);
        return;
      }
      for (const id of ticketIds) queued.add(id);
      void flush();
    },
    /** Where pointer and scroll position are: they decide whether rows may come and go. */
    setCalm: (calm: { isPointerInside?: boolean; isAtTop?: boolean }): void => {
      isPointerInside = calm.isPointerInside ?? isPointerInside;
      isAtTop = calm.isAtTop ?? isAtTop;
      settle();
    },
  };
}
