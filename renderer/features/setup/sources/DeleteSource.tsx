import { useMutation } from '@tanstack/react-query';
import type { Source } from '../../../../shared/contract/sources.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';

/** Can't be undone, so it asks, with the name and how many it signs out. */
export function DeleteSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(
    trpc.sources.delete.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.sources.pathKey() });
        showToast({ text: `«${source.name}» deleted` });
        onClose();
      },
    }),
  );
  const { name, sessions } = source;
  const out =
    sessions === 0 ? '' : ` ${sessions === 1 ? 'One session' : `${sessions} sessions`} it opened end.`;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="small"
      title={`Delete «${name}»?`}
      description={`Nobody signs in with it any more.${out} Staff it added stay. This can’t be undone; switching it off can.`}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button variant="danger" isBusy={isPending} onClick={() => mutate({ sourceId: source.id })}>
            Delete for good
          </Button>
        </>
      }
    >
      {error && <Notice tone="danger">{toAppError(error).message}</Notice>}
    </Dialog>
  );
}
