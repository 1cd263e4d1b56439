import { useMutation } from '@tanstack/react-query';
import { flushSync } from 'react-dom';
import type { OutboxDecision, OutboxItem } from '../../../shared/contract/sync.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { runCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { showToast } from '../toasts/index.ts';
import { doneText } from './waitingText.ts';

const onError = (error: unknown): void => showToast({ text: toAppError(error).message, tone: 'danger' });

/** Opens a ticket with the caret in its reply. */
function writeIn(ticketId: TicketId): void {
  flushSync(() => useUi.getState().openTicket(ticketId));
  runCommand('composer.reply');
}

/** What a person does about operations that wait. */
export function useWaitingActs(onDone: () => void) {
  const deciding = useMutation(trpc.sync.decide.mutationOptions({ onError }));
  const taking = useMutation(
    trpc.sync.takeBack.mutationOptions({
      onSuccess: ({ draftId, ticketId }) => {
        if (ticketId !== null) writeIn(ticketId);
        else if (draftId !== null) useUi.getState().set({ newTicket: { draftId } });
      },
      onError,
    }),
  );
  const stopping = useMutation(trpc.sync.stopUpload.mutationOptions({ onError }));
  const editing = useMutation(trpc.sync.edit.mutationOptions({ onSuccess: onDone, onError }));
  return {
    isBusy: deciding.isPending || taking.isPending || editing.isPending || stopping.isPending,
    decide: (decision: OutboxDecision, items: readonly OutboxItem[]): void => {
      if (items.length === 0) return;
      const ids = items.map(({ id }) => id);
      deciding.mutate(
        { ids, decision },
        {
          onSuccess: ({ refused, done, undoGroupId }) => {
            onDone();
            if (refused) {
              const rest = ids.length - done;
              const text =
                ids.length === 1 ? refused.message : `${rest} of ${ids.length}: ${refused.message}`;
              showToast({ text, tone: 'danger' });
              return;
            }
            const text = doneText(decision, items, undoGroupId !== null);
            if (text !== null) showToast({ text, undoGroupId: undoGroupId ?? undefined });
          },
        },
      );
    },
    stop: ({ id }: OutboxItem): void => stopping.mutate({ id }),
    takeBack: ({ id }: OutboxItem): void => taking.mutate({ id }),
    edit: (input: Parameters<typeof editing.mutate>[0]): void => editing.mutate(input),
  };
}
export type WaitingActs = ReturnType<typeof useWaitingActs>;
