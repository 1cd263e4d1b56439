import { ArrowDown, ChevronsUpDown } from 'lucide-react';
import { type Ref, useCallback, useImperativeHandle, useLayoutEffect, useState } from 'react';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import type { Message, TicketDetail } from '../../../../shared/contract/tickets.ts';
import type { MessageId } from '../../../../shared/model/ids.ts';
import { useViewer } from '../../../api/desk.ts';
import { useCommand } from '../../../app/commands.ts';
import { Button, EmptyState, Icon } from '../../../ui/index.ts';
import { MessageCard } from './MessageCard.tsx';
import { firstUnread } from './mergeThread.ts';
import { NoteCard } from './NoteCard.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import { type Arrivals, useArrivals } from './useArrivals.ts';
import { type ThreadState, useThread } from './useThread.ts';
import { type ThreadScroll, useThreadScroll } from './useThreadScroll.ts';

export type ThreadHandle = {
  /** The newest message that has been before the reader's eyes. */
  seenMessageId: () => MessageId | null;
  showNewest: () => void;
  focus: () => void;
};

type ThreadProps = {
  ref?: Ref<ThreadHandle>;
  detail: TicketDetail;
  /** Whether the ticket was unread when it was opened; opening marks it read. */
  wasUnread: boolean;
  /** A message to begin at (from a link). */
  startAt: MessageId | null;
  onQuote: (message: Message) => void;
};

/** Where reading begins: the linked message, the first unread one, else the last. */
function startKey(thread: ThreadState, wasUnread: boolean, startAt: MessageId | null): string | undefined {
  const linked = startAt === null ? undefined : thread.items.find((item) => item.key === `m${startAt}`);
  const unread = wasUnread ? firstUnread(thread.items) : undefined;
  return (linked ?? unread ?? thread.items.at(-1))?.key;
}

function useStepping(thread: ThreadState, scroll: ThreadScroll): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const step = (by: 1 | -1) => {
    const keys = thread.rows.flatMap((row) => (row.kind === 'item' ? [row.item.key] : []));
    // Once the reader has scrolled away, the step is from what is before their eyes.
    const seen = scroll.firstInSight();
    const isThere = current !== null && seen === current;
    const at = keys.indexOf(seen ?? '');
    const to = isThere || by === -1 ? at + by : at;
    const key = keys[Math.min(keys.length - 1, Math.max(0, to))];
    if (key === undefined) return;
    setCurrent(key);
    thread.open([key]);
    scroll.show(key);
    scroll.container.current
      ?.querySelector<HTMLElement>(`[data-key="${key}"] article`)
      ?.focus({ preventScroll: true });
  };
  useCommand({ id: 'thread.next', title: 'Next message', keys: [']'], group: 'Ticket', run: () => step(1) });
  useCommand({
    id: 'thread.previous',
    title: 'Previous message',
    keys: ['['],
    group: 'Ticket',
    run: () => step(-1),
  });
  return current;
}

function FoldRow({ count, thread, onShow }: { count: number; thread: ThreadState; onShow: () => void }) {
  return (
    <div className="flex items-center gap-3 py-1">
      <span className="h-px flex-1 bg-line" />
      <Button size="small" variant="ghost" isBusy={thread.isLoadingOlder} onClick={onShow}>
        <Icon of={ChevronsUpDown} size={14} />
        {count === 1 ? 'Show 1 earlier message' : `Show ${count} earlier messages`}
      </Button>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

function ArrivalPill({ arrivals }: { arrivals: Arrivals }) {
  const { length } = arrivals.unseen;
  return (
    <div aria-live="polite" className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      {length > 0 && (
        <Button
          variant="primary"
          size="small"
          icon={ArrowDown}
          onClick={arrivals.showFirst}
          className="pointer-events-auto rounded-full! px-3! shadow-float"
        >
          {length === 1 ? '1 new message' : `${length} new messages`}
        </Button>
      )}
    </div>
  );
}

function emptyText({ ticket, unfetched }: TicketDetail): string {
  if (ticket.isGone) return 'Nothing of this conversation was fetched before the server deleted it.';
  return unfetched > 0 ? 'This conversation is not here yet.' : 'No messages in this ticket.';
}

type Previewing = { attachments: readonly Attachment[]; first: Attachment };

/** The conversation: messages and notes by time, in a column made for reading. */
export function Thread({ ref, detail, wasUnread, startAt, onQuote }: ThreadProps) {
  const viewer = useViewer();
  const viewerId = viewer?.staff.id;
  const timeZone = viewer?.timeZone;
  const thread = useThread(detail, wasUnread);
  const scroll = useThreadScroll();
  const arrivals = useArrivals({ items: thread.items, viewerId, scroll, onArrive: thread.open });
  const current = useStepping(thread, scroll);
  const [previewing, setPreviewing] = useState<Previewing | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the ticket opens
  useLayoutEffect(() => {
    const key = startKey(thread, wasUnread, startAt);
    if (key === undefined) return;
    thread.open([key]);
    scroll.show(key);
  }, []);
  useImperativeHandle(ref, () => ({
    seenMessageId: () => {
      const unseen = new Set(arrivals.unseen);
      const seen = thread.items.findLast((item) => item.kind === 'message' && !unseen.has(item.key));
      return seen?.kind === 'message' ? seen.message.id : null;
    },
    showNewest: () => {
      const last = thread.items.at(-1);
      if (last) scroll.show(last.key);
    },
    focus: () => scroll.container.current?.focus({ preventScroll: true }),
  }));
  const onPreview = useCallback((message: Message, first: Attachment) => {
    setPreviewing({ attachments: message.attachments.filter((each) => !each.isInline), first });
  }, []);

  if (thread.items.length === 0) {
    const text = emptyText(detail);
    return <EmptyState text={text} className="flex-1" />;
  }
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroll.container}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key (axe)
        tabIndex={0}
        aria-label="Conversation"
        className="h-full overflow-y-auto overflow-x-hidden bg-sunken px-4 focus-visible:-outline-offset-2"
      >
        <div ref={scroll.content} className="mx-auto flex max-w-(--reading-width) flex-col gap-2 py-3">
          {thread.rows.map((row) =>
            row.kind === 'fold' ? (
              <FoldRow
                key={row.key}
                count={row.count}
                thread={thread}
                onShow={() => {
                  scroll.hold();
                  thread.showEarlier();
                }}
              />
            ) : (
              <div key={row.item.key} data-key={row.item.key}>
                {row.item.kind === 'note' ? (
                  <NoteCard
                    note={row.item.note}
                    viewerId={viewerId}
                    timeZone={timeZone}
                    isOpen={row.isOpen}
                    onToggle={thread.toggle}
                  />
                ) : (
                  <MessageCard
                    ticketId={detail.ticket.id}
                    message={row.item.message}
                    viewerId={viewerId}
                    timeZone={timeZone}
                    isOpen={row.isOpen}
                    isCurrent={row.item.key === current}
                    onToggle={thread.toggle}
                    onQuote={onQuote}
                    onPreview={onPreview}
                  />
                )}
              </div>
            ),
          )}
        </div>
      </section>
      <ArrivalPill arrivals={arrivals} />
      {previewing && <PreviewDialog {...previewing} onClose={() => setPreviewing(null)} />}
    </div>
  );
}
