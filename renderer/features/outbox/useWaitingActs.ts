import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { DecideDone, OutboxDecision, OutboxItem, TakeBackDone } from '../../../shared/contract/sync.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { runCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { showToast } from '../toasts/index.ts';
import { doneText, takenBackText } from './waitingText.ts';

const onError = (error: unknown): void => showToast({ text: toAppError(error).message, tone: 'danger' });

/** Opens a ticket with the caret in its reply. */
function writeIn(ticketId: TicketId): void {
  flushSync(() => useUi.getState().openTicket(ticketId));
  runCommand('composer.reply');
}

function openText({ draftId, ticketId }: TakeBackDone): void {
  if (ticketId !== null) writeIn(ticketId);
  else if (draftId !== null) useUi.getState().set({ newTicket: { draftId } });
}

function tellDecided(decision: OutboxDecision, items: readonly OutboxItem[], answer: DecideDone): void {
  const { refused, done, undoGroupId } = answer;
  if (refused) {
    const rest = items.length - done;
    const text = items.length === 1 ? refused.message : `${rest} of ${items.length}: ${refused.message}`;
    showToast({ text, tone: 'danger' });
    return;
  }
  const text = doneText(decision, items, undoGroupId !== null);
  if (text !== null) showToast({ text, undoGroupId: undoGroupId ?? undefined });
}

/** Whether the screen is still there: an answer may come when somebody has gone on to something else. */
function useIsThere(): () => boolean {
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  return () => isThere.current;
}

/** What a person does about operations that wait. What became of it is said wherever they are by then. */
export function useWaitingActs(onDone: () => void) {
  const isThere = useIsThere();
  const deciding = useMutation(trpc.sync.decide.mutationOptions({ onError }));
  const taking = useMutation(
    trpc.sync.takeBack.mutationOptions({
      onSuccess: (taken) => (isThere() ? openText(taken) : showToast({ text: takenBackText(taken) })),
      onError,
    }),
  );
  const stopping = useMutation(trpc.sync.stopUpload.mutationOptions({ onError }));
  const whileThere = (): void => {
    if (isThere()) onDone();
  };
  const editing = useMutation(trpc.sync.edit.mutationOptions({ onSuccess: whileThere, onError }));
  return {
    isBusy: deciding.isPending || taking.isPending || editing.isPending || stopping.isPending,
    decide: (decision: OutboxDecision, items: readonly OutboxItem[]): void => {
      if (items.length === 0) return;
      // Not by a callback of `mutate`: those end with the screen, and the outcome would be told to nobody.
      deciding.mutateAsync({ ids: items.map(({ id }) => id), decision }).then(
        (answer) => {
          whileThere();
          tellDecided(decision, items, answer);
        },
        () => undefined, // onError has said it.
      );
    },
    stop: ({ id }: OutboxItem): void => stopping.mutate({ id }),
    takeBack: ({ id }: OutboxItem): void => taking.mutate({ id }),
    edit: (input: Parameters<typeof editing.mutate>[0]): void => editing.mutate(input),
  };
}
export type WaitingActs = ReturnType<typeof useWaitingActs>;
