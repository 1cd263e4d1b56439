import { useQuery } from '@tanstack/react-query';
import { FilePen } from 'lucide-react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { runCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { EmptyState, ErrorState, RelativeTime } from '../../ui/index.ts';
import { plainText } from './plainText.ts';

const KINDS: Readonly<Record<Draft['kind'], string>> = {
  reply: 'Reply',
  note: 'Note',
  new_ticket: 'New ticket',
};

/** Everything half-written, newest first: a reply opens its ticket, a new ticket its form. */
export function DraftList() {
  const drafts = useQuery(trpc.drafts.list.queryOptions());
  const rows = drafts.data?.drafts ?? [];
  const ids = rows.flatMap(({ ticketId }) => (ticketId === null ? [] : [ticketId]));
  const tickets = useQuery(
    trpc.queues.rows.queryOptions(
      { ticketIds: [...new Set(ids)].slice(0, 100) },
      { enabled: ids.length > 0 },
    ),
  );
  const subjectOf = (draft: Draft): string => {
    const row = tickets.data?.rows.find(({ id }) => id === draft.ticketId);
    if (draft.ticketId !== null) return row?.subject || `#${row?.number ?? draft.ticketId}`;
    const { subject, customerName, customerEmail } = draft.newTicket ?? {};
    return (
      subject || (customerName || customerEmail ? `For ${customerName || customerEmail}` : 'No subject yet')
    );
  };
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
        <h1 className="font-semibold text-heading">Drafts</h1>
        <span className="text-faint tabular-nums">{drafts.data ? rows.length : ''}</span>
      </header>
      {drafts.error ? (
        <ErrorState error={toAppError(drafts.error)} onRetry={() => void drafts.refetch()} />
      ) : drafts.data && rows.length === 0 ? (
        <EmptyState
          icon={FilePen}
          text="Nothing half-written."
          action={{ label: 'New ticket', keys: 'c', run: () => runCommand('new-ticket') }}
        />
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto">
          {rows.map((draft) => (
            <DraftRow key={draft.id} draft={draft} subject={subjectOf(draft)} />
          ))}
        </ul>
      )}
    </>
  );
}

function DraftRow({ draft, subject }: { draft: Draft; subject: string }) {
  const isActive = useUi((state) => draft.ticketId !== null && state.selectedTicketId === draft.ticketId);
  const open = () => {
    const { openTicket, set } = useUi.getState();
    if (draft.ticketId === null) set({ newTicket: { draftId: draft.id } });
    else openTicket(draft.ticketId);
  };
  return (
    <li className="border-line border-b">
      <button
        type="button"
        onClick={open}
        aria-current={isActive || undefined}
        className="flex h-16 w-full flex-col justify-center px-4 text-left hover:bg-sunken focus-visible:-outline-offset-2 aria-[current]:bg-selected"
      >
        <span className="flex w-full items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{subject}</span>
          <RelativeTime at={draft.updatedAt} className="text-faint text-small tabular-nums" />
        </span>
        <span className="w-full truncate text-soft">{plainText(draft.bodyHtml) || 'No text yet'}</span>
        <span className="text-accent-ink text-small">{KINDS[draft.kind]}</span>
      </button>
    </li>
  );
}
