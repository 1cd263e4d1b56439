import { useEffect, useRef } from 'react';
import type { DraftId } from '../../../shared/model/ids.ts';
import { Dialog } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { NewTicketForm } from './NewTicketForm.tsx';

/** A ticket on behalf of a customer. Closing keeps what was written as a draft. */
export function NewTicketDialog({
  open,
  draftId,
  onOpenChange,
}: {
  open: boolean;
  draftId: DraftId | null;
  onOpenChange: (open: boolean) => void;
}) {
  const hasDraft = useRef(false);
  useEffect(() => {
    if (open) hasDraft.current = false;
  }, [open]);
  const close = () => {
    onOpenChange(false);
    if (hasDraft.current) showToast({ text: 'Kept in your drafts' });
  };
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && close()} title="New ticket" width="large">
      <NewTicketForm
        key={draftId}
        draftId={draftId}
        onDone={() => onOpenChange(false)}
        onWritten={(isWritten) => {
          hasDraft.current = isWritten;
        }}
      />
    </Dialog>
  );
}
