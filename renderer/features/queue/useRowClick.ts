import { type MouseEvent, useCallback, useRef } from 'react';
import type { TicketRow } from '../../../shared/contract/queues.ts';
import type { TicketId } from '../../../shared/model/ids.ts';
import { useList, useUi } from '../../stores/index.ts';

/**
 * A click opens; on the tick box, or with Ctrl/⌘, it chooses; with Shift it chooses everything since the last one.
 */
export function useRowClick(
  between: (from: number, to: number) => TicketId[],
): (event: MouseEvent, row: TicketRow, index: number) => void {
  const last = useRef<number | null>(null);
  return useCallback(
    (event, row, index) => {
      const { chosen, choose } = useList.getState();
      const isOnBox = event.target instanceof Element && event.target.closest('[data-choose]') !== null;
      if (event.shiftKey && last.current !== null) choose(between(last.current, index), true);
      else if (isOnBox || event.ctrlKey || event.metaKey || event.shiftKey) {
        choose([row.id], !chosen.has(row.id));
      } else useUi.getState().openTicket(row.id);
      last.current = index;
    },
    [between],
  );
}
