import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { useList, useUi } from '../../stores/index.ts';
import { Skeleton } from '../../ui/index.ts';
import { LIST_ELEMENT_ID, rowElementId, takeFreeFocus } from './listElement.ts';
import { TicketRowView } from './TicketRowView.tsx';
import { type RowNames, useRowNames } from './useRowNames.ts';

const ROW_HEIGHT = { comfortable: 64, compact: 36 } as const;
type Scroller = Virtualizer<HTMLDivElement, Element>;
type Item = { row: TicketRow; hasLeft: boolean };

export type RowListProps = {
  /** Names the list for screen readers. */
  label: string;
  /** Places on the scroll track, loaded or not. */
  count: number;
  /** What stands at a place; null = not loaded. */
  itemAt: (index: number) => Item | null;
  indexOf: (ticketId: TicketId) => number | null;
  /** How many there are in all, for screen readers; null = unknown. */
  total: number | null;
  /** When it changes, the list scrolls to `resetIndex`. */
  resets: number;
  resetIndex: number;
  onSeen: (first: number, last: number) => void;
  onPointer: (isInside: boolean) => void;
  onAtTop: (isAtTop: boolean) => void;
  onRowClick: (event: MouseEvent, row: TicketRow, index: number) => void;
  isDepartmentShown: boolean;
  children?: ReactNode;
};

/** A virtual list of tickets: a listbox with one tab stop, rows of one fixed height. */
export function RowList(props: RowListProps) {
  const { count, label } = props;
  const density = useUi((state) => state.density);
  const activeId = useUi((state) => state.selectedTicketId);
  const rowHeight = ROW_HEIGHT[density];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (scroller.current) takeFreeFocus(scroller.current);
  }, []);
  usePointerInside(scroller, props.onPointer);
  useStillness(props, scroller, virtual, rowHeight);
  useFollowing(props, virtual, activeId);
  const names = useRowNames();
  const activeIndex = activeId === null ? null : props.indexOf(activeId);
  return (
    <div
      ref={scroller}
      id={LIST_ELEMENT_ID}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={activeIndex === null || activeId === null ? undefined : rowElementId(activeId)}
      tabIndex={0}
      className="group/list relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Row
            key={rowKey(props, index)}
            {...props}
            index={index}
            start={start}
            isActive={index === activeIndex}
            names={names}
          />
        ))}
      </div>
      {props.children}
    </div>
  );
}

// React makes its enter and leave out of over and out, and misses a list that appears under a resting pointer.
function usePointerInside(
  scroller: RefObject<HTMLDivElement | null>,
  onPointer: (isInside: boolean) => void,
) {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let isInside = element.matches(':hover');
    if (isInside) onPointer(true);
    const onEnter = () => {
      if (!isInside) onPointer(true);
      isInside = true;
    };
    const onLeave = () => {
      isInside = false;
      onPointer(false);
    };
    element.addEventListener('pointerenter', onEnter);
    element.addEventListener('pointermove', onEnter);
    element.addEventListener('pointerleave', onLeave);
    return () => {
      element.removeEventListener('pointerenter', onEnter);
      element.removeEventListener('pointermove', onEnter);
      element.removeEventListener('pointerleave', onLeave);
    };
  }, [scroller, onPointer]);
}

function rowKey({ itemAt }: RowListProps, index: number): string | number {
  return itemAt(index)?.row.id ?? `blank-${index}`;
}

function Row({
  itemAt,
  index,
  start,
  isActive,
  total,
  onRowClick,
  isDepartmentShown,
  names,
}: RowListProps & { index: number; start: number; isActive: boolean; names: RowNames }) {
  const item = itemAt(index);
  const isChosen = useList((state) => item !== null && state.chosen.has(item.row.id));
  const density = useUi((state) => state.density);
  if (!item) return <BlankRow start={start} height={ROW_HEIGHT[density]} />;
  return (
    <TicketRowView
      row={item.row}
      hasLeft={item.hasLeft}
      isActive={isActive}
      isChosen={isChosen}
      density={density}
      isDepartmentShown={isDepartmentShown}
      top={start}
      index={index}
      total={total}
      names={names}
      onRowClick={onRowClick}
    />
  );
}

function BlankRow({ start, height }: { start: number; height: number }) {
  return (
    <div
      role="presentation"
      className="absolute inset-x-0 top-0 flex flex-col justify-center gap-2 border-line border-b pr-4 pl-8"
      style={{ transform: `translateY(${start}px)`, height }}
    >
      <Skeleton className="h-2.5 w-2/5" />
      {height > 40 && <Skeleton className="h-2.5 w-4/5" />}
    </div>
  );
}

/** What is under the eye stays there, whatever is loaded, dropped, added or taken away above it. */
function useStillness(
  props: RowListProps,
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Scroller,
  rowHeight: number,
): void {
  const anchor = useRef<{ id: TicketId; index: number } | null>(null);
  const known = useRef({ resets: -1, rowHeight });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (known.current.resets !== props.resets) {
      element.scrollTop = props.resetIndex * rowHeight;
    } else if (known.current.rowHeight !== rowHeight) {
      virtual.measure();
      element.scrollTop = (element.scrollTop / known.current.rowHeight) * rowHeight;
    } else if (anchor.current && element.scrollTop > 0) {
      const index = props.indexOf(anchor.current.id);
      if (index !== null && index !== anchor.current.index) {
        element.scrollTop += (index - anchor.current.index) * rowHeight;
      }
    }
    known.current = { resets: props.resets, rowHeight };
    const first = Math.floor(element.scrollTop / rowHeight);
    const item = props.itemAt(first);
    anchor.current = item ? { id: item.row.id, index: first } : null;
  });

  const range = virtual.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;
  const isAtTop = (virtual.scrollOffset ?? 0) < rowHeight / 2;
  const { onSeen, onAtTop } = props;
  // After every commit: a page that came in may still not reach what is in sight.
  useEffect(() => onSeen(first, last));
  useEffect(() => onAtTop(isAtTop), [isAtTop, onAtTop]);
}

/** The row of the selected ticket comes into sight when the selection moves, not when rows do. */
function useFollowing(props: RowListProps, virtual: Scroller, activeId: TicketId | null): void {
  const followed = useRef<TicketId | null>(null);
  useLayoutEffect(() => {
    if (activeId === followed.current) return;
    const index = activeId === null ? null : props.indexOf(activeId);
    if (activeId !== null && index === null) return;
    followed.current = activeId;
    if (index !== null) virtual.scrollToIndex(index, { align: 'auto' });
  });
}
