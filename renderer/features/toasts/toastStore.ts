import { create } from 'zustand';
import type { TicketId } from '../../../shared/model/ids.ts';

export type ToastTone = 'plain' | 'success' | 'danger';
export type Toast = {
  id: number;
  text: string;
  tone: ToastTone;
  /** Offers Undo for this group of operations. */
  undoGroupId: string | null;
};

/** How many acts the key z can take back, newest first. */
const UNDO_DEPTH = 20;

/** What z takes back, and the ticket that comes up again with it. */
export type Undoable = { groupId: string; reopens: TicketId | null };

type ToastState = { toasts: readonly Toast[]; undoables: readonly Undoable[]; nextId: number };
export const useToasts = create<ToastState>(() => ({ toasts: [], undoables: [], nextId: 1 }));

/** Says what happened. With `undoGroupId` it can be undone from the toast, and with z also after it is gone. */
export function showToast(toast: {
  text: string;
  undoGroupId?: string | undefined;
  tone?: ToastTone;
  reopens?: TicketId | undefined;
}): void {
  useToasts.setState(({ toasts, undoables, nextId }) => {
    const undoGroupId = toast.undoGroupId ?? null;
    const added = undoGroupId ? [{ groupId: undoGroupId, reopens: toast.reopens ?? null }] : [];
    const next: Toast = { id: nextId, text: toast.text, tone: toast.tone ?? 'plain', undoGroupId };
    return {
      // Two at once at most, and nothing twice: a pile of old news covers the work.
      toasts: [...toasts.filter((each) => each.undoGroupId || each.text !== next.text).slice(-1), next],
      undoables: [...undoables, ...added].slice(-UNDO_DEPTH),
      nextId: nextId + 1,
    };
  });
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Takes a group off the list of what z undoes, and its toast with it. */
export function forgetUndo(groupId: string): void {
  useToasts.setState(({ toasts, undoables }) => ({
    toasts: toasts.filter((toast) => toast.undoGroupId !== groupId),
    undoables: undoables.filter((each) => each.groupId !== groupId),
  }));
}

/** What can't be taken back any more is not offered, neither by its toast nor by z; what it said stays. */
export function dropUndo(groupId: string): void {
  useToasts.setState(({ toasts, undoables }) => ({
    toasts: toasts.map((toast) => (toast.undoGroupId === groupId ? { ...toast, undoGroupId: null } : toast)),
    undoables: undoables.filter((each) => each.groupId !== groupId),
  }));
}

/** At sign-out: the next person undoes nothing of this one's. */
export function forgetToasts(): void {
  useToasts.setState({ toasts: [], undoables: [] });
}
