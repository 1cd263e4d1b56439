import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { useList } from '../../stores/index.ts';
import { Button, Checkbox, Dialog } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { purgedText } from './purgedText.ts';

/** The one act that can't be undone says so, with the count and, of a single ticket, the name in it. */
export function PurgeDialog({
  open,
  onOpenChange,
  ticketIds,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  ticketIds: readonly TicketId[];
}) {
  const isOne = open && ticketIds.length === 1;
  const row = useQuery(trpc.queues.rows.queryOptions({ ticketIds: [...ticketIds] }, { enabled: isOne })).data
    ?.rows[0];
  const what =
    ticketIds.length === 1 ? `ticket #${row?.number ?? ticketIds[0]}` : `${ticketIds.length} tickets`;
  const name = isOne && row ? `“${row.subject}” from ${row.customerName || row.customerEmail}. ` : '';
  const isRemote = useSyncStatus() !== null;
  const [onServer, setOnServer] = useState(false);
  // What was ticked for these is not ticked for the next.
  const openChange = (isOpen: boolean): void => {
    if (!isOpen) setOnServer(false);
    onOpenChange(isOpen);
  };
  const { mutate, isPending } = useMutation(
    trpc.tickets.purge.mutationOptions({
      onSuccess: ({ purged, queued }, input) => {
        openChange(false);
        useList.getState().clearChosen();
        showToast({
          text: purgedText(purged, queued, isRemote ? input.ticketIds.length - purged - queued : 0),
        });
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={openChange}
      width="small"
      title={`Delete ${what} for good?`}
      description={`${name}Messages, notes and attachments go with ${ticketIds.length === 1 ? 'it' : 'them'}. This can’t be undone.`}
      footer={
        <>
          <Button onClick={() => openChange(false)}>Keep</Button>
          <Button
            variant="danger"
            isBusy={isPending}
            onClick={() => {
              useList.getState().noteOwnChange(ticketIds);
              mutate({ ticketIds: [...ticketIds], onServer: isRemote && onServer });
            }}
          >
            Delete for good
          </Button>
        </>
      }
    >
      {isRemote && (
        <Checkbox
          checked={onServer}
          onCheckedChange={setOnServer}
          label="Delete on the server too"
          help="It waits in the outbox until you confirm it with the server in sight, and leaves this trash then. Without this, only what the server does not have is deleted; the rest stays in the trash."
        />
      )}
    </Dialog>
  );
}
