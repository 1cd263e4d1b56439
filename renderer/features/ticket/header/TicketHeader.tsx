import { useMutation } from '@tanstack/react-query';
import {
  ArrowLeft,
  History,
  MailOpen,
  MoreHorizontal,
  PanelRight,
  RotateCcw,
  Tag,
  Trash2,
} from 'lucide-react';
import type { TicketDetail } from '../../../../shared/contract/tickets.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { useMediaQuery } from '../../../app/useMediaQuery.ts';
import { useUi } from '../../../stores/index.ts';
import { Badge, Button, IconButton, Menu, MenuItem, MenuSeparator } from '../../../ui/index.ts';
import { openOutbox, TicketSendingMark } from '../../sync/index.ts';
import { showToast } from '../../toasts/index.ts';
import { useTicketChange } from '../../triage/index.ts';
import { AssigneeMenu, CloseButton, DepartmentMenu, PriorityMenu, StatusMenu } from './FieldMenus.tsx';
import { SubjectLine } from './SubjectLine.tsx';

function MoreMenu({ detail }: { detail: TicketDetail }) {
  const { id, number, deletedAt } = detail.ticket;
  const isRemote = useSyncStatus() !== null;
  const acts = useTicketChange();
  const { mutate: markUnread } = useMutation(
    trpc.tickets.markUnread.mutationOptions({
      onSuccess: () => showToast({ text: `#${number} marked unread` }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (
    <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label="More about this ticket" />}>
      <MenuItem
        icon={Tag}
        keys="t"
        onSelect={() => useUi.getState().set({ picker: { kind: 'tags', ticketIds: [id] } })}
      >
        Tags…
      </MenuItem>
      <MenuItem icon={MailOpen} keys="Shift+u" onSelect={() => markUnread({ ticketId: id })}>
        Mark unread
      </MenuItem>
      <MenuSeparator />
      {deletedAt === null ? (
        <MenuItem icon={Trash2} keys="Delete" tone="danger" onSelect={() => acts.trash([id])}>
          {isRemote ? 'Move to this desk’s trash' : 'Move to trash'}
        </MenuItem>
      ) : (
        <MenuItem icon={RotateCcw} keys="Shift+z" onSelect={() => acts.restore([id])}>
          Restore from trash
        </MenuItem>
      )}
    </Menu>
  );
}

/** Below 760 px one pane shows at a time: the way back to the list. */
function BackButton() {
  const isNarrow = useMediaQuery('(max-width: 759px)');
  if (!isNarrow) return null;
  return (
    <IconButton
      icon={ArrowLeft}
      label="Back to the list"
      keys="u"
      onClick={() => useUi.getState().leaveTicket()}
    />
  );
}

/** What the ticket is about and where it stands; every value is a quiet menu with a key. */
export function TicketHeader({
  detail,
  isHistoryShown,
  onHistory,
}: {
  detail: TicketDetail;
  isHistoryShown: boolean;
  onHistory: () => void;
}) {
  const { ticket, customer } = detail;
  const isRemote = useSyncStatus() !== null;
  const acts = useTicketChange();
  const sidePaneOpen = useUi((state) => state.sidePaneOpen);
  const set = useUi((state) => state.set);
  const change = (values: Parameters<typeof acts.change>[1]) => acts.change([ticket.id], values);
  return (
    <header className="shrink-0 border-line border-b bg-surface px-4 pt-2.5 pb-1.5">
      <div className="flex items-start gap-2">
        <BackButton />
        <SubjectLine subject={ticket.subject} onChange={(subject) => change({ subject })} />
        {ticket.isGone && (
          <Badge tone={ticket.deletedAt === null ? 'plain' : 'danger'} className="mt-1">
            Deleted on the server
          </Badge>
        )}
        {ticket.deletedAt !== null && !ticket.isGone && (
          <Badge tone="danger" className="mt-1">
            {isRemote ? 'In this desk’s trash' : 'In the trash'}
          </Badge>
        )}
        {ticket.deletedAt === null && !ticket.isGone && <CloseButton ticket={ticket} onChange={change} />}
        <div className="flex">
          <IconButton icon={History} label="History" isPressed={isHistoryShown} onClick={onHistory} />
          <IconButton
            icon={PanelRight}
            label={sidePaneOpen ? 'Hide the customer' : 'Show the customer'}
            isPressed={sidePaneOpen}
            onClick={() => set({ sidePaneOpen: !sidePaneOpen })}
          />
          <MoreMenu detail={detail} />
        </div>
      </div>
      <div className="-ml-1.5 flex flex-wrap items-center gap-x-0.5">
        <span className="shrink-0 select-text px-1.5 text-faint tabular-nums">#{ticket.number}</span>
        <Button
          variant="ghost"
          size="small"
          className="max-w-52 px-1.5! font-normal!"
          title={customer.email}
          onClick={() => set({ sidePaneOpen: true })}
        >
          <span className="truncate">{customer.name || customer.email}</span>
        </Button>
        <DepartmentMenu ticket={ticket} onChange={change} />
        <StatusMenu ticket={ticket} onChange={change} />
        <PriorityMenu ticket={ticket} onChange={change} />
        <AssigneeMenu ticket={ticket} onChange={change} />
        {ticket.sending && (
          <Button variant="ghost" size="small" className="px-1.5! font-normal!" onClick={openOutbox}>
            <TicketSendingMark sending={ticket.sending} withWords />
          </Button>
        )}
        {ticket.tags.slice(0, 4).map((tag) => (
          <Badge key={tag} className="ml-1">
            {tag}
          </Badge>
        ))}
        {ticket.tags.length > 4 && (
          <span className="ml-1 text-faint text-small">+{ticket.tags.length - 4}</span>
        )}
      </div>
    </header>
  );
}
