import { flushSync } from 'react-dom';
import type { TicketId } from '../../../shared/model/ids.ts';
import { useCommand } from '../../app/commands.ts';
import { useList, useUi } from '../../stores/index.ts';
import { focusList, goToList } from './listElement.ts';

/** The ticket `step` rows away; from nowhere, the first. */
export function stepFrom(
  order: readonly TicketId[],
  current: TicketId | null,
  step: 1 | -1,
): TicketId | null {
  const at = current === null ? -1 : order.indexOf(current);
  if (at < 0) return order[0] ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + step))] ?? null;
}

function move(step: 1 | -1): void {
  const { order } = useList.getState();
  const { selectedTicketId, selectTicket } = useUi.getState();
  const next = stepFrom(order, selectedTicketId, step);
  if (next !== null) selectTicket(next);
  focusList();
}

function moveAndChoose(step: 1 | -1): void {
  const { choose } = useList.getState();
  const before = useUi.getState().selectedTicketId;
  move(step);
  const after = useUi.getState().selectedTicketId;
  choose(
    [before, after].filter((id) => id !== null),
    true,
  );
}

/** Esc and u: out of the selection first, then from the ticket back to the list, or to the screen it was opened from. */
function back(): void {
  const { chosen, clearChosen } = useList.getState();
  const { leaveTicket, set } = useUi.getState();
  if (chosen.size === 0 && leaveTicket()) return;
  clearChosen();
  goToList(() => set({ narrowPane: 'list' }));
}

function openSelected(): void {
  const { selectedTicketId, openTicket } = useUi.getState();
  if (selectedTicketId === null) return;
  flushSync(() => openTicket(selectedTicketId));
  document.getElementById('ticket-pane')?.focus({ preventScroll: true });
}

function useChoosingCommands(hasRows: boolean): void {
  const selected = useUi((state) => state.selectedTicketId);
  const toggle = () => {
    if (selected === null) return;
    const { chosen, choose } = useList.getState();
    choose([selected], !chosen.has(selected));
  };
  useCommand({
    id: 'choose',
    title: 'Select this row',
    keys: ['x'],
    group: 'List',
    enabled: selected !== null,
    run: toggle,
  });
  useCommand({
    id: 'choose-down',
    title: 'Select and move down',
    keys: ['Shift+j', 'Shift+ArrowDown'],
    group: 'List',
    enabled: hasRows,
    run: () => moveAndChoose(1),
  });
  useCommand({
    id: 'choose-up',
    title: 'Select and move up',
    keys: ['Shift+k', 'Shift+ArrowUp'],
    group: 'List',
    enabled: hasRows,
    run: () => moveAndChoose(-1),
  });
  useCommand({
    id: 'choose-all',
    title: 'Select all loaded rows',
    keys: ['Mod+a'],
    group: 'List',
    enabled: hasRows,
    run: () => useList.getState().choose(useList.getState().order, true),
  });
}

/** The keys of the list; mounted once, they act on whichever list is on screen. */
export function useListCommands(): void {
  const hasRows = useList((state) => state.order.length > 0);
  const selected = useUi((state) => state.selectedTicketId);
  useChoosingCommands(hasRows);
  useCommand({
    id: 'next',
    title: 'Next ticket',
    keys: ['j'],
    group: 'List',
    enabled: hasRows,
    run: () => move(1),
  });
  useCommand({
    id: 'previous',
    title: 'Previous ticket',
    keys: ['k'],
    group: 'List',
    enabled: hasRows,
    run: () => move(-1),
  });
  useCommand({
    id: 'open',
    title: 'Open the ticket',
    keys: ['Enter', 'o'],
    group: 'List',
    enabled: selected !== null,
    run: openSelected,
  });
  useCommand({ id: 'back', title: 'Back to the list', keys: ['Escape', 'u'], group: 'List', run: back });
}
