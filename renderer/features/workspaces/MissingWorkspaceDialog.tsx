import { useMutation } from '@tanstack/react-query';
import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { queryClient } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { WORKSPACES_KEY, workspaceCalls } from './workspaceCalls.ts';
import { closeWorkspaceDialog } from './workspaceDialogs.ts';
import { nameOf } from './workspaceText.ts';

/** A workspace stays in the list until a person takes it off: its disk may only be unplugged. */
export function MissingWorkspaceDialog({ item, canForget }: { item: WorkspaceItem; canForget: boolean }) {
  const { mutate, isPending } = useMutation({
    mutationFn: () => workspaceCalls.forget(item.key),
    onSuccess: () => {
      closeWorkspaceDialog();
      showToast({ text: `${nameOf(item)} is off the list` });
      return queryClient.invalidateQueries({ queryKey: WORKSPACES_KEY });
    },
    onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeWorkspaceDialog()}
      width="small"
      title={`${nameOf(item)} is not there`}
      description="Its folder was not found. Plug in its disk or put it back where it was, and it opens again."
      footer={
        <>
          {canForget && (
            <Button isBusy={isPending} onClick={() => mutate()}>
              Take it off the list
            </Button>
          )}
          <Button variant="primary" onClick={closeWorkspaceDialog}>
            Close
          </Button>
        </>
      }
    >
      <code className="break-all text-small">{item.folder}</code>
    </Dialog>
  );
}
