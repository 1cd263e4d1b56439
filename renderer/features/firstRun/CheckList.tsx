import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleX, type LucideIcon, RotateCw } from 'lucide-react';
import type { SystemCheck } from '../../../shared/contract/system.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, classes, Icon, Notice, Skeleton } from '../../ui/index.ts';

const MARKS: Record<SystemCheck['status'], { icon: LucideIcon; ink: string; word: string }> = {
  ok: { icon: CircleCheck, ink: 'text-answered-ink', word: 'fine' },
  warning: { icon: CircleAlert, ink: 'text-awaiting-ink', word: 'worth a look' },
  failed: { icon: CircleX, ink: 'text-danger-ink', word: 'not fine' },
};

function CheckLine({ check }: { check: SystemCheck }) {
  const { icon, ink, word } = MARKS[check.status];
  return (
    <li className="flex gap-3 px-3.5 py-2.5">
      <Icon of={icon} className={classes('mt-px', ink)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {check.label}
          <span className="sr-only">: {word}</span>
        </p>
        <p className={classes('break-words', check.status === 'ok' ? 'text-faint' : 'text-soft')}>
          {check.message}
        </p>
      </div>
    </li>
  );
}

/** What the desk needs from this machine, each with what was found and what to do. */
export function CheckList() {
  const { data, error, refetch, isFetching } = useQuery(trpc.system.checks.queryOptions());
  if (error) {
    return (
      <Notice tone="danger">
        {toAppError(error).message}
        <Button
          size="small"
          className="mt-2"
          icon={RotateCw}
          isBusy={isFetching}
          onClick={() => void refetch()}
        >
          Check again
        </Button>
      </Notice>
    );
  }
  if (!data) return <Skeleton className="h-60" />;
  const isAllFine = data.checks.every((check) => check.status === 'ok');
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {data.checks.map((check) => (
          <CheckLine key={check.id} check={check} />
        ))}
      </ul>
      {!isAllFine && (
        <Button
          size="small"
          variant="ghost"
          icon={RotateCw}
          isBusy={isFetching}
          onClick={() => void refetch()}
          className="mt-2 -ml-2 self-start"
        >
          Check again
        </Button>
      )}
    </>
  );
}

/** A failed check stops the set-up: it would fail half-way. */
export function useHasFailedCheck(): boolean {
  const { data } = useQuery(trpc.system.checks.queryOptions());
  return data?.checks.some((check) => check.status === 'failed') ?? false;
}
