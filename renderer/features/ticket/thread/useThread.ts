import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TicketDetail } from '../../../../shared/contract/tickets.ts';
import { trpcClient } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { showToast } from '../../toasts/index.ts';
import { mergeThread, openAtFirst, type ThreadItem, type ThreadRow, threadRows } from './mergeThread.ts';
import { type Known, withNewest, withOlder } from './threadPages.ts';

export type ThreadState = {
  items: readonly ThreadItem[];
  rows: readonly ThreadRow[];
  isLoadingOlder: boolean;
  isOpen: (key: string) => boolean;
  toggle: (key: string) => void;
  open: (keys: readonly string[]) => void;
  /** Unfolds the closed lines, then fetches older pages. */
  showEarlier: () => void;
};

/** The pages known so far, joined with the newest one whenever it changes. */
function useKnown(detail: TicketDetail): [Known, (change: (known: Known) => Known) => void] {
  const [known, setKnown] = useState(() => withNewest(null, detail));
  const page = useRef(detail);
  useLayoutEffect(() => {
    if (page.current === detail) return;
    page.current = detail;
    setKnown((before) => withNewest(before, detail));
  }, [detail]);
  return [known, setKnown];
}

/** A conversation as it is shown: which messages are known, which are open, what is folded away. */
export function useThread(detail: TicketDetail, wasUnread: boolean): ThreadState {
  const [known, setKnown] = useKnown(detail);
  const { notes, ticket } = detail;
  const items = useMemo(() => mergeThread(known.messages, notes, known.hasOlder), [known, notes]);
  const [openKeys, setOpenKeys] = useState(() => openAtFirst(items, wasUnread));
  const [isUnfolded, setUnfolded] = useState(false);
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const notLoaded = known.hasOlder ? Math.max(1, ticket.messageCount - known.messages.length) : 0;
  const rows = useMemo(
    () => threadRows(items, openKeys, { isUnfolded, notLoaded }),
    [items, openKeys, isUnfolded, notLoaded],
  );

  const loadOlder = async () => {
    const first = known.messages[0];
    if (!first || isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      const page = await trpcClient.tickets.get.query({ ticketId: ticket.id, beforeMessageId: first.id });
      setKnown((before) => withOlder(before, page));
    } catch (error) {
      showToast({ text: toAppError(error).message, tone: 'danger' });
    } finally {
      setLoadingOlder(false);
    }
  };
  const open = useCallback(
    (keys: readonly string[]) => setOpenKeys((before) => new Set([...before, ...keys])),
    [],
  );
  const toggle = useCallback((key: string) => {
    setOpenKeys((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const hasFolded = rows.some((row) => row.kind === 'fold' && row.count > notLoaded);
  return {
    items,
    rows,
    isLoadingOlder,
    isOpen: (key) => openKeys.has(key),
    toggle,
    open,
    showEarlier: () => {
      setUnfolded(true);
      if (!hasFolded) void loadOlder();
    },
  };
}
