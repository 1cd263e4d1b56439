import { useCommand } from '../../app/commands.ts';
import { useUi } from '../../stores/index.ts';
import type { WaitingState } from './useWaiting.ts';
import { focusWaitingList } from './WaitingList.tsx';
import { isAlike } from './waitingText.ts';

/** Moving and choosing in the list of what waits, with the keys of every list. */
export function useWaitingCommands(waiting: WaitingState): void {
  const { items, index, active, chosen } = waiting;
  const hasRows = items.length > 0;
  const move = (step: 1 | -1): void => {
    waiting.goTo(index + step);
    focusWaitingList();
  };
  const chooseAndMove = (step: 1 | -1): void => {
    const ids = [items[index], items[index + step]].flatMap((item) => (item ? [item.id] : []));
    waiting.choose(ids, true);
    move(step);
  };
  const list = (id: string, title: string, keys: readonly string[], run: () => void, enabled = hasRows) =>
    ({ id: `waiting-${id}`, title, keys, group: 'List', enabled, run }) as const;
  useCommand(list('next', 'Next operation', ['j', 'ArrowDown'], () => move(1)));
  useCommand(list('previous', 'Previous operation', ['k', 'ArrowUp'], () => move(-1)));
  useCommand(list('start', 'First operation', ['Home'], () => waiting.goTo(0)));
  useCommand(list('end', 'Last operation', ['End'], () => waiting.goTo(items.length - 1)));
  useCommand(
    list('choose', 'Select this operation', ['x'], () => {
      if (active) waiting.choose([active.id], !waiting.isChosen(active.id));
    }),
  );
  useCommand(
    list('choose-down', 'Select and move down', ['Shift+j', 'Shift+ArrowDown'], () => chooseAndMove(1)),
  );
  useCommand(list('choose-up', 'Select and move up', ['Shift+k', 'Shift+ArrowUp'], () => chooseAndMove(-1)));
  useCommand(
    list('choose-alike', 'Select all of this kind', ['Shift+a'], () => {
      const alike = active ? items.filter((item) => isAlike(item, active)) : [];
      waiting.choose(
        alike.map(({ id }) => id),
        true,
      );
    }),
  );
  useCommand(
    list('choose-all', 'Select all operations', ['Mod+a'], () =>
      waiting.choose(
        items.map(({ id }) => id),
        true,
      ),
    ),
  );
  useCommand(list('choose-none', 'Select none', ['Escape'], () => waiting.clearChosen(), chosen.length > 0));
  const ticketId = active?.ticketId ?? null;
  useCommand({
    id: 'waiting-open',
    title: 'Read the ticket',
    keys: ['o', 'Enter'],
    group: 'Ticket',
    enabled: ticketId !== null,
    run: () => ticketId !== null && useUi.getState().openTicket(ticketId),
  });
}
