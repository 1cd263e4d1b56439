import { useMutation, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { Message, TicketDetail } from '../../../shared/contract/tickets.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus, useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, ErrorState, exactTime, Icon, Skeleton } from '../../ui/index.ts';
import { Composer, type ComposerHandle, quoteHtml, textToHtml } from '../composer/index.ts';
import { focusList } from '../queue/index.ts';
import { UnfetchedNote, useRefresh } from '../sync/index.ts';
import { leaveTickets, useTicketChange } from '../triage/index.ts';
import { type EarlyAnswer, EarlyAnswerField, useEarlyAnswer } from './EarlyAnswer.tsx';
import { TicketHeader } from './header/TicketHeader.tsx';
import { HistoryList } from './history/HistoryList.tsx';
import { selectedIn } from './thread/MailFrame.tsx';
import { Thread, type ThreadHandle } from './thread/Thread.tsx';
import { trashText } from './trashText.ts';
import { forgetLink, linkedMessage } from './useTicketLinks.ts';

/** Opening a ticket reads it, and so does having it open while more arrives. */
function useMarkRead({ ticket }: TicketDetail): void {
  const { mutate } = useMutation(trpc.tickets.markRead.mutationOptions());
  const { id, lastMessageAt } = ticket;
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when something new arrived
  useEffect(() => mutate({ ticketId: id }), [id, lastMessageAt, mutate]);
}

function PaneSkeleton() {
  return (
    <div aria-busy="true" className="flex h-full flex-col gap-4 p-4">
      <Skeleton className="h-7 w-2/3" />
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="mx-auto mt-6 h-40 w-full max-w-(--reading-width) rounded-lg" />
      <Skeleton className="mx-auto h-24 w-full max-w-(--reading-width) rounded-lg" />
    </div>
  );
}

function TrashBar({ ticket }: { ticket: TicketRow }) {
  const acts = useTicketChange();
  const isRemote = useSyncStatus() !== null;
  return (
    <div className="flex shrink-0 items-center gap-3 border-line border-t bg-surface px-4 py-3 text-soft">
      <Icon of={Trash2} />
      <p className="flex-1">{trashText(ticket, isRemote)}</p>
      <Button keys="Shift+z" onClick={() => acts.restore([ticket.id])}>
        Restore
      </Button>
    </div>
  );
}

function LoadedPane({ detail, answer }: { detail: TicketDetail; answer: EarlyAnswer }) {
  const { ticket, customer } = detail;
  const timeZone = useViewer()?.timeZone;
  const composer = useRef<ComposerHandle>(null);
  const thread = useRef<ThreadHandle>(null);
  const [wasUnread] = useState(ticket.isUnread);
  const [startAt] = useState(() => linkedMessage(ticket.id));
  const [isHistoryShown, setHistoryShown] = useState(false);
  useMarkRead(detail);
  // What is not here yet is fetched as a whole.
  useRefresh(ticket.id, detail.unfetched === 0);
  useEffect(() => forgetLink, []);
  const quote = (message: Message) => {
    const selected = selectedIn(message.id);
    const line = `On ${exactTime(message.createdAt, timeZone)}, ${message.authorName} wrote:`;
    composer.current?.quote(quoteHtml(line, selected ? textToHtml(selected) : message.bodyHtml));
  };
  return (
    <section aria-label={`Ticket #${ticket.number}`} className="flex h-full min-w-0 flex-col bg-surface">
      <TicketHeader
        detail={detail}
        isHistoryShown={isHistoryShown}
        onHistory={() => setHistoryShown(!isHistoryShown)}
      />
      {isHistoryShown && (
        <section aria-label="History" className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
          <div className="mx-auto max-w-(--reading-width)">
            <HistoryList ticketId={ticket.id} />
          </div>
        </section>
      )}
      {/* Kept while the history shows: place, open messages and what is being written stay. */}
      <div hidden={isHistoryShown} className={isHistoryShown ? '' : 'flex min-h-0 flex-1 flex-col'}>
        {detail.unfetched > 0 && <UnfetchedNote ticketId={ticket.id} unfetched={detail.unfetched} />}
        <Thread ref={thread} detail={detail} wasUnread={wasUnread} startAt={startAt} onQuote={quote} />
      </div>
      {ticket.deletedAt !== null ? (
        <>
          {answer.start && <EarlyAnswerField answer={answer} />}
          <TrashBar ticket={ticket} />
        </>
      ) : (
        <Composer
          ref={composer}
          ticketId={ticket.id}
          start={answer.start}
          onStarted={answer.taken}
          hasDraft={ticket.hasDraft}
          isGone={ticket.isGone}
          customerName={customer.name || customer.email}
          customerEmail={customer.email}
          seenMessageId={() => thread.current?.seenMessageId() ?? null}
          onReviewNewer={() => thread.current?.showNewest()}
          onSent={() => {
            setHistoryShown(false);
            // Out of the text: the next letter is a command again (z takes the message back).
            thread.current?.focus();
          }}
          onClosed={() => {
            leaveTickets([ticket.id]);
            focusList();
          }}
          onLeave={() => thread.current?.focus()}
        />
      )}
    </section>
  );
}

/** The open ticket: header, conversation, composer. */
export function TicketPane({ ticketId }: { ticketId: TicketId }) {
  const { data, error, refetch, isFetching } = useQuery(trpc.tickets.get.queryOptions({ ticketId }));
  const answer = useEarlyAnswer(ticketId);
  if (data) return <LoadedPane key={ticketId} detail={data} answer={answer} />;
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        {error ? (
          <ErrorState error={toAppError(error)} onRetry={() => void refetch()} isRetrying={isFetching} />
        ) : (
          <PaneSkeleton />
        )}
      </div>
      <EarlyAnswerField answer={answer} />
    </div>
  );
}
