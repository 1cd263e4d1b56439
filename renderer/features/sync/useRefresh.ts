import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';

/** Whoever steps through a list has not opened what they pass by. */
const STAYED_MS = 250;

/**
 * The server is asked for the ticket that was opened, and again when it is back; what comes shows like anything else
 * that arrives. Nothing says that it goes on: a server that is away is told of in the status bar.
 */
export function useRefresh(ticketId: TicketId, isWanted: boolean): void {
  const status = useSyncStatus();
  const { mutate } = useMutation(trpc.sync.refresh.mutationOptions());
  const canAsk = isWanted && status !== null && status.problem === null;
  useEffect(() => {
    if (!canAsk) return;
    const timer = setTimeout(() => mutate({ ticketId }), STAYED_MS);
    return () => clearTimeout(timer);
  }, [canAsk, ticketId, mutate]);
}
