import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useRef } from 'react';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { Badge, classes, Kbd, RelativeTime, RowTick } from '../../ui/index.ts';
import { STATE_WORDS, uploadText, useUpload } from '../sync/index.ts';
import type { WaitingState } from './useWaiting.ts';
import { headline, lastLine } from './waitingText.ts';

const ROW_HEIGHT = 64;
const LIST_ID = 'waiting-list';
const rowId = (id: number): string => `waiting-${id}`;

export function focusWaitingList(): void {
  document.getElementById(LIST_ID)?.focus({ preventScroll: true });
}

/** What waits, as a virtual listbox with one tab stop. */
export function WaitingList({ label, waiting }: { label: string; waiting: WaitingState }) {
  const { items, index, active } = waiting;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  useEffect(() => virtual.scrollToIndex(index, { align: 'auto' }), [index, virtual]);
  return (
    <div
      ref={scroller}
      id={LIST_ID}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={active ? rowId(active.id) : undefined}
      tabIndex={0}
      className="group/list relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index: at, start }) => {
          const item = items[at];
          return (
            item && (
              <WaitingRow
                key={item.id}
                item={item}
                isActive={at === index}
                isChosen={waiting.isChosen(item.id)}
                top={start}
                place={{ index: at, total: items.length }}
                onPress={(event) => press(event, waiting, item, at)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** A click goes there; on the tick box, or with Ctrl or Shift, it chooses. */
function press(event: MouseEvent, waiting: WaitingState, item: OutboxItem, at: number): void {
  const isBox = event.target instanceof Element && event.target.closest('[data-choose]') !== null;
  if (event.shiftKey) {
    const [from, to] = [Math.min(waiting.index, at), Math.max(waiting.index, at)];
    waiting.choose(
      waiting.items.slice(from, to + 1).map(({ id }) => id),
      true,
    );
  } else if (isBox || event.ctrlKey || event.metaKey) waiting.choose([item.id], !waiting.isChosen(item.id));
  else waiting.clearChosen();
  waiting.goTo(at);
}

type RowProps = {
  item: OutboxItem;
  isActive: boolean;
  isChosen: boolean;
  top: number;
  place: { index: number; total: number };
  onPress: (event: MouseEvent) => void;
};

function WaitingRow({ item, isActive, isChosen, top, place, onPress }: RowProps) {
  const { word, tone } = STATE_WORDS[item.state];
  const upload = useUpload(({ id }) => id === item.id);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the focus; its keys are commands (j, k, x)
    // biome-ignore lint/a11y/useFocusableInteractive: one tab stop for the list, rows are told by aria-activedescendant
    <div
      id={rowId(item.id)}
      role="option"
      aria-label={`${headline(item)}: ${item.title}. ${word}`}
      aria-selected={isActive || isChosen}
      aria-setsize={place.total}
      aria-posinset={place.index + 1}
      onClick={onPress}
      style={{ transform: `translateY(${top}px)` }}
      className={classes(
        'group/row absolute inset-x-0 top-0 flex h-16 select-none border-line border-b pr-3',
        isActive || isChosen ? 'bg-selected' : 'hover:bg-sunken',
        isActive &&
          'group-focus-visible/list:outline-2 group-focus-visible/list:outline-focus group-focus-visible/list:-outline-offset-2',
      )}
    >
      {isActive && <span className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <TickBox isChosen={isChosen} />
      <span className="flex min-w-0 flex-1 flex-col py-[6px]">
        <span className="flex h-[18px] items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{headline(item)}</span>
          <Badge tone={tone}>{word}</Badge>
          <RelativeTime at={item.createdAt} className="text-faint text-small tabular-nums" />
        </span>
        <span dir="auto" className="h-[18px] truncate text-left text-soft">
          {item.ticketNumber !== null && (
            <span className="text-faint tabular-nums">#{item.ticketNumber} </span>
          )}
          {item.title || '(no subject)'}
        </span>
        <span className="h-4 truncate text-faint text-small">
          {upload ? uploadText(upload) : lastLine(item)}
        </span>
      </span>
    </div>
  );
}

/** How several are chosen: nobody would guess it. */
export function ChoosingHints() {
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-4 py-2 text-faint text-small">
      <span className="inline-flex items-center gap-1">
        <Kbd keys="x" /> select
      </span>
      <span className="inline-flex items-center gap-1">
        <Kbd keys="Shift+a" /> all of a kind
      </span>
      <span className="inline-flex items-center gap-1">
        <Kbd keys="Mod+a" /> all
      </span>
    </p>
  );
}

function TickBox({ isChosen }: { isChosen: boolean }) {
  return (
    <span className="w-8 shrink-0 self-stretch pt-2.5" data-choose="">
      <RowTick isChosen={isChosen} />
    </span>
  );
}
