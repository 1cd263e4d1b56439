import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useCommand } from '../../app/commands.ts';
import { useList } from '../../stores/index.ts';
import { classes, Icon, Kbd } from '../../ui/index.ts';
import { dismissToast, forgetUndo, showToast, type Toast, useToasts } from './toastStore.ts';

const SHOWN_MS = 8000;

function useUndo(): (groupId: string) => void {
  const { mutate } = useMutation(
    trpc.tickets.undo.mutationOptions({
      onSuccess: ({ changedTickets }) =>
        showToast({ text: changedTickets > 1 ? `Undone on ${changedTickets} tickets` : 'Undone' }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (groupId) => {
    forgetUndo(groupId);
    useList.getState().noteUndo();
    mutate({ groupId });
  };
}

/** Where toasts appear: bottom left, where nobody types, and above the bar of the selection. */
export function ToastViewport() {
  const toasts = useToasts((state) => state.toasts);
  const lastGroup = useToasts((state) => state.undoGroups.at(-1));
  const hasSelection = useList((state) => state.chosen.size > 0);
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
    <Radix.Provider duration={SHOWN_MS} label="Notice" swipeDirection="down">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onUndo={undo} />
      ))}
      <Radix.Viewport
        label="Notices ({hotkey})"
        className={classes(
          'fixed left-3 z-50 flex w-max max-w-[calc(100vw-24px)] flex-col items-start gap-2 outline-none',
          hasSelection ? 'bottom-22' : 'bottom-10',
        )}
      />
    </Radix.Provider>
  );
}

function ToastCard({ toast, onUndo }: { toast: Toast; onUndo: (groupId: string) => void }) {
  const { id, text, tone, undoGroupId } = toast;
  return (
    <Radix.Root
      type={tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(isOpen) => !isOpen && dismissToast(id)}
      className="flex min-h-9 animate-float-in items-center gap-2 rounded-lg bg-inverse py-1 pr-1.5 pl-3 text-on-inverse shadow-float"
    >
      {tone !== 'plain' && <Icon of={tone === 'danger' ? CircleAlert : CircleCheck} />}
      <Radix.Description className="max-w-120 py-1">{text}</Radix.Description>
      {undoGroupId !== null && (
        <Radix.Action asChild altText="Undo with the key z">
          <button
            type="button"
            onClick={() => onUndo(undoGroupId)}
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 font-medium text-on-inverse-soft hover:bg-on-inverse/10"
          >
            Undo <Kbd keys="z" tone="inverse" />
          </button>
        </Radix.Action>
      )}
      <Radix.Close
        aria-label="Dismiss"
        className="inline-grid size-7 place-items-center rounded-md text-on-inverse/70 hover:bg-on-inverse/10"
      >
        <Icon of={X} />
      </Radix.Close>
    </Radix.Root>
  );
}
