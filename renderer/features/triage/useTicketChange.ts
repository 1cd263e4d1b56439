import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { TicketChange } from '../../../shared/contract/tickets.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { useDepartments, useStaff, useSyncStatus, useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { ticketNumbers } from '../../api/ticketNumbers.ts';
import { useList } from '../../stores/index.ts';
import { showToast } from '../toasts/index.ts';
import { changeSentence, type Names, subjectOfTickets } from './sentences.ts';

function useNames(): Names {
  const departments = useDepartments();
  const staff = useStaff();
  const viewerId = useViewer()?.staff.id;
  return {
    departmentName: (id) =>
      departments.find((department) => department.id === id)?.name ?? 'another department',
    staffName: (id) =>
      id === viewerId ? 'you' : (staff.find((member) => member.id === id)?.name ?? 'someone else'),
  };
}

const onError = (error: unknown) => showToast({ text: toAppError(error).message, tone: 'danger' });

export type TicketActs = {
  change: (ticketIds: readonly TicketId[], change: TicketChange) => void;
  trash: (ticketIds: readonly TicketId[]) => void;
  restore: (ticketIds: readonly TicketId[]) => void;
};

/** Changes tickets, says so in a toast, and offers to undo it. The core's event brings the new state to the screen. */
export function useTicketChange(): TicketActs {
  const currentNames = useNames();
  const names = useRef<Names>(currentNames);
  useEffect(() => {
    names.current = currentNames;
  });
  const { mutateAsync: update } = useMutation(
    trpc.tickets.update.mutationOptions({
      onSuccess: ({ groupId, changedTickets }, { ticketIds, change }) => {
        if (changedTickets > 0) {
          showToast({
            text: changeSentence(ticketNumbers(ticketIds), change, names.current, changedTickets),
            undoGroupId: groupId,
          });
        }
      },
      onError,
    }),
  );
  const isRemote = useSyncStatus() !== null;
  const { mutateAsync: trash } = useMutation(
    trpc.tickets.trash.mutationOptions({
      onSuccess: ({ groupId }, { ticketIds }) =>
        showToast({
          text: `${subjectOfTickets(ticketNumbers(ticketIds))} moved to ${isRemote ? 'this desk’s trash' : 'trash'}`,
          undoGroupId: groupId,
        }),
      onError,
    }),
  );
  const { mutateAsync: restore } = useMutation(
    trpc.tickets.restore.mutationOptions({
      onSuccess: ({ groupId }, { ticketIds }) =>
        showToast({ text: `${subjectOfTickets(ticketNumbers(ticketIds))} restored`, undoGroupId: groupId }),
      onError,
    }),
  );
  return useMemo(() => {
    const own = useList.getState().noteOwnChange;
    return {
      change: (ticketIds, change) => own(ticketIds, update({ ticketIds: [...ticketIds], change })),
      trash: (ticketIds) => own(ticketIds, trash({ ticketIds: [...ticketIds] })),
      restore: (ticketIds) => own(ticketIds, restore({ ticketIds: [...ticketIds] })),
    };
  }, [update, trash, restore]);
}
