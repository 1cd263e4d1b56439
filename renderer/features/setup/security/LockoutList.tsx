import { useMutation, useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { Lockout } from '../../../../shared/contract/security.ts';
import { queryClient, trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { Button, ErrorState, exactTime, Icon, Skeleton } from '../../../ui/index.ts';
import { showToast } from '../../toasts/index.ts';
import { lockedFrom, lockedName } from './securityForm.ts';

/** Locks end by themselves, and no event tells it. */
const REFETCH_MS = 15_000;

function LockoutLine({ lockout, onRelease }: { lockout: Lockout; onRelease: () => void }) {
  const timeZone = useViewer()?.timeZone;
  const name = lockedName(lockout);
  const from = lockedFrom(lockout);
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Icon of={Lock} className="text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-faint text-small">
          {from}, {lockout.attempts} wrong attempts, until{' '}
          <time dateTime={new Date(lockout.until).toISOString()} className="tabular-nums">
            {exactTime(lockout.until, timeZone)}
          </time>
        </p>
      </div>
      <Button size="small" aria-label={`Release ${name} ${from}`} onClick={onRelease}>
        Release
      </Button>
    </li>
  );
}

/** Who can't sign in at the moment, each with a way to let them in again. */
export function LockoutList() {
  const { data, error, refetch } = useQuery({
    ...trpc.security.lockouts.queryOptions(),
    refetchOnMount: 'always',
    refetchInterval: REFETCH_MS,
  });
  const release = useMutation(
    trpc.security.release.mutationOptions({
      onError: (failure) => showToast({ text: toAppError(failure).message, tone: 'danger' }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.security.pathKey() }),
    }),
  );
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-14" />;
  if (data.lockouts.length === 0) return <p className="text-faint">Nobody is locked out.</p>;
  const letIn = (lockout: Lockout) =>
    release.mutate(
      { key: lockout.key },
      { onSuccess: () => showToast({ text: `${lockedName(lockout)} may try again`, tone: 'success' }) },
    );
  return (
    <ul aria-label="Locked out" className="divide-y divide-line rounded-md border border-line">
      {data.lockouts.map((lockout) => (
        <LockoutLine key={lockout.key} lockout={lockout} onRelease={() => letIn(lockout)} />
      ))}
    </ul>
  );
}
