import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { CustomerId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { Avatar, Badge, classes, Icon, Input } from '../../ui/index.ts';
import { type CustomerOption, customerOptions } from './customerChoice.ts';

const SHOWN = 6;

/** `isFresh`: they are those of what stands in the field now, not of what stood there a moment ago. */
function useOptions(typed: string, withoutId: CustomerId | undefined) {
  const text = useDeferredValue(typed.trim());
  const { data, isPlaceholderData } = useQuery(
    trpc.customers.search.queryOptions(
      { text, limit: SHOWN },
      { enabled: text.length > 0, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  const found = text === '' ? [] : (data?.customers ?? []);
  const options = customerOptions(typed, found).filter(
    (option) => withoutId === undefined || (option.kind === 'known' && option.customer.id !== withoutId),
  );
  const isFresh = text === typed.trim() && (text === '' || (data !== undefined && !isPlaceholderData));
  return { options, isFresh };
}

function OptionLine({ option }: { option: CustomerOption }) {
  if (option.kind === 'new') {
    return (
      <>
        <Icon of={UserPlus} className="mx-0.5 text-soft" />
        <span className="min-w-0 flex-1 truncate">
          New customer <span className="font-medium">{option.email}</span>
        </span>
      </>
    );
  }
  const { name, email, totalTickets, isBlocked } = option.customer;
  return (
    <>
      <Avatar name={name || email} size="small" />
      <span className="max-w-44 shrink-0 truncate font-medium">{name || email}</span>
      {isBlocked && <Badge tone="danger">Blocked</Badge>}
      <span className="min-w-0 flex-1 truncate text-faint">{email}</span>
      <span className="shrink-0 text-faint text-small tabular-nums">
        {totalTickets === 1 ? '1 ticket' : `${totalTickets} tickets`}
      </span>
    </>
  );
}

type SearchProps = {
  typed: string;
  /** Who can't be picked; then nobody new can be either. */
  withoutId?: CustomerId;
  onType: (typed: string) => void;
  /** `isHere`: the focus is still in the line; an Enter answered late must not pull it back from where it went. */
  onPick: (option: CustomerOption, isHere: boolean) => void;
};

function useCombobox({ typed, withoutId, onType, onPick }: SearchProps) {
  const { options, isFresh } = useOptions(typed, withoutId);
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  // Enter that came before the answer: taken once the options are those of the typed text.
  const [isEntered, setEntered] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const at = Math.min(active, options.length - 1);
  const isShown = isOpen && options.length > 0;
  const pick = (option: CustomerOption | undefined) => {
    setEntered(false);
    if (!option) return;
    setOpen(false);
    onPick(option, document.activeElement === field.current);
  };
  const latest = useRef(pick);
  useEffect(() => {
    latest.current = pick;
  });
  const first = options[0];
  useEffect(() => {
    if (isEntered && isFresh) latest.current(first);
  }, [isEntered, isFresh, first]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && !isShown) setOpen(true);
    else if (step !== 0) setActive((at + step + options.length) % options.length);
    else if (event.key === 'Enter' && isOpen && !isFresh) setEntered(true);
    else if (event.key === 'Enter' && isShown) pick(options[at]);
    else if (event.key === 'Escape' && isShown) setOpen(false);
    // On the way out what is marked is taken, as everywhere; the focus goes on by itself.
    else if (event.key === 'Tab' && !event.shiftKey && isShown && isFresh) return pick(options[at]);
    else return;
    event.preventDefault();
  };
  const type = (text: string) => {
    setEntered(false);
    onType(text);
    setActive(0);
    setOpen(true);
  };
  return { field, options, at, isShown, pick, onKeyDown, type, setActive, close: () => setOpen(false) };
}

/** A line one types into, with the customers it could be underneath. */
export function CustomerSearch(props: SearchProps) {
  const { field, options, at, isShown, pick, onKeyDown, type, setActive, close } = useCombobox(props);
  const listId = useId();
  return (
    <div className="relative">
      <Input
        ref={field}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${listId}-${at}` : undefined}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder="Name or e-mail address"
        value={props.typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {options.length > 0 && (
        // Hidden, not removed: a dialog takes the focus for itself when something goes away between the blur and
        // the focus of what was clicked.
        <div
          id={listId}
          role="listbox"
          hidden={!isShown}
          aria-label="Customers"
          className="absolute inset-x-0 top-9 z-10 animate-float-in rounded-lg bg-float p-1 shadow-float"
        >
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
            <div
              key={option.kind === 'new' ? 'new' : option.customer.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseMove={index === at ? undefined : () => setActive(index)}
              // Before the blur, which closes the list.
              onMouseDown={(event) => {
                event.preventDefault();
                pick(option);
              }}
              className={classes(
                'flex h-9 select-none items-center gap-2.5 rounded-md px-2',
                index === at && 'bg-hover',
              )}
            >
              <OptionLine option={option} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
