import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { useSyncStatus } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Act } from '../Act.tsx';
import { ServerOwned } from '../ServerOwned.tsx';
import { DeleteCustomerDialog } from './DeleteCustomerDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';

function BlockAct({ customer: { id, name, email, isBlocked } }: { customer: Customer }) {
  const { mutate, isPending } = useMutation(
    trpc.customers.setBlocked.mutationOptions({
      onSuccess: (_, input) =>
        showToast({ text: `${name || email} is ${input.isBlocked ? 'blocked' : 'no longer blocked'}` }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return (
    <Act
      title={isBlocked ? 'Blocked' : 'Mail comes in'}
      help={
        isBlocked
          ? 'Their mail is kept aside, from every address. Scripts and staff can still open tickets for them.'
          : 'Blocking keeps their mail aside instead of making tickets of it. Nothing is lost.'
      }
    >
      <Button isBusy={isPending} onClick={() => mutate({ customerId: id, isBlocked: !isBlocked })}>
        {isBlocked ? 'Unblock' : 'Block'}
      </Button>
    </Act>
  );
}

/** Block, merge, delete. */
export function CustomerActs({ customer, onGone }: { customer: Customer; onGone: () => void }) {
  const [open, setOpen] = useState<'none' | 'merge' | 'delete'>('none');
  const close = () => setOpen('none');
  const isRemote = useSyncStatus() !== null;
  return (
    <section aria-label="Actions" className="divide-y divide-line rounded-md border border-line">
      <ServerOwned>
        <BlockAct customer={customer} />
        <Act title="Merge" help="One person, known twice: the other’s tickets and addresses come here.">
          <Button onClick={() => setOpen('merge')}>Merge with another…</Button>
        </Act>
      </ServerOwned>
      <Act
        title="Delete"
        help={
          isRemote
            ? 'With all tickets, on the server too. You see first what goes, and confirm it in the outbox.'
            : 'With all tickets. You see first what goes.'
        }
      >
        <Button onClick={() => setOpen('delete')}>Delete…</Button>
      </Act>
      {open === 'merge' && <MergeDialog customer={customer} onClose={close} />}
      {open === 'delete' && (
        <DeleteCustomerDialog
          customer={customer}
          onClose={close}
          onDeleted={() => {
            close();
            onGone();
          }}
        />
      )}
    </section>
  );
}
