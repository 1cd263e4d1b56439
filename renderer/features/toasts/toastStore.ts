import { create } from 'zustand';

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

type ToastState = { toasts: readonly Toast[]; undoGroups: readonly string[]; nextId: number };
export const useToasts = create<ToastState>(() => ({ toasts: [], undoGroups: [], nextId: 1 }));

/** Says what happened. With `undoGroupId` it can be undone from the toast, and with z also after it is gone. */
export function showToast(toast: { text: string; undoGroupId?: string | undefined; tone?: ToastTone }): void {
  useToasts.setState(({ toasts, undoGroups, nextId }) => {
    const undoGroupId = toast.undoGroupId ?? null;
    const next: Toast = { id: nextId, text: toast.text, tone: toast.tone ?? 'plain', undoGroupId };
    return {
      // Two at once at most: a pile of old news covers the work.
      toasts: [...toasts.slice(-1), next],
      undoGroups: undoGroupId ? [...undoGroups, undoGroupId].slice(-UNDO_DEPTH) : undoGroups,
      nextId: nextId + 1,
    };
  });
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Takes a group off the list of what z undoes, and its toast with it. */
export function forgetUndo(groupId: string): void {
  useToasts.setState(({ toasts, undoGroups }) => ({
    toasts: toasts.filter((toast) => toast.undoGroupId !== groupId),
    undoGroups: undoGroups.filter((group) => group !== groupId),
  }));
}

/** At sign-out: the next person undoes nothing of this one's. */
export function forgetToasts(): void {
  useToasts.setState({ toasts: [], undoGroups: [] });
}
