import { useMutation } from '@tanstack/react-query';
import type { OutboxItem } from '../../../shared/contract/sync.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { useUi } from '../../stores/index.ts';
import { Badge, Button, RelativeTime } from '../../ui/index.ts';
import { showToast } from '../toasts/index.ts';
import { KIND_WORDS, STATE_WORDS } from './syncText.ts';

/** One waiting operation, with what a person can do about it. */
export function OutboxLine({ item }: { item: OutboxItem }) {
  const { kind, state, title, detail, attempts, createdAt } = item;
  const { word, sentence, tone } = STATE_WORDS[state];
  const isComparison = item.theirs !== '';
  return (
    <li
      aria-label={`${KIND_WORDS[kind]}: ${title}`}
      className="rounded-lg border border-line bg-surface px-4 pt-3 pb-3"
    >
      <div className="flex items-baseline gap-2">
        <span className="shrink-0 font-medium">{KIND_WORDS[kind]}</span>
        <span className="min-w-0 flex-1 truncate text-soft">
          {item.ticketId !== null && <span className="text-faint tabular-nums">#{item.ticketId} </span>}
          {title}
        </span>
        <Badge tone={tone}>{word}</Badge>
        <RelativeTime at={createdAt} className="shrink-0 text-faint text-small tabular-nums" />
      </div>
      {isComparison ? <Comparison item={item} /> : detail && <p className="mt-1 line-clamp-2">{detail}</p>}
      <p className="mt-1.5 text-small text-soft">
        {item.reason || sentence}
        {attempts > 1 && <span className="text-faint"> Tried {attempts} times.</span>}
      </p>
      <Acts item={item} />
    </li>
  );
}

/** Mine and theirs side by side. */
function Comparison({ item }: { item: OutboxItem }) {
  return (
    <dl className="mt-2 grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line">
      <Side name="Yours" text={item.detail} />
      <Side name={item.state === 'held' ? 'Came meanwhile' : 'On the server'} text={item.theirs} />
    </dl>
  );
}

function Side({ name, text }: { name: string; text: string }) {
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <dt className="text-faint text-small">{name}</dt>
      <dd className="line-clamp-3 break-words">{text}</dd>
    </div>
  );
}

function Acts({ item }: { item: OutboxItem }) {
  const { id, kind, state, ticketId } = item;
  const decide = useMutation(
    trpc.sync.decide.mutationOptions({
      onSuccess: (_, { decision }) => {
        if (decision === 'discard' && kind === 'reply') {
          showToast({ text: 'Discarded. The text is back in the composer of its ticket.' });
        }
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  const canSend = state !== 'queued' && state !== 'sending' && state !== 'sent';
  const isField = kind === 'set_status' || kind === 'set_department';
  const isConflict = state === 'conflict' && isField;
  const about = item.title ? `: ${item.title}` : '';
  return (
    <>
      {state === 'uncertain' && (
        <p className="mt-1 text-small text-soft">
          If you send it now, it may arrive twice, and the customer may get two mails.
        </p>
      )}
      <div className="mt-2.5 flex flex-wrap gap-2">
        {canSend && (
          <Button
            size="small"
            isBusy={decide.isPending}
            onClick={() => decide.mutate({ ids: [id], decision: state === 'rejected' ? 'retry' : 'send' })}
          >
            {isConflict ? 'Keep mine' : state === 'uncertain' ? 'Send again' : 'Send as it is'}
            <span className="sr-only">{about}</span>
          </Button>
        )}
        {item.canDiscard && (
          <Button
            size="small"
            isBusy={decide.isPending}
            onClick={() => decide.mutate({ ids: [id], decision: 'discard' })}
          >
            {isConflict ? 'Keep theirs' : 'Discard'}
            <span className="sr-only">{about}</span>
          </Button>
        )}
        {ticketId !== null && (
          <Button size="small" variant="ghost" onClick={() => useUi.getState().openTicket(ticketId)}>
            Open the ticket<span className="sr-only">{about}</span>
          </Button>
        )}
      </div>
    </>
  );
}
