import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { useCommand } from '../../app/commands.ts';
import { useMediaQuery } from '../../app/useMediaQuery.ts';
import { fillsWindow, useList, useUi } from '../../stores/index.ts';
import { classes, Icon, Kbd } from '../../ui/index.ts';
import { dismissToast, dropUndo, forgetUndo, showToast, type Toast, useToasts } from './toastStore.ts';

const SHOWN_MS = 8000;

/**
 * What has left for the server of a remote workspace is not offered to be taken back. Looked up again with everything
 * else of the sync; a desk of its own has nothing that leaves.
 */
function useCanUndo(groupId: string | null): boolean {
  const isRemote = useSyncStatus() !== null;
  const { data } = useQuery(
    trpc.sync.undoable.queryOptions(
      { groupId: groupId ?? '' },
      { enabled: isRemote && groupId !== null, staleTime: 0 },
    ),
  );
  const canUndo = data?.canUndo ?? true;
  useEffect(() => {
    if (groupId !== null && !canUndo) dropUndo(groupId);
  }, [groupId, canUndo]);
  return groupId !== null && canUndo;
}

function useUndo(): (groupId: string) => void {
  const { mutateAsync } = useMutation(
    trpc.tickets.undo.mutationOptions({
      onSuccess: ({ changedTickets }) =>
        showToast({ text: changedTickets > 1 ? `Undone on ${changedTickets} tickets` : 'Undone' }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (groupId) => {
    const { undoables } = useToasts.getState();
    const reopens = undoables.find((each) => each.groupId === groupId)?.reopens ?? null;
    forgetUndo(groupId);
    useList.getState().noteUndo();
    // Not by a callback of `mutate`: of two in a row only the last one's is called.
    mutateAsync({ groupId }).then(
      () => reopens !== null && useUi.getState().openTicket(reopens),
      () => undefined, // onError has said it.
    );
  };
}

/**
 * Where toasts appear: over the foot of the list, where nobody types, and above what stands there: the bar of the
 * selection, the keys of the outbox. Where a ticket alone is on screen, its foot is written in: below its header. Not a
 * layer of its own: Escape belongs to the dialog or the list below it.
 */
export function ToastViewport() {
  const toasts = useToasts((state) => state.toasts);
  const lastGroup = useToasts((state) => state.undoables.at(-1)?.groupId);
  const hasSelection = useList((state) => state.chosen.size > 0);
  const hasFoot = useUi(({ place }) => place.kind === 'outbox' || place.kind === 'conflicts');
  const isRailFolded = useUi((state) => state.railFolded);
  const isRailForced = useMediaQuery('(max-width: 999px)');
  const isNarrow = useMediaQuery('(max-width: 759px)');
  const isTicketInFront = useUi(({ place, narrowPane }) => !fillsWindow(place) && narrowPane === 'ticket');
  const undo = useUndo();
  useCommand({
    id: 'undo',
    title: 'Undo the last change',
    keys: ['z', 'Mod+z'],
    group: 'Ticket',
    enabled: lastGroup !== undefined,
    run: () => lastGroup !== undefined && undo(lastGroup),
  });
  return (
    <section
      aria-label="Notices"
      className={classes(
        'pointer-events-none fixed right-3 z-50 flex flex-col gap-2',
        isNarrow && isTicketInFront
          ? 'top-20 items-end'
          : `items-start ${hasSelection || hasFoot ? 'bottom-22' : 'bottom-10'}`,
        isRailFolded || isRailForced ? 'left-15' : 'left-56',
      )}
    >
      <div aria-live="polite" className="contents">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} isNext={toast.undoGroupId === lastGroup} onUndo={undo} />
        ))}
      </div>
    </section>
  );
}

/** Goes by itself, but not while the pointer or the focus is on it. */
function useFading(id: number): { onEnter: () => void; onLeave: () => void } {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isHeld]);
  return { onEnter: () => setHeld(true), onLeave: () => setHeld(false) };
}

function ToastCard({
  toast,
  isNext,
  onUndo,
}: {
  toast: Toast;
  /** Whether this is what z takes back. */
  isNext: boolean;
  onUndo: (groupId: string) => void;
}) {
  const { id, text, tone, undoGroupId } = toast;
  const { onEnter, onLeave } = useFading(id);
  const canUndo = useCanUndo(undoGroupId);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps it in sight; its buttons act
    <div
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      onFocus={onEnter}
      onBlur={onLeave}
      className="pointer-events-auto flex min-h-9 max-w-full animate-float-in items-center gap-2 rounded-lg bg-inverse py-1 pr-1.5 pl-3 text-on-inverse shadow-float"
    >
      {tone !== 'plain' && <Icon of={tone === 'danger' ? CircleAlert : CircleCheck} />}
      <span className="max-w-120 py-1">{text}</span>
      {canUndo && undoGroupId !== null && (
        <button
          type="button"
          onClick={() => onUndo(undoGroupId)}
          className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 font-medium text-on-inverse-soft hover:bg-on-inverse/10"
        >
          Undo {isNext && <Kbd keys="z" tone="inverse" />}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismissToast(id)}
        className="inline-grid size-7 shrink-0 place-items-center rounded-md text-on-inverse/70 hover:bg-on-inverse/10"
      >
        <Icon of={X} />
      </button>
    </div>
  );
}
