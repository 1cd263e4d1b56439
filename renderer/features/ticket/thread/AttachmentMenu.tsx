import { useMutation } from '@tanstack/react-query';
import { Download, Eye, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus, useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import {
  Button,
  classes,
  Dialog,
  IconButton,
  Menu,
  MenuItem,
  MenuSeparator,
  Notice,
} from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { attachmentKind } from './attachmentKind.ts';

/** What can be done with a file besides opening it, for who may delete it: the others have all of it on the card. */
export function AttachmentMenu({
  attachment,
  onPreview,
  onSave,
  className,
}: {
  attachment: Attachment;
  onPreview: () => void;
  onSave: () => void;
  className: string;
}) {
  const isAdmin = useViewer()?.staff.role === 'admin';
  const [isAsking, setAsking] = useState(false);
  if (!isAdmin) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            icon={MoreHorizontal}
            label={`More about ${attachment.name}`}
            size="small"
            className={classes(className, 'data-[state=open]:opacity-100')}
          />
        }
      >
        {attachmentKind(attachment.mediaType) !== 'other' && (
          <MenuItem icon={Eye} onSelect={onPreview}>
            Open
          </MenuItem>
        )}
        <MenuItem icon={Download} onSelect={onSave}>
          Save
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} tone="danger" onSelect={() => setAsking(true)}>
          Delete this file…
        </MenuItem>
      </Menu>
      {isAsking && <DeleteFileDialog attachment={attachment} onClose={() => setAsking(false)} />}
    </>
  );
}

function DeleteFileDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const isRemote = useSyncStatus() !== null;
  const { name } = attachment;
  const remove = useMutation(
    trpc.tickets.deleteFile.mutationOptions({
      onSuccess: ({ groupId, isWaiting }) => {
        // At once, not with the card: its message is read anew later, and keys would go to the dialog until then.
        onClose();
        const where = isWaiting ? ' here. It waits in the outbox for you to confirm it.' : '';
        showToast({ text: `${name} deleted${where}`, undoGroupId: groupId });
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="small"
      title={`Delete ${name}?`}
      description={
        isRemote
          ? 'It goes from this message. What the server has of it waits in the outbox until you confirm it with the server in sight; there it can’t be undone.'
          : 'It goes from this message for everybody. You can undo it: the file stays on the disk until the ticket is deleted for good.'
      }
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="danger"
            isBusy={remove.isPending}
            onClick={() => remove.mutate({ attachmentId: attachment.id })}
          >
            Delete
          </Button>
        </>
      }
    >
      {remove.error && <Notice tone="danger">{toAppError(remove.error).message}</Notice>}
    </Dialog>
  );
}
