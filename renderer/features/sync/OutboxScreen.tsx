import { useQuery } from '@tanstack/react-query';
import { ArrowUpFromLine, RefreshCw } from 'lucide-react';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, EmptyState, ErrorState, Notice, Skeleton, useNow } from '../../ui/index.ts';
import { OutboxLine } from './OutboxLine.tsx';
import { agoText } from './syncText.ts';
import { useSyncNow } from './useSyncNow.ts';

/** Every operation that the server has not confirmed: what it would do, why it waits, and what a person can decide. */
export function OutboxScreen() {
  const outbox = useQuery(trpc.sync.outbox.queryOptions());
  const items = outbox.data?.items ?? [];
  return (
    <section aria-label="Outbox" className="min-w-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-190 flex-col px-8 pt-6 pb-16 max-[759px]:px-4">
        <Heading />
        {outbox.error ? (
          <ErrorState error={toAppError(outbox.error)} onRetry={() => void outbox.refetch()} />
        ) : !outbox.data ? (
          <Skeleton className="h-24" />
        ) : items.length === 0 ? (
          <EmptyState
            className="flex-1"
            icon={ArrowUpFromLine}
            text="Nothing waits."
            detail="What you do here is on the server."
          />
        ) : (
          <ul aria-label="What waits" className="flex flex-col gap-3">
            {items.map((item) => (
              <OutboxLine key={item.id} item={item} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Heading() {
  const status = useSyncStatus();
  const sync = useSyncNow();
  const now = useNow();
  const lastText = status?.lastSyncAt == null ? '' : ` Last synced ${agoText(now - status.lastSyncAt)}.`;
  return (
    <>
      <header className="mb-5 flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h1 className="font-semibold text-title">Outbox</h1>
          <p className="mt-1 text-soft">
            What you did here and {status ? new URL(status.url).host : 'the server'} has not confirmed, in the
            order it goes out.{lastText}
          </p>
        </div>
        <Button icon={RefreshCw} keys="Shift+s" isBusy={sync.isBusy} onClick={sync.run}>
          Sync now
        </Button>
      </header>
      {status?.problem && (
        <div className="mb-5">
          <Notice tone={status.problem.code === 'remote_unreachable' ? 'plain' : 'danger'}>
            {status.problem.message}
          </Notice>
        </div>
      )}
    </>
  );
}
