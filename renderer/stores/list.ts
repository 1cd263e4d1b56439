import { create } from 'zustand';
import type { TicketId } from '../../shared/model/ids.ts';

type ListState = {
  /** The ids of the mounted list in its order, as far as loaded. */
  order: readonly TicketId[];
  /** Rows chosen with x for a change of several. */
  chosen: ReadonlySet<TicketId>;
  /** Tickets this window itself just changed: their rows may leave at once, also under the pointer. */
  ownChanges: ReadonlySet<TicketId>;
  setOrder: (order: readonly TicketId[]) => void;
  choose: (ticketIds: readonly TicketId[], isChosen: boolean) => void;
  clearChosen: () => void;
  /** `done`: until then the change is on its way. */
  noteOwnChange: (ticketIds: readonly TicketId[], done?: Promise<unknown>) => void;
  /** An undo: which tickets it touches is known only to the core. */
  isUndoing: boolean;
  noteUndo: () => void;
};

/** The event about one's own change comes about with its answer; later changes to the same ticket are others'. */
const OWN_MS = 3000;
/** How often each ticket of `ownChanges` is noted: an earlier change that ends does not end a later one. */
const noted = new Map<TicketId, number>();

/** What list, pickers and keys share about the list on screen. */
export const useList = create<ListState>((set) => ({
  order: [],
  chosen: new Set(),
  ownChanges: new Set(),
  setOrder: (order) => set({ order }),
  choose: (ticketIds, isChosen) =>
    set((state) => {
      const chosen = new Set(state.chosen);
      for (const id of ticketIds) {
        if (isChosen) chosen.add(id);
        else chosen.delete(id);
      }
      return { chosen };
    }),
  clearChosen: () => set({ chosen: new Set() }),
  noteOwnChange: (ticketIds, done = Promise.resolve()) => {
    const count = (by: number) => {
      for (const id of ticketIds) {
        const times = (noted.get(id) ?? 0) + by;
        if (times > 0) noted.set(id, times);
        else noted.delete(id);
      }
      set({ ownChanges: new Set(noted.keys()) });
    };
    count(1);
    void Promise.allSettled([done]).then(() => setTimeout(() => count(-1), OWN_MS));
  },
  isUndoing: false,
  noteUndo: () => {
    set({ isUndoing: true });
    setTimeout(() => set({ isUndoing: false }), OWN_MS);
  },
}));

/** Whether a change of many tickets, heard of now, is this person's own; an undo brings tickets back and is not. */
export function isOwnAct(): boolean {
  const { ownChanges, isUndoing } = useList.getState();
  return ownChanges.size > 0 && !isUndoing;
}

/** Whether a change to this ticket, heard of now, is this person's own. */
export function isOwnChange(ticketId: TicketId): boolean {
  const { ownChanges, isUndoing } = useList.getState();
  return isUndoing || ownChanges.has(ticketId);
}

/** The ticket to go to when `leaving` leave the list: the next one below, else the next above. */
export function neighbourOf(
  order: readonly TicketId[],
  current: TicketId | null,
  leaving: ReadonlySet<TicketId>,
): TicketId | null {
  const at = current === null ? -1 : order.indexOf(current);
  const stays = (id: TicketId) => !leaving.has(id);
  return order.slice(at + 1).find(stays) ?? order.slice(0, Math.max(at, 0)).findLast(stays) ?? null;
}
