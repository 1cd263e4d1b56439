import { useQuery } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutboxDetail, OutboxItem } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useUi } from '../../stores/index.ts';
import { Badge, Button, ErrorState, exactTime, Icon, Notice, Skeleton } from '../../ui/index.ts';
import { sizeText } from '../composer/index.ts';
import { STATE_WORDS, UploadNote, useUpload } from '../sync/index.ts';
import { Comparison } from './Comparison.tsx';
import { Evidence } from './Evidence.tsx';
import { Part } from './Part.tsx';
import { MessageText, WaitingMessage } from './WaitingMessage.tsx';
import { headline, isDeletion, waitingSentence } from './waitingText.ts';

/** All that is known about the operation one is at; what is about to be decided is read here. */
export function WaitingDetail({ item, children }: { item: OutboxItem; children: ReactNode }) {
  const { id, state } = item;
  const { data, error, refetch } = useQuery(trpc.sync.operation.queryOptions({ id }));
  return (
    <section aria-label="What waits" className="flex min-w-0 flex-1 flex-col">
      {children}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe)
        tabIndex={0}
        aria-label={headline(item)}
        className="min-h-0 flex-1 overflow-y-auto px-6 pt-5 pb-8 focus-visible:-outline-offset-2"
      >
        <div className="mx-auto flex max-w-(--reading-width) flex-col gap-5">
          <Heading item={item} detail={data} />
          {/* A row that leaves takes its detail along: the list shows what is next. */}
          {error && state !== 'sending' && !data ? (
            <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />
          ) : data ? (
            <Body detail={data} />
          ) : (
            <Skeleton className="h-24" />
          )}
        </div>
      </section>
    </section>
  );
}

function Heading({ item, detail }: { item: OutboxItem; detail: OutboxDetail | undefined }) {
  const { word, tone } = STATE_WORDS[item.state];
  const { ticketId } = item;
  const upload = useUpload(({ id }) => id === item.id);
  return (
    <header>
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate font-semibold text-heading">{headline(item)}</h2>
        <Badge tone={tone}>{word}</Badge>
        <span className="flex-1" />
        {ticketId !== null && (
          <Button size="small" variant="ghost" keys="o" onClick={() => useUi.getState().openTicket(ticketId)}>
            Read the ticket
          </Button>
        )}
      </div>
      <p dir="auto" className="mt-0.5 break-words text-left text-soft">
        {item.ticketNumber !== null && <span className="text-faint tabular-nums">#{item.ticketNumber} </span>}
        {item.title || '(no subject)'}
      </p>
      <div className="mt-3">{upload ? <UploadNote upload={upload} /> : waitingSentence(item)}</div>
      <p className="mt-0.5 text-faint text-small">
        {[detail?.actorName, exactTime(item.createdAt), attemptsText(item)].filter(Boolean).join(' · ')}
      </p>
    </header>
  );
}

const wordsTitle = ({ kind, isLost }: OutboxItem): string =>
  kind === 'create_ticket' ? 'Its first message' : isLost ? 'What it says' : 'What you wrote';

const attemptsText = ({ attempts }: OutboxItem): string => (attempts > 1 ? `tried ${attempts} times` : '');

function Body({ detail }: { detail: OutboxDetail }) {
  const { item, fields, files, evidence } = detail;
  return (
    <>
      {fields.length > 0 && <Comparison detail={detail} />}
      {fields.length === 0 && item.messageId === null && item.detail && (
        <Part title={isDeletion(item) ? 'What goes' : 'What it says'}>
          <p className="break-words">{item.detail}</p>
        </Part>
      )}
      {evidence && <Evidence detail={detail} evidence={evidence} />}
      <News detail={detail} />
      {item.messageId !== null && (
        <Part title={wordsTitle(item)}>
          <div className="rounded-lg border border-accent/25 bg-surface px-3.5 py-3">
            <MessageText messageId={item.messageId} title={wordsTitle(item)} />
            {files.length > 0 && (
              <ul aria-label="Files" className="mt-3 flex flex-wrap gap-2">
                {files.map(({ name, sizeBytes }) => (
                  <li
                    key={name}
                    className="inline-flex items-center gap-1.5 rounded-md border border-line px-2 py-1 text-small"
                  >
                    <Icon of={Paperclip} size={12} className="text-faint" />
                    {name} <span className="text-faint tabular-nums">{sizeText(sizeBytes)}</span>
                  </li>
                ))}
              </ul>
            )}
          </div>
          {detail.closes && <p className="mt-1.5 text-faint text-small">It closes the ticket.</p>}
        </Part>
      )}
      <Order detail={detail} />
    </>
  );
}

/** What came since, to be read before it is closed or answered. */
function News({ detail: { news, unread } }: { detail: OutboxDetail }) {
  if (news.length + unread === 0) return null;
  const count = news.length + unread;
  return (
    <Part title={count === 1 ? '1 new message since' : `${count} new messages since`}>
      <div className="flex flex-col gap-2">
        {news.map((message) => (
          <WaitingMessage key={message.id} message={message} />
        ))}
      </div>
      {unread > 0 && (
        <div className="mt-2">
          <Notice>
            {news.length === 0 ? 'They are' : `${unread} of them ${unread === 1 ? 'is' : 'are'}`} not here
            yet; the next sync brings {unread === 1 && news.length > 0 ? 'it' : 'them'}.
          </Notice>
        </div>
      )}
    </Part>
  );
}

/** Where it stands in its ticket, and why that can't be changed. */
function Order({ detail: { before, behind } }: { detail: OutboxDetail }) {
  if (before + behind === 0) return null;
  const parts = [before > 0 && `${before} before it`, behind > 0 && `${behind} behind it`].filter(Boolean);
  return (
    <p className="text-faint text-small">
      In this ticket: {parts.join(', ')}. What is done in one ticket keeps its order, since each builds on
      what was done before; put first, they go together.
    </p>
  );
}
