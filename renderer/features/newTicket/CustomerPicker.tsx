import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserPlus, X } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { trpc } from '../../api/client.ts';
import { Avatar, classes, Field, Icon, IconButton, Input } from '../../ui/index.ts';
import {
  type CustomerChoice,
  type CustomerOption,
  choiceOf,
  customerOptions,
  NOBODY,
} from './customerChoice.ts';

const SHOWN = 6;

function useOptions(typed: string): CustomerOption[] {
  const text = useDeferredValue(typed.trim());
  const { data } = useQuery(
    trpc.customers.search.queryOptions(
      { text, limit: SHOWN },
      { enabled: text.length > 0, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  return customerOptions(typed, text === '' ? [] : (data?.customers ?? []));
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
  const { name, email, totalTickets } = option.customer;
  return (
    <>
      <Avatar name={name || email} size="small" />
      <span className="max-w-44 shrink-0 truncate font-medium">{name || email}</span>
      <span className="min-w-0 flex-1 truncate text-faint">{email}</span>
      <span className="shrink-0 text-faint text-small tabular-nums">
        {totalTickets === 1 ? '1 ticket' : `${totalTickets} tickets`}
      </span>
    </>
  );
}

function Chosen({ choice, onClear }: { choice: CustomerChoice; onClear: () => void }) {
  return (
    <div className="flex h-8 items-center gap-2 rounded-md border border-line bg-sunken pr-1 pl-2">
      <Avatar name={choice.name || choice.email} size="small" />
      <span className="max-w-56 shrink-0 truncate font-medium">{choice.name || choice.email}</span>
      <span className="min-w-0 flex-1 truncate text-faint">
        {choice.name ? choice.email : 'new customer'}
      </span>
      <IconButton icon={X} size="small" label="Choose someone else" onClick={onClear} />
    </div>
  );
}

type SearchProps = {
  typed: string;
  onType: (typed: string) => void;
  onPick: (option: CustomerOption) => void;
};

/** A line one types into, with those it could be underneath. */
function CustomerSearch({ typed, onType, onPick }: SearchProps) {
  const options = useOptions(typed);
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const at = Math.min(active, options.length - 1);
  const isShown = isOpen && options.length > 0;
  const pick = (option: CustomerOption | undefined) => {
    if (!option) return;
    setOpen(false);
    onPick(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !isShown) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((at + step + options.length) % options.length);
    else if (event.key === 'Enter') pick(options[at]);
    else if (event.key === 'Escape') {
      // Closes the list first; a second Escape is for the dialog.
      event.stopPropagation();
      setOpen(false);
    } else return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Input
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${listId}-${at}` : undefined}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder="Name or e-mail address"
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {isShown && (
        <div
          id={listId}
          role="listbox"
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

/** Finds a customer as one types, or takes a new one by address and name. */
export function CustomerPicker({
  choice,
  error,
  onChange,
}: {
  choice: CustomerChoice;
  error: string | null;
  onChange: (choice: CustomerChoice) => void;
}) {
  const [isNew, setNew] = useState(false);
  const isChosen = choice.id !== null || isNew;
  const pick = (option: CustomerOption) => {
    setNew(option.kind === 'new');
    onChange(option.kind === 'new' ? { id: null, email: option.email, name: '' } : choiceOf(option.customer));
  };
  const clear = () => {
    setNew(false);
    onChange(NOBODY);
  };
  return (
    <>
      <Field label="Customer" error={error}>
        {isChosen ? (
          <Chosen choice={choice} onClear={clear} />
        ) : (
          <CustomerSearch
            typed={choice.email}
            onType={(email) => onChange({ id: null, email, name: '' })}
            onPick={pick}
          />
        )}
      </Field>
      {isNew && (
        <Field label="Name of the new customer" isOptional>
          <Input
            autoFocus
            value={choice.name}
            autoComplete="off"
            onChange={(event) => onChange({ ...choice, name: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
