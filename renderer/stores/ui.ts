import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Queue, QueueSort } from '../../shared/contract/queues.ts';
import type { CustomerId, DraftId, TicketId } from '../../shared/model/ids.ts';
import { clampListWidth } from './paneWidths.ts';

/** What the middle of the window shows. */
export type Place =
  | { kind: 'queue'; queue: Queue }
  | { kind: 'search'; text: string }
  | { kind: 'drafts' }
  /** What waits for the server of a remote workspace. */
  | { kind: 'outbox' }
  /** Of that, what somebody else did otherwise meanwhile. */
  | { kind: 'conflicts' }
  /** What a remote workspace takes along where there is no network. */
  | { kind: 'aboard' }
  | { kind: 'setup'; section: string; customerId?: CustomerId };

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
/** Which picker a key or a button opened over the tickets it is about. */
export type Picker = {
  kind: 'status' | 'assignee' | 'department' | 'priority' | 'tags';
  ticketIds: readonly TicketId[];
};

type Kept = {
  place: Place;
  selectedTicketId: TicketId | null;
  sort: QueueSort;
  theme: Theme;
  density: Density;
  railFolded: boolean;
  listWidth: number;
  sidePaneOpen: boolean;
  /** Single letters act as commands; some people dictate or use switches and want them off (WCAG 2.1.4). */
  singleKeys: boolean;
};

type Passing = {
  /** Below 760 px one pane shows at a time: this one. */
  narrowPane: 'list' | 'ticket';
  /** null = closed; `draftId` continues a draft. */
  newTicket: { draftId: DraftId | null } | null;
  paletteOpen: boolean;
  helpOpen: boolean;
  picker: Picker | null;
  /** Where the search was begun; leaving it goes back there. */
  beforeSearch: Pick<Kept, 'place' | 'selectedTicketId'> | null;
  /** The screen without a list that the open ticket was opened from; leaving the ticket goes back there. */
  openedFrom: Place | null;
};

type Actions = {
  showQueue: (queue: Queue) => void;
  go: (place: Place) => void;
  leaveSearch: () => void;
  selectTicket: (ticketId: TicketId | null) => void;
  /** From a ticket to the list, or to the screen without one that it was opened from; answers whether it was that. */
  leaveTicket: () => boolean;
  /** Selects a ticket and, in a narrow window, brings its pane to the front. */
  openTicket: (ticketId: TicketId) => void;
  set: (values: Partial<Omit<Kept, 'listWidth'> & Passing>) => void;
  setListWidth: (width: number) => void;
};

export type UiState = Kept & Passing & Actions;

/** Places without a list beside a ticket: the ticket selected last is out of sight there. */
export const fillsWindow = ({ kind }: Place): boolean =>
  ['setup', 'outbox', 'conflicts', 'aboard'].includes(kind);

const LAST_WORKSPACE = 'staffdesk:last';
const keyOf = (workspaceId: string) => `staffdesk:${workspaceId}:ui`;

const kept: Kept = {
  place: { kind: 'queue', queue: { kind: 'open' } },
  selectedTicketId: null,
  sort: 'newest',
  theme: 'system',
  density: 'comfortable',
  railFolded: false,
  listWidth: 360,
  sidePaneOpen: true,
  singleKeys: true,
};

/** UI state only: what is open, where, how wide. Data lives in TanStack Query. */
export const useUi = create<UiState>()(
  persist(
    (set, get) => ({
      ...kept,
      narrowPane: 'list',
      newTicket: null,
      paletteOpen: false,
      helpOpen: false,
      picker: null,
      beforeSearch: null,
      openedFrom: null,
      showQueue: (queue) =>
        set({
          place: { kind: 'queue', queue },
          selectedTicketId: null,
          narrowPane: 'list',
          openedFrom: null,
        }),
      go: (place) =>
        set(({ place: from, selectedTicketId, beforeSearch }) => ({
          place,
          narrowPane: 'list',
          openedFrom: null,
          beforeSearch:
            place.kind === 'search' && from.kind !== 'search'
              ? { place: from, selectedTicketId }
              : beforeSearch,
        })),
      leaveSearch: () =>
        set(({ beforeSearch }) => ({
          ...(beforeSearch ?? { place: kept.place, selectedTicketId: null }),
          narrowPane: 'list',
          beforeSearch: null,
        })),
      selectTicket: (selectedTicketId) => set({ selectedTicketId, openedFrom: null }),
      openTicket: (ticketId) =>
        set((state) => ({
          selectedTicketId: ticketId,
          narrowPane: 'ticket',
          place: fillsWindow(state.place) ? kept.place : state.place,
          openedFrom: fillsWindow(state.place)
            ? state.place
            : ticketId === state.selectedTicketId
              ? state.openedFrom
              : null,
        })),
      leaveTicket: () => {
        const { openedFrom, go } = get();
        if (openedFrom === null) set({ narrowPane: 'list' });
        else go(openedFrom);
        return openedFrom !== null;
      },
      set: (values) => set(values),
      setListWidth: (width) => set({ listWidth: clampListWidth(width) }),
    }),
    {
      // The desk opened last, so that the first frame already has its theme.
      name: keyOf(readLastWorkspace()),
      storage: createJSONStorage(() => localStorage),
      version: 1,
      partialize: (state): Kept => ({
        place: state.place,
        selectedTicketId: state.selectedTicketId,
        sort: state.sort,
        theme: state.theme,
        density: state.density,
        railFolded: state.railFolded,
        listWidth: state.listWidth,
        sidePaneOpen: state.sidePaneOpen,
        singleKeys: state.singleKeys,
      }),
    },
  ),
);

function readLastWorkspace(): string {
  try {
    return localStorage.getItem(LAST_WORKSPACE) ?? 'none';
  } catch {
    return 'none';
  }
}

/** Takes the state kept for this desk: two desks on one address must not mix. */
export async function attachWorkspace(workspaceId: string): Promise<void> {
  if (readLastWorkspace() === workspaceId) return;
  localStorage.setItem(LAST_WORKSPACE, workspaceId);
  useUi.persist.setOptions({ name: keyOf(workspaceId) });
  // Nothing kept yet for this desk: start from the defaults, not from the other desk's places.
  if (localStorage.getItem(keyOf(workspaceId)) === null) useUi.setState(kept);
  await useUi.persist.rehydrate();
}
