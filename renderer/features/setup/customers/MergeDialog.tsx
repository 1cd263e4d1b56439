import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { toAppError } from '../../../api/errors.ts';
import { Address, Button, Dialog, Field, Notice, RadioGroup } from '../../../ui/index.ts';
import { CustomerSearch } from '../../newTicket/index.ts';
import { showToast } from '../../toasts/index.ts';
import { Contents, useContents } from './Contents.tsx';
import { counted } from './contentsText.ts';

function useMerge(customer: Customer, onClose: () => void) {
  const [other, setOther] = useState<Customer | null>(null);
  const [name, setName] = useState(customer.name);
  const [email, setEmail] = useState(customer.email);
  const merge = useMutation(
    trpc.customers.merge.mutationOptions({
      onSuccess: ({ groupId, tickets }) => {
        showToast({
          text: `Merged${tickets > 0 ? `, ${counted(tickets, 'ticket')} moved` : ''}`,
          undoGroupId: groupId,
          tone: 'success',
        });
        onClose();
      },
    }),
  );
  const choose = (chosen: Customer | null) => {
    setOther(chosen);
    setName(customer.name || (chosen?.name ?? ''));
    setEmail(customer.email);
    merge.reset();
  };
  return { other, name, email, setName, setEmail, merge, choose };
}

type Merge = ReturnType<typeof useMerge>;

function Choices({ customer, other, form }: { customer: Customer; other: Customer; form: Merge }) {
  const emails = [customer, other].flatMap(({ email, otherEmails }) => [email, ...otherEmails]);
  return (
    <>
      <RadioGroup
        label="Name that stays"
        value={form.name}
        onValueChange={form.setName}
        options={[...new Set([customer.name, other.name])].map((value) => ({ value, label: value }))}
      />
      <RadioGroup
        label="Main e-mail address"
        help="All of them stay: mail from each finds the merged customer."
        value={form.email}
        onValueChange={form.setEmail}
        options={[...new Set(emails)].map((value) => ({ value, label: <Address email={value} /> }))}
      />
      {customer.isBlocked !== other.isBlocked && (
        <Notice>
          {customer.isBlocked
            ? 'The merged customer stays blocked.'
            : `${other.name || other.email} is blocked; the merged customer will not be.`}
        </Notice>
      )}
    </>
  );
}

/** Chooses who is merged into this customer, shows what moves, and merges. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const form = useMerge(customer, onClose);
  const { other, merge, choose } = form;
  const [typed, setTyped] = useState('');
  const contents = useContents(other?.id ?? null);
  const who = customer.name || customer.email;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Merge another customer into ${who}`}
      description="Their tickets and addresses come here. It can be undone as long as both addresses are still there."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!other || !contents.data}
            isBusy={merge.isPending}
            onClick={() =>
              other &&
              merge.mutate({
                customerId: customer.id,
                mergedId: other.id,
                name: form.name,
                email: form.email,
              })
            }
          >
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {other ? (
          <>
            <div className="flex items-center gap-3 rounded-md bg-sunken py-2 pr-2 pl-3.5">
              <p className="min-w-0 flex-1 truncate">
                <span className="font-medium">{other.name || other.email}</span>{' '}
                <span className="text-faint">{other.email}</span>
              </p>
              <Button size="small" variant="ghost" autoFocus onClick={() => choose(null)}>
                Choose someone else
              </Button>
            </div>
            <Contents contents={contents} title="What moves" />
            <Choices customer={customer} other={other} form={form} />
          </>
        ) : (
          <Field label="Customer to merge" className="min-h-72">
            <CustomerSearch
              typed={typed}
              withoutId={customer.id}
              onType={setTyped}
              onPick={(option) => option.kind === 'known' && choose(option.customer)}
            />
          </Field>
        )}
        {merge.error && <Notice tone="danger">{toAppError(merge.error).message}</Notice>}
      </div>
    </Dialog>
  );
}
