import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronRight, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AwayNews, AwayReport } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { classes, Icon, IconButton } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { newsText, undecidedText } from './awayText.ts';
import { openOutbox } from './openOutbox.ts';
import { spanText } from './syncText.ts';

/**
 * Over the foot of the list, where it moves nothing, and above what is said and done there: what happened while the desk
 * was out of touch. `onGone`: it is dismissed, and had the focus.
 */
export function AwayNotice({ onGone }: { onGone: () => void }) {
  const isRemote = useSyncStatus() !== null;
  const report = useQuery(trpc.sync.away.queryOptions(undefined, { enabled: isRemote })).data?.report;
  return report ? <Report report={report} onGone={onGone} /> : null;
}

function Report({ report, onGone }: { report: AwayReport; onGone: () => void }) {
  const [open, setOpen] = useState<AwayNews['kind'] | null>(null);
  const notice = useRef<HTMLElement>(null);
  const { mutate, isPending } = useMutation(
    trpc.sync.dismissAway.mutationOptions({
      onSuccess: () => {
        if (notice.current?.contains(document.activeElement)) onGone();
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const dismiss = () => mutate();
  useCommand({
    id: 'away-dismiss',
    title: 'Dismiss «While you were away»',
    keys: [],
    group: 'Window',
    enabled: !isPending,
    run: dismiss,
  });
  return (
    <section
      ref={notice}
      aria-label="While you were away"
      className="absolute inset-x-2 bottom-14 z-10 flex max-h-2/3 animate-float-in flex-col rounded-lg bg-float py-2 shadow-float"
    >
      <div className="flex items-center pr-2 pl-3">
        <p role="status" className="min-w-0 flex-1 truncate font-medium">
          While you were away <span className="font-normal text-faint">({spanText(report.awayMs)})</span>
        </p>
        <IconButton icon={X} label="Dismiss" size="small" isBusy={isPending} onClick={dismiss} />
      </div>
      <ul className="min-h-0 overflow-y-auto px-1">
        {report.news.map((news) => (
          <News
            key={news.kind}
            news={news}
            isOpen={open === news.kind}
            onToggle={() => setOpen(open === news.kind ? null : news.kind)}
          />
        ))}
        {report.undecided > 0 && (
          <li>
            <button type="button" onClick={openOutbox} className={LINE}>
              <Icon of={ChevronRight} size={14} className="text-faint" />
              <span className="text-danger-ink">{undecidedText(report.undecided)}</span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

const LINE =
  'flex w-full items-center gap-1.5 rounded-md px-2 py-1 text-left tabular-nums transition-colors hover:bg-hover focus-visible:-outline-offset-2';

function News({ news, isOpen, onToggle }: { news: AwayNews; isOpen: boolean; onToggle: () => void }) {
  const more = news.ticketCount - news.tickets.length;
  return (
    <li>
      <button type="button" aria-expanded={isOpen} onClick={onToggle} className={LINE}>
        <Icon of={ChevronRight} size={14} className={classes('text-faint', isOpen && 'rotate-90')} />
        {newsText(news)}
      </button>
      {isOpen && (
        <ul className="mb-1 pl-5">
          {news.tickets.map((ticket) => (
            <li key={ticket.ticketId}>
              <button
                type="button"
                onClick={() => useUi.getState().openTicket(ticket.ticketId)}
                className={LINE}
              >
                <span className="min-w-0 flex-1 truncate" title={ticket.subject}>
                  {ticket.subject}
                </span>
                <span className="max-w-2/5 shrink-0 truncate text-faint text-small">
                  {ticket.customerName}
                  {news.kind === 'replies' && ticket.amount > 1 && ` · ${ticket.amount}`}
                </span>
              </button>
            </li>
          ))}
          {more > 0 && <li className="px-2 py-1 text-faint text-small">and {more} more</li>}
        </ul>
      )}
    </li>
  );
}
