import { Search, UserPlus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { LIMITS } from '../../../../shared/limits.ts';
import type { CustomerId } from '../../../../shared/model/ids.ts';
import { Button, ErrorState, Icon, Input, Segmented } from '../../../ui/index.ts';
import { CustomerList, LIST_ID } from './CustomerList.tsx';
import { counted } from './contentsText.ts';
import {
  type CustomerFilter,
  type CustomerListState,
  SEARCH_SHOWN,
  useCustomerList,
} from './useCustomerList.ts';

/** Where one was in the list; `from`: what was open just now, where the focus returns to. */
export type ListPlace = { text: string; filter: CustomerFilter; active: number; from: 'one' | 'new' | null };

const FILTERS = [
  { value: 'all', label: 'All' },
  { value: 'blocked', label: 'Blocked' },
] as const;

function countText({ customers, total, isSearch }: CustomerListState): string {
  if (!customers) return '';
  if (!isSearch) {
    if (total === null) return '';
    return total > LIMITS.cappedCount && total === LIMITS.cappedCount + 1
      ? `${LIMITS.cappedCount}+ customers`
      : counted(total, 'customer');
  }
  if (customers.length >= SEARCH_SHOWN) return `The first ${SEARCH_SHOWN}. Type more to find others.`;
  return counted(customers.length, 'customer');
}

/** The list with its search. The arrow keys go from the search into the list. */
export function CustomerListPage({
  place,
  onPlace,
  onOpen,
  onNew,
}: {
  place: ListPlace;
  onPlace: (place: ListPlace) => void;
  onOpen: (id: CustomerId) => void;
  onNew: () => void;
}) {
  const list = useCustomerList(place.text, place.filter);
  const toList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    document.getElementById(LIST_ID)?.focus();
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative min-w-52 flex-1">
          <Icon
            of={Search}
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 text-faint"
          />
          <Input
            type="search"
            aria-label="Search customers"
            placeholder="Name or e-mail address"
            autoFocus={place.from === null}
            autoComplete="off"
            spellCheck={false}
            value={place.text}
            maxLength={200}
            onChange={({ target }) => onPlace({ ...place, text: target.value, active: 0 })}
            onKeyDown={toList}
            className="pl-8!"
          />
        </div>
        <Button variant="primary" icon={UserPlus} autoFocus={place.from === 'new'} onClick={onNew}>
          Add a customer
        </Button>
      </div>
      <div className="flex min-h-7 items-center justify-between gap-3">
        <p role="status" className="text-faint text-small tabular-nums">
          {countText(list)}
        </p>
        {!list.isSearch && (
          <Segmented
            label="Show"
            value={place.filter}
            onValueChange={(filter) => onPlace({ ...place, filter, active: 0 })}
            segments={FILTERS}
          />
        )}
      </div>
      {list.problem ? (
        <ErrorState error={list.problem} onRetry={list.retry} />
      ) : (
        <CustomerList
          key={`${place.filter} ${place.text}`}
          list={list}
          active={place.active}
          isFocused={place.from === 'one'}
          emptyText={emptyText(place)}
          onActive={(active) => onPlace({ ...place, active })}
          onOpen={onOpen}
        />
      )}
    </div>
  );
}

function emptyText({ text, filter }: ListPlace): string {
  if (text.trim() !== '') return `No customer’s name or address begins with «${text.trim()}».`;
  return filter === 'blocked'
    ? 'Nobody is blocked.'
    : 'Nobody has written yet. Customers appear with their first mail.';
}
