import { X } from 'lucide-react';
import { useState } from 'react';
import { Avatar, Field, IconButton, Input } from '../../ui/index.ts';
import { CustomerSearch } from './CustomerSearch.tsx';
import {
  type CustomerChoice,
  type CustomerOption,
  choiceOf,
  isNewCustomer,
  NOBODY,
} from './customerChoice.ts';

function Chosen({
  choice,
  isFocused,
  onClear,
}: {
  choice: CustomerChoice;
  /** It took the place of what one typed into: the focus stays here. */
  isFocused: boolean;
  onClear: () => void;
}) {
  const { id, name, email } = choice;
  return (
    <div className="flex h-8 items-center gap-2 rounded-md border border-line bg-sunken pr-1 pl-2">
      <Avatar name={name || email} size="small" />
      <span className="max-w-56 shrink-0 truncate font-medium">{name || email}</span>
      <span className="min-w-0 flex-1 truncate text-faint">
        {id === null && name === '' ? 'new customer' : name ? email : ''}
      </span>
      <IconButton icon={X} size="small" label="Choose someone else" autoFocus={isFocused} onClick={onClear} />
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
  // A draft that is gone on with has its new customer already.
  const [isNew, setNew] = useState(isNewCustomer(choice));
  const [isPicked, setPicked] = useState(false);
  const isChosen = choice.id !== null || isNew;
  const pick = (option: CustomerOption, isHere: boolean) => {
    setNew(option.kind === 'new');
    setPicked(isHere);
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
          <Chosen choice={choice} isFocused={isPicked && !isNew} onClear={clear} />
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
            autoFocus={isPicked}
            value={choice.name}
            autoComplete="off"
            onChange={(event) => onChange({ ...choice, name: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
