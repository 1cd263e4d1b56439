import { useMutation } from '@tanstack/react-query';
import type { TicketId } from '../../../shared/model/ids.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useList } from '../../stores/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';

/** The one act that can't be undone says so, with the count in it. */
export function PurgeDialog({
  open,
  onOpenChange,
  ticketIds,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  ticketIds: readonly TicketId[];
}) {
  const what = ticketIds.length === 1 ? `ticket #${ticketIds[0]}` : `${ticketIds.length} tickets`;
  const { mutate, isPending } = useMutation(
    trpc.tickets.purge.mutationOptions({
      onSuccess: ({ purged }) => {
        onOpenChange(false);
        useList.getState().clearChosen();
        showToast({
          text: purged === 1 ? 'One ticket deleted for good' : `${purged} tickets deleted for good`,
        });
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="small"
      title={`Delete ${what} for good?`}
      description="Messages, notes and attachments go with it. This can’t be undone."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep</Button>
          <Button
            variant="danger"
            isBusy={isPending}
            onClick={() => {
              useList.getState().noteOwnChange(ticketIds);
              mutate({ ticketIds: [...ticketIds] });
            }}
          >
            Delete for good
          </Button>
        </>
      }
    />
  );
}
