import { useMutation } from '@tanstack/react-query';
import type { TicketId } from '../../../shared/model/ids.ts';
import { STATUS } from '../../../shared/model/ticket.ts';
import { trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { ticketNumbers } from '../../api/ticketNumbers.ts';
import { useCommand } from '../../app/commands.ts';
import { fillsWindow, type Picker, useList, useUi } from '../../stores/index.ts';
import { copyText } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { leaveTickets } from './leaveTickets.ts';
import { useTicketChange } from './useTicketChange.ts';

/** What a key acts on: the chosen rows, else the ticket that is selected. */
function useTargets(): readonly TicketId[] {
  const chosen = useList((state) => state.chosen);
  const selected = useUi((state) => state.selectedTicketId);
  // Where the chosen rows and the ticket selected last are out of sight, no key may touch them.
  const isOutOfSight = useUi((state) => fillsWindow(state.place));
  if (isOutOfSight) return [];
  if (chosen.size > 0) return [...chosen];
  return selected === null ? [] : [selected];
}

function usePickerCommand(
  kind: Picker['kind'],
  title: string,
  key: string,
  targets: readonly TicketId[],
): void {
  useCommand({
    id: `set-${kind}`,
    title,
    keys: [key],
    group: 'Ticket',
    enabled: targets.length > 0,
    run: () => useUi.getState().set({ picker: { kind, ticketIds: targets } }),
  });
}

function useReadCommands(targets: readonly TicketId[]): void {
  const { mutate: markUnread } = useMutation(trpc.tickets.markUnread.mutationOptions());
  const { mutate: markRead } = useMutation(trpc.tickets.markRead.mutationOptions());
  const enabled = targets.length > 0;
  const each = (act: (input: { ticketId: TicketId }) => void) => () => {
    for (const ticketId of targets) act({ ticketId });
  };
  useCommand({
    id: 'mark-unread',
    title: 'Mark unread',
    keys: ['Shift+u'],
    group: 'Ticket',
    enabled,
    run: each(markUnread),
  });
  useCommand({
    id: 'mark-read',
    title: 'Mark read',
    keys: ['Shift+i'],
    group: 'Ticket',
    enabled,
    run: each(markRead),
  });
}

function useLeavingCommands(targets: readonly TicketId[]): void {
  const acts = useTicketChange();
  const isTrash = useUi(({ place }) => place.kind === 'queue' && place.queue.kind === 'trash');
  const enabled = targets.length > 0;
  useCommand({
    id: 'close-and-next',
    title: 'Close and go to the next',
    keys: ['e'],
    group: 'Ticket',
    enabled: enabled && !isTrash,
    run: () => {
      acts.change(targets, { status: STATUS.closed });
      leaveTickets(targets);
    },
  });
  useCommand({
    id: 'close-and-stay',
    title: 'Close and stay',
    keys: ['Shift+e'],
    group: 'Ticket',
    enabled: enabled && !isTrash,
    run: () => acts.change(targets, { status: STATUS.closed }),
  });
  useCommand({
    id: 'trash',
    title: 'Move to trash',
    keys: ['Delete', '#'],
    group: 'Ticket',
    enabled: enabled && !isTrash,
    run: () => {
      acts.trash(targets);
      leaveTickets(targets);
    },
  });
  useCommand({
    id: 'restore',
    title: 'Restore from trash',
    keys: ['Shift+z'],
    group: 'Ticket',
    enabled: enabled && isTrash,
    isHidden: !isTrash,
    run: () => {
      acts.restore(targets);
      leaveTickets(targets);
    },
  });
}

/** Every key that changes tickets, for the selection in the list as well as for the ticket that is open. */
export function useTriageCommands(): void {
  const targets = useTargets();
  const viewer = useViewer();
  const acts = useTicketChange();
  const enabled = targets.length > 0;
  useLeavingCommands(targets);
  useReadCommands(targets);
  usePickerCommand('status', 'Set status…', 's', targets);
  usePickerCommand('assignee', 'Assign…', 'a', targets);
  usePickerCommand('priority', 'Set priority…', 'p', targets);
  usePickerCommand('tags', 'Tags…', 't', targets);
  usePickerCommand('department', 'Move to department…', 'v', targets);
  useCommand({
    id: 'assign-to-me',
    title: 'Assign to me',
    keys: ['i'],
    group: 'Ticket',
    enabled: enabled && viewer !== null,
    run: () => viewer && acts.change(targets, { assigneeId: viewer.staff.id }),
  });
  useCommand({
    id: 'copy-number',
    title: 'Copy ticket number',
    keys: ['.'],
    group: 'Ticket',
    enabled,
    run: () => {
      const text = ticketNumbers(targets)
        .map((number) => `#${number}`)
        .join(', ');
      void copyText(text).then(() => showToast({ text: `Copied ${text}` }));
    },
  });
}
