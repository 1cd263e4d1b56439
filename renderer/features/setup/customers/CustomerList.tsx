import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { Avatar, Badge, classes, Skeleton } from '../../../ui/index.ts';
import { counted } from './contentsText.ts';
import type { CustomerListState } from './useCustomerList.ts';

export const LIST_ID = 'customer-list';
const ROW_HEIGHT = 52;
/** Rows before the last one at which the next page is asked for. */
const AHEAD = 30;
const PAGE_STEP = 8;

const rowId = (id: CustomerId) => `customer-${id}`;

/** Where a key moves to; null = the key is not the list's. */
function moved(key: string, active: number, last: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + PAGE_STEP,
    PageUp: active - PAGE_STEP,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(last, target));
}

function RowText({ customer }: { customer: Customer }) {
  const { name, email, otherEmails, isBlocked, openTickets, totalTickets } = customer;
  const more =
    otherEmails.length === 0 ? '' : ` and ${counted(otherEmails.length, 'more address', 'more addresses')}`;
  return (
    <>
      <Avatar name={name || email} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{name || email}</span>
          {isBlocked && <Badge tone="danger">Blocked</Badge>}
        </span>
        <span className="block truncate text-faint text-small">
          {email}
          {more}
        </span>
      </span>
      <span className="shrink-0 text-faint text-small tabular-nums">
        {openTickets > 0 && <span className="text-soft">{openTickets} open · </span>}
        {totalTickets === 0 ? 'no tickets' : counted(totalTickets, 'ticket')}
      </span>
    </>
  );
}

type Props = {
  list: CustomerListState;
  /** The row the keys act on. */
  active: number;
  isFocused: boolean;
  emptyText: string;
  onActive: (active: number) => void;
  onOpen: (id: CustomerId) => void;
};

/** A virtual list: one tab stop, arrows move, Enter opens. Only rows in sight exist, however many there are. */
export function CustomerList({ list, active, isFocused, emptyText, onActive, onOpen }: Props) {
  const { customers } = list;
  if (customers?.length === 0)
    return (
      <p className="rounded-md border border-line border-dashed px-4 py-10 text-center text-soft">
        {emptyText}
      </p>
    );
  if (!customers) return <Skeleton className="h-96" />;
  return (
    <Rows
      customers={customers}
      total={list.total ?? customers.length}
      more={list.more}
      active={Math.min(active, customers.length - 1)}
      isFocused={isFocused}
      onActive={onActive}
      onOpen={onOpen}
    />
  );
}

type RowsProps = Omit<Props, 'list' | 'emptyText'> & {
  customers: readonly Customer[];
  total: number;
  more: () => void;
};

function Rows({ customers, total, more, active, isFocused, onActive, onOpen }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: customers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialOffset: Math.max(0, active - 3) * ROW_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen >= customers.length - AHEAD) more();
  }, [lastSeen, customers.length, more]);
  useEffect(() => {
    if (isFocused) scroller.current?.focus();
  }, [isFocused]);
  const current = customers[active];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && current) {
      // Else the same key submits the form that opens under it.
      event.preventDefault();
      onOpen(current.id);
    }
    const next = moved(event.key, active, customers.length - 1);
    if (next === null) return;
    event.preventDefault();
    onActive(next);
    virtual.scrollToIndex(next);
  };
  return (
    <div
      ref={scroller}
      id={LIST_ID}
      role="listbox"
      aria-label="Customers"
      aria-activedescendant={current ? rowId(current.id) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      // A window too low for the rest still shows two rows, fewer customers take no more than they need.
      style={{ minHeight: Math.min(customers.length, 2) * ROW_HEIGHT + 2 }}
      className="group/list relative max-h-[calc(100vh-18rem)] overflow-y-auto overscroll-contain rounded-md border border-line outline-none focus-visible:border-accent"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const customer = customers[index];
          if (!customer) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox handles the keys (aria-activedescendant)
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the listbox
            <div
              key={customer.id}
              id={rowId(customer.id)}
              role="option"
              aria-selected={index === active}
              aria-posinset={index + 1}
              aria-setsize={total}
              onClick={() => {
                onActive(index);
                onOpen(customer.id);
              }}
              style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
              className={classes(
                'absolute inset-x-0 top-0 flex cursor-default items-center gap-3 border-line px-3.5 hover:bg-hover',
                index > 0 && 'border-t',
                index === active && 'group-focus-visible/list:bg-selected',
              )}
            >
              <RowText customer={customer} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
