import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { trpc } from '../../api/client.ts';
import { useSyncStatus } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { ErrorState, Skeleton, useKeptFocus } from '../../ui/index.ts';
import { isWhole } from './aboardText.ts';
import { LackingList } from './LackingList.tsx';
import { TakeForm } from './TakeForm.tsx';
import { TakePanel } from './TakePanel.tsx';

const WATCH_MS = 2000;

/** What is to be on this desk where there is no network: choose, fetch, and see what is aboard. */
export function AboardScreen() {
  const status = useQuery(
    trpc.aboard.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.take?.isRunning ? WATCH_MS : false),
    }),
  );
  const take = status.data?.take ?? null;
  const screen = useRef<HTMLElement>(null);
  const startedAt = take?.startedAt;
  useKeptFocus(screen, take?.state);
  useEffect(() => {
    // What becomes of it stands on top.
    if (startedAt !== undefined) screen.current?.scrollTo({ top: 0 });
  }, [startedAt]);
  return (
    <section
      ref={screen}
      tabIndex={-1}
      aria-label="Take with me"
      className="min-w-0 flex-1 overflow-y-auto outline-none"
    >
      <div className="mx-auto flex min-h-full max-w-190 flex-col gap-6 px-8 pt-6 pb-16 max-[759px]:px-4">
        <Heading />
        {status.error ? (
          <ErrorState error={toAppError(status.error)} onRetry={() => void status.refetch()} />
        ) : !status.data ? (
          <Skeleton className="h-40" />
        ) : (
          <>
            {take && <TakePanel take={take} />}
            {take && !take.isRunning && !isWhole(take) && <LackingList />}
            {take && (
              <h2 className="border-line border-t pt-6 font-semibold text-heading">Take something else</h2>
            )}
            <TakeForm take={take} />
          </>
        )}
      </div>
    </section>
  );
}

function Heading() {
  const sync = useSyncStatus();
  return (
    <header>
      <h1 className="font-semibold text-title">Take with me</h1>
      <p className="mt-1 text-soft">
        Choose what to have on this desk where there is no network. It is fetched from{' '}
        {sync ? new URL(sync.url).host : 'the server'} now; what you do on the way waits in the outbox.
      </p>
    </header>
  );
}
