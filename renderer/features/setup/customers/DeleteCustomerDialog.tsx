import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, Dialog, Notice, RadioGroup } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Contents, useContents } from './Contents.tsx';
import { counted } from './contentsText.ts';

type Mode = 'trash' | 'erase';
const MODES = [
  {
    value: 'trash',
    label: 'Put the tickets in the trash',
    help: 'The addresses are free again. Restoring a ticket brings the customer back.',
  },
  {
    value: 'erase',
    label: 'Erase everything for good',
    help: 'Tickets, messages, files, kept mail, names and addresses, also in the history. This can’t be undone.',
  },
] as const;

/** Says what goes with a customer, asks how, and deletes them. */
export function DeleteCustomerDialog({
  customer,
  onClose,
  onDeleted,
}: {
  customer: Customer;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const [mode, setMode] = useState<Mode>('trash');
  const isRemote = useSyncStatus() !== null;
  const contents = useContents(customer.id);
  const who = customer.name || customer.email;
  const remove = useMutation(
    trpc.customers.delete.mutationOptions({
      onSuccess: ({ groupId, tickets }) => {
        const where = groupId === null ? 'erased' : 'in the trash';
        showToast({
          text: `${who} deleted${isRemote ? ' here' : ''}${tickets > 0 ? `, ${counted(tickets, 'ticket')} ${where}` : ''}${isRemote ? '. It waits in the outbox for you to confirm it.' : ''}`,
          undoGroupId: groupId ?? undefined,
        });
        onDeleted();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${who}?`}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            variant="danger"
            disabled={!contents.data}
            isBusy={remove.isPending}
            onClick={() => remove.mutate({ customerId: customer.id, mode })}
          >
            {mode === 'erase' ? 'Erase for good' : 'Delete customer'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Contents contents={contents} title={`What ${who} has`} />
        {isRemote ? (
          <Notice>
            They and their tickets leave this desk’s lists now. The server deletes them for good once you
            confirm it in the outbox; until then you can take it back there.
          </Notice>
        ) : (
          <RadioGroup label="What becomes of it" value={mode} onValueChange={setMode} options={MODES} />
        )}
        {remove.error && <Notice tone="danger">{toAppError(remove.error).message}</Notice>}
      </div>
    </Dialog>
  );
}
