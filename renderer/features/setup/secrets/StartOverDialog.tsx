import { useMutation } from '@tanstack/react-query';
import type { SealedSecret } from '../../../../shared/contract/secrets.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { SealedList } from './SealedList.tsx';

/** Forgets what can't be opened any more, after naming every piece of it. */
export function StartOverDialog({
  sealed,
  onClose,
}: {
  sealed: readonly SealedSecret[];
  onClose: () => void;
}) {
  const startOver = useMutation(
    trpc.secrets.startOver.mutationOptions({
      onSuccess: async ({ forgotten }) => {
        showToast({ text: `Started over; ${forgotten.length} to be entered again` });
        onClose();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <Dialog
      open
      width="small"
      onOpenChange={(open) => !open && onClose()}
      title="Start over with a new key?"
      description="These are forgotten and have to be entered again. Staff whose second factor is among them sign in with the password alone until they set it up anew."
      footer={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button variant="danger" isBusy={startOver.isPending} onClick={() => startOver.mutate()}>
            Forget and start over
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <SealedList sealed={sealed} />
        {startOver.error && <Notice tone="danger">{toAppError(startOver.error).message}</Notice>}
      </div>
    </Dialog>
  );
}
