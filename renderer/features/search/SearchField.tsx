import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import { classes, Icon, IconButton, Kbd, StatusMark } from '../../ui/index.ts';
import { goToList } from '../queue/index.ts';
import { useSuggestions } from './suggestions.ts';

function usePlaceText(): string {
  return useUi(({ place }) => (place.kind === 'search' ? place.text : ''));
}

function useSearchField() {
  const placeText = usePlaceText();
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = typed ?? placeText;
  const suggestions = useSuggestions(text, typed !== null);
  const close = () => {
    setTyped(null);
    setActive(null);
  };
  const leave = () => {
    close();
    const { place, leaveSearch } = useUi.getState();
    if (place.kind === 'search') leaveSearch();
  };
  const searchAll = () => {
    const wanted = text.trim();
    goToList(() => {
      close();
      if (wanted === '') leave();
      else useUi.getState().go({ kind: 'search', text: wanted });
    });
  };
  const open = (at: number) => {
    const hit = suggestions[at];
    if (!hit) return;
    goToList(() => {
      close();
      useUi.getState().openTicket(hit.id);
    });
  };
  return { input, text, typed, setTyped, active, setActive, suggestions, close, leave, searchAll, open };
}

type SearchState = ReturnType<typeof useSearchField>;

function onKeyDown(event: KeyboardEvent, state: SearchState): void {
  const { suggestions, active, setActive } = state;
  if (event.nativeEvent.isComposing) return;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0 && suggestions.length > 0) {
    const next = (active ?? (step > 0 ? -1 : suggestions.length)) + step;
    setActive(next < 0 || next >= suggestions.length ? null : next);
  } else if (event.key === 'Enter') {
    if (active === null) state.searchAll();
    else state.open(active);
  } else if (event.key === 'Escape') {
    goToList(state.typed !== null && suggestions.length > 0 ? state.close : state.leave);
  } else return;
  event.preventDefault();
}

/** Search from anywhere with «/»: tickets as one types, Enter for everything that matches. */
export function SearchField() {
  const state = useSearchField();
  const { input, text, typed, active, suggestions } = state;
  const listId = useId();
  const isOpen = typed !== null && suggestions.length > 0;
  useCommand({
    id: 'search',
    title: 'Search',
    keys: ['/', 'Mod+f'],
    group: 'Go to',
    run: () => {
      useUi.getState().set({ narrowPane: 'list' });
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <search className="relative min-w-0 flex-1">
      <span className="pointer-events-none absolute top-2 left-2.5 text-faint">
        <Icon of={Search} />
      </span>
      <input
        ref={input}
        role="combobox"
        aria-label="Search tickets"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={active === null ? undefined : `${listId}-${active}`}
        autoComplete="off"
        spellCheck={false}
        placeholder="Search"
        value={text}
        onChange={(event) => {
          state.setTyped(event.target.value);
          state.setActive(null);
        }}
        onBlur={state.close}
        onKeyDown={(event) => onKeyDown(event, state)}
        className="peer h-8 w-full rounded-md border border-transparent bg-hover pr-8 pl-8 transition-colors placeholder:text-faint focus:border-line-strong focus:bg-surface focus-visible:outline-offset-0"
      />
      {text === '' ? (
        <span className="pointer-events-none absolute top-[7px] right-2 peer-focus:hidden">
          <Kbd keys="/" />
        </span>
      ) : (
        <span className="absolute top-1 right-1">
          <IconButton icon={X} label="Clear search" keys="Escape" size="small" onClick={state.leave} />
        </span>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        className={classes(
          !isOpen && 'hidden',
          'absolute inset-x-0 top-9 z-30 rounded-lg bg-float p-1 shadow-float',
        )}
      >
        {isOpen && <Suggestions state={state} listId={listId} />}
      </div>
    </search>
  );
}

function Suggestions({ state, listId }: { state: SearchState; listId: string }) {
  return (
    <>
      {state.suggestions.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
        <div
          key={hit.id}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === state.active}
          // The field must keep its focus, or its blur closes the list before the click arrives.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => state.open(index)}
          onMouseMove={() => state.setActive(index)}
          className={classes(
            'flex h-11 items-center gap-2.5 rounded-md px-2',
            index === state.active && 'bg-hover',
          )}
        >
          <StatusMark status={hit.status} isCompact />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{hit.subject || '(no subject)'}</span>
            <span className="block truncate text-faint text-small">{hit.customerName}</span>
          </span>
          <span className="text-faint text-small tabular-nums">#{hit.number}</span>
        </div>
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field does the same */}
      <div
        role="presentation"
        onMouseDown={(event) => event.preventDefault()}
        onClick={state.searchAll}
        className="mt-1 flex h-8 items-center gap-2 rounded-md border-line px-2 text-soft hover:bg-hover"
      >
        <Icon of={Search} />
        <span className="min-w-0 flex-1 truncate">Search everything for “{state.text.trim()}”</span>
        <Kbd keys="Enter" />
      </div>
    </>
  );
}
