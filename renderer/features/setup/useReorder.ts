import { useEffect, useRef, useState } from 'react';

type Item<Id> = { id: Id; name: string };
type Direction = 'up' | 'down';

/** The order with one item a place further up or down; the same one at the edges. */
export function movedOrder<Id>(order: readonly Id[], id: Id, direction: Direction): Id[] {
  const from = order.indexOf(id);
  const to = from + (direction === 'up' ? -1 : 1);
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** Puts a line back under the finger that moved it: React may take the focus away with the element. */
function focusMoved(list: HTMLElement | null, id: number, direction: Direction): void {
  const line = list?.querySelector(`[data-item="${id}"]`);
  const same = line?.querySelector<HTMLButtonElement>(`[data-move="${direction}"]:enabled`);
  (same ?? line?.querySelector<HTMLButtonElement>('[data-move]:enabled'))?.focus();
}

/** Moves the lines of a list up and down, marked by `data-item` and `data-move`; says where one went. */
export function useReorder<Id extends number>(items: readonly Item<Id>[], save: (ids: Id[]) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ item: Item<Id>; direction: Direction } | null>(null);
  const place = items.findIndex(({ id }) => id === moved?.item.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the place in the list
  useEffect(() => {
    if (moved) focusMoved(list.current, moved.item.id, moved.direction);
  }, [place]);
  return {
    list,
    announcement: moved ? `${moved.item.name} is ${place + 1} of ${items.length}` : '',
    move: (item: Item<Id>, direction: Direction) => {
      setMoved({ item, direction });
      save(
        movedOrder(
          items.map(({ id }) => id),
          item.id,
          direction,
        ),
      );
    },
  };
}
