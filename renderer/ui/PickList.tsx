import { Check } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { returnFocus } from './focusReturn.ts';
import { fuzzyFilter } from './fuzzy.ts';
import { Icon, type LucideIcon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

export type PickItem = {
  id: string;
  label: string;
  /** Under this heading while nothing is typed. */
  group?: string;
  icon?: LucideIcon;
  mark?: ReactNode;
  keys?: string | undefined;
  /** One key that picks it at once while nothing is typed (`s` then `c`). */
  quickKey?: string;
  isChecked?: boolean;
  isDisabled?: boolean;
};

/** A panel with a filter one types into and a list one picks from: palette, status, assignee, tags. */
export function PickList({
  open,
  onOpenChange,
  title,
  placeholder,
  items,
  onPick,
  staysOpen = false,
  onTyped,
  emptyText = 'Nothing matches',
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  placeholder: string;
  items: readonly PickItem[];
  onPick: (id: string) => void;
  /** For picking several. */
  staysOpen?: boolean;
  onTyped?: (text: string) => void;
  emptyText?: string;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="-translate-x-1/2 fixed top-[14vh] left-1/2 z-40 flex max-h-[60vh] w-[calc(100vw-32px)] max-w-lg animate-fade-in flex-col overflow-hidden rounded-lg bg-float shadow-float"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <PickBody
            title={title}
            placeholder={placeholder}
            items={items}
            emptyText={emptyText}
            {...(onTyped ? { onTyped } : {})}
            onPick={(id) => {
              if (!staysOpen) onOpenChange(false);
              onPick(id);
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type BodyProps = {
  title: string;
  placeholder: string;
  items: readonly PickItem[];
  emptyText: string;
  onPick: (id: string) => void;
  onTyped?: (text: string) => void;
};

function usePicking({ items, onPick, onTyped }: BodyProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const shown = fuzzyFilter(items, typed, (item) => `${item.label} ${item.group ?? ''}`);
  const at = Math.min(active, shown.length - 1);
  const pick = (item: PickItem | undefined) => {
    if (item && !item.isDisabled) onPick(item.id);
  };
  const type = (text: string) => {
    setTyped(text);
    setActive(0);
    onTyped?.(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const quick =
      typed === '' && !event.ctrlKey && !event.metaKey && !event.altKey
        ? items.find(({ quickKey }) => quickKey === event.key.toLowerCase())
        : undefined;
    if (step !== 0 && shown.length > 0) setActive((at + step + shown.length) % shown.length);
    else if (event.key === 'Enter') pick(shown[at]);
    else if (quick) pick(quick);
    else return;
    event.preventDefault();
  };
  return { typed, type, shown, at, setActive, pick, onKeyDown };
}

function PickBody(props: BodyProps) {
  const { typed, type, shown, at, setActive, pick, onKeyDown } = usePicking(props);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={shown[at] ? `${listId}-${shown[at].id}` : undefined}
        aria-label={props.title}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        placeholder={props.placeholder}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-heading outline-none placeholder:text-faint"
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={props.title}
        className="min-h-0 overflow-y-auto p-1.5"
      >
        {shown.map((item, index) => (
          <PickRow
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            index={index}
            isActive={index === at}
            heading={typed.trim() === '' && item.group !== shown[index - 1]?.group ? item.group : undefined}
            showQuickKey={typed === ''}
            onHover={() => setActive(index)}
            onPick={() => pick(item)}
          />
        ))}
      </div>
      {shown.length === 0 && <p className="px-4 pt-2 pb-5 text-center text-faint">{props.emptyText}</p>}
    </>
  );
}

function PickRow({
  id,
  item,
  index,
  isActive,
  heading,
  showQuickKey,
  onHover,
  onPick,
}: {
  id: string;
  item: PickItem;
  index: number;
  isActive: boolean;
  heading: string | undefined;
  showQuickKey: boolean;
  onHover: () => void;
  onPick: () => void;
}) {
  const keys = item.keys ?? (showQuickKey ? item.quickKey : undefined);
  return (
    <>
      {heading && (
        <div role="presentation" className="px-2.5 pt-2.5 pb-1 font-medium text-faint text-small">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys (aria-activedescendant) */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox */}
      <div
        id={id}
        role="option"
        aria-selected={item.isChecked ?? isActive}
        aria-disabled={item.isDisabled || undefined}
        data-at={index}
        onMouseMove={isActive ? undefined : onHover}
        onClick={onPick}
        className={classes(
          'flex h-9 select-none items-center gap-2.5 rounded-md px-2.5',
          isActive && 'bg-hover',
          item.isDisabled && 'opacity-45',
        )}
      >
        {item.icon && <Icon of={item.icon} className="text-soft" />}
        {item.mark}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.isChecked && <Icon of={Check} className="text-accent-ink" />}
        {keys && <Kbd keys={keys} />}
      </div>
    </>
  );
}
