import { useMutation, useQuery } from '@tanstack/react-query';
import type { Customer } from '../../../../shared/contract/queues.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, exactTime } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { counted } from './contentsText.ts';

function doneText({ released, others }: { released: number; others: number }): string {
  const rest = others === 0 ? '' : `; ${counted(others, 'other')} were no customer’s words, or here already`;
  return `${counted(released, 'mail')} let in${rest}`;
}

/** What a customer sent while they were blocked; once they no longer are, it can come in. */
export function KeptMails({ customer: { id, isBlocked } }: { customer: Customer }) {
  const timeZone = useViewer()?.timeZone;
  const { data } = useQuery(trpc.customers.keptMails.queryOptions({ customerId: id }));
  const { mutate, isPending } = useMutation(
    trpc.customers.releaseMail.mutationOptions({
      onSuccess: (done) => showToast({ text: doneText(done), tone: 'success' }),
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  if (!data || (data.total === 0 && !isBlocked)) return null;
  if (data.total === 0) return <p className="text-faint">No mail has been kept aside.</p>;
  const { mails, total } = data;
  return (
    <section aria-label="Mail kept aside" className="flex flex-col gap-2">
      <h4 className="font-medium">{counted(total, 'mail')} kept aside</h4>
      <ul className="divide-y divide-line rounded-md border border-line">
        {mails.map((mail) => (
          <li
            key={`${mail.receivedAt} ${mail.sender} ${mail.subject}`}
            className="flex items-baseline gap-3 px-3.5 py-2"
          >
            <span className="min-w-0 flex-1 truncate">{mail.subject || '(no subject)'}</span>
            <span className="max-w-48 shrink-0 truncate text-faint text-small">{mail.sender}</span>
            <span className="shrink-0 text-faint text-small tabular-nums">
              {exactTime(mail.receivedAt, timeZone)}
            </span>
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-3">
        <Button disabled={isBlocked} isBusy={isPending} onClick={() => mutate({ customerId: id })}>
          Let {counted(total, 'mail')} in
        </Button>
        {isBlocked && <span className="text-faint text-small">Unblock them first.</span>}
      </div>
    </section>
  );
}
