import { useMutation } from '@tanstack/react-query';
import type { ApiToken } from '../../../../shared/contract/desk.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Notice } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { refreshTokens } from './useTokenForm.ts';

/** Can't be undone, so it asks, with the token's name. */
export function DeleteTokenDialog({
  token,
  onDeleted,
  onClose,
}: {
  token: ApiToken;
  onDeleted: () => void;
  onClose: () => void;
}) {
  const { mutate, isPending, error } = useMutation(
    trpc.tokens.delete.mutationOptions({
      onSuccess: () => {
        showToast({ text: `Token «${token.name}» deleted` });
        void refreshTokens();
        onDeleted();
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="small"
      title={`Delete the token «${token.name}»?`}
      description="Whatever uses it is refused from now on, and the list of its calls goes. This can’t be undone; switching it off can."
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button variant="danger" isBusy={isPending} onClick={() => mutate({ tokenId: token.id })}>
            Delete for good
          </Button>
        </>
      }
    >
      {error && <Notice tone="danger">{toAppError(error).message}</Notice>}
    </Dialog>
  );
}
