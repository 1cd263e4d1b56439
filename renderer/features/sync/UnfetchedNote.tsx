import { useMutation } from '@tanstack/react-query';
import { CloudDownload } from 'lucide-react';
import { useEffect } from 'react';
import type { TicketId } from '../../../shared/model/ids.ts';
import { queryClient, trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Icon, Spinner } from '../../ui/index.ts';

function useFetchThread(ticketId: TicketId) {
  return useMutation(
    trpc.sync.fetchThread.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.tickets.get.queryKey({ ticketId }) }),
    }),
  );
}

/** Over a conversation of which the server has more than this desk: it is fetched at once, or the note says why not. */
export function UnfetchedNote({ ticketId, unfetched }: { ticketId: TicketId; unfetched: number }) {
  const status = useSyncStatus();
  const { mutate, isPending, error } = useFetchThread(ticketId);
  const problem = status?.problem ?? null;
  const canAsk = status !== null && problem === null;
  useEffect(() => {
    if (canAsk) mutate({ ticketId });
  }, [canAsk, ticketId, mutate]);
  // Then the server is not asked, whoever wants it.
  const isHalted = problem?.code === 'sync_paused' || problem?.code === 'remote_disconnected';
  const count = unfetched === 1 ? '1 message' : `${unfetched} messages`;
  const reason = error ? toAppError(error).message : problem?.message;
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-2 border-line border-b bg-accent-soft px-4 py-2 text-small"
    >
      {isPending ? (
        <Spinner label="Fetching" size={14} />
      ) : (
        <Icon of={CloudDownload} size={14} className="text-accent-ink" />
      )}
      <p className="min-w-0 flex-1">
        {isPending ? `Fetching ${count} from the server…` : `Not fetched yet: ${count} on the server.`}
        {!isPending && reason && <span className="text-soft"> {reason}</span>}
      </p>
      {!isPending && !isHalted && (
        <Button size="small" onClick={() => mutate({ ticketId })}>
          Fetch now
        </Button>
      )}
    </div>
  );
}
